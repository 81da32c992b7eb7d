package hoopoe.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.lambda.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The response to the caller.
 *
 * @param headers in order, without the length: the server adds it
 */
record HttpReply(int status, List<Map.Entry<String, String>> headers, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Not for a function to set. */
    private static final Set<String> OURS = Set.of("connection", "content-length", "transfer-encoding");

    /** An answer that API Gateway gives by itself. */
    static HttpReply message(int status, String message) {
        return new HttpReply(
                status,
                List.of(Map.entry("content-type", "application/json")),
                "{\"message\":\"%s\"}".formatted(message).getBytes(StandardCharsets.UTF_8));
    }

    /** @param log told why API Gateway answers by itself, where it does; nothing of an answer, which could be a secret */
    static HttpReply of(Outcome outcome, Consumer<String> log) {
        if (outcome instanceof Outcome.Returned returned) {
            try {
                return of(JSON.readTree(returned.body()), returned.body(), log);
            } catch (IOException | IllegalArgumentException e) { // not JSON, or not base64
                return error("its answer cannot be read", log);
            }
        }
        return error(outcome.toString(), log);
    }

    private static HttpReply error(String why, Consumer<String> log) {
        log.accept("500, " + why);
        return message(500, "Internal Server Error");
    }

    private static HttpReply of(JsonNode answer, byte[] whole, Consumer<String> log) {
        if (!answer.hasNonNull("statusCode")) {
            return new HttpReply(200, List.of(Map.entry("content-type", "application/json")), whole);
        }
        var status = answer.get("statusCode").asInt();
        if (status < 200 || status > 599) {
            return error("its answer has no status of HTTP", log);
        }
        return new HttpReply(status, headers(answer), body(answer));
    }

    private static List<Map.Entry<String, String>> headers(JsonNode answer) {
        var headers = new ArrayList<Map.Entry<String, String>>();
        for (var header : answer.path("headers").properties()) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (!OURS.contains(name) && !header.getValue().isNull()) {
                headers.add(Map.entry(name, header.getValue().asText()));
            }
        }
        answer.path("cookies").forEach(cookie -> headers.add(Map.entry("set-cookie", cookie.asText())));
        if (headers.stream().noneMatch(header -> header.getKey().equals("content-type"))) {
            headers.add(Map.entry("content-type", "text/plain; charset=utf-8"));
        }
        return headers;
    }

    private static byte[] body(JsonNode answer) {
        var body = answer.path("body");
        if (body.isNull() || body.isMissingNode()) {
            return new byte[0];
        }
        return answer.path("isBase64Encoded").asBoolean()
                ? Base64.getDecoder().decode(body.asText())
                : body.asText().getBytes(StandardCharsets.UTF_8);
    }
}
