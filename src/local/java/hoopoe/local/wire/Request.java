package hoopoe.local.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One request.
 *
 * @param connection the number of the connection it came by, counted from 1
 * @param target path and query as sent, nothing decoded
 * @param body without the framing of chunks
 * @param raw every byte that arrived for it, head and framing included
 */
public record Request(
        long connection,
        Instant arrived,
        String method,
        String target,
        String version,
        List<Header> headers,
        byte[] body,
        byte[] raw) {

    /** The first header of that name, in any spelling. */
    public Optional<String> header(String name) {
        return headers.stream().filter(header -> header.is(name)).findFirst().map(Header::value);
    }

    public String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    /** The query, undecoded; empty if there is none. */
    public String query() {
        int question = target.indexOf('?');
        return question < 0 ? "" : target.substring(question + 1);
    }

    /** The body read as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    boolean keepsAlive() {
        String connection = header("Connection").orElse("").toLowerCase(Locale.ROOT);
        return version.equals("HTTP/1.1") ? !connection.contains("close") : connection.contains("keep-alive");
    }
}
