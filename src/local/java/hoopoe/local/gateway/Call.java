package hoopoe.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP request as it came.
 *
 * @param path as it came, still encoded
 * @param query as it came, without the question mark; empty if there is none
 * @param headers in their order, repeated ones one by one
 */
record Call(
        String method,
        String path,
        String query,
        String protocol,
        String sourceIp,
        List<Map.Entry<String, String>> headers,
        byte[] body) {

    /** The value of a header that comes once, or nothing. */
    String header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** The path as routes are matched against it. */
    String decodedPath() {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Upper and lower case of types mean nothing. */
    String contentType() {
        return header("content-type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
