package hoopoe.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The event of an HTTP API, payload format 2.0. Absent parts are left out, paths are decoded, header names are lower case,
 * repeated headers and parameters are joined by commas, and cookies are only in their own list.
 */
final class HttpEvent {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** All that is handed on as text, beside {@code text/*}; observed by others, for the documents do not say. */
    private static final Set<String> TEXT = Set.of("application/json", "application/xml", "application/javascript");

    private final Call call;
    private final Routes.Match match;
    private final ObjectNode event = JSON.createObjectNode();

    private HttpEvent(Call call, Routes.Match match) {
        this.call = call;
        this.match = match;
    }

    /** @param authorized the context that a Lambda authorizer gave; null where none was asked */
    static byte[] of(Call call, Routes.Match match, String requestId, Instant now, @Nullable JsonNode authorized) {
        var event = new HttpEvent(call, match).build(requestId, now);
        if (authorized != null) {
            event.withObject("/requestContext/authorizer").set("lambda", authorized);
        }
        return bytes(event);
    }

    /** The event for a Lambda authorizer: the same without the body. */
    static byte[] question(Call call, Routes.Match match, String requestId, Instant now, List<String> identity) {
        var event = new HttpEvent(call, match).build(requestId, now);
        event.remove(List.of("body", "isBase64Encoded"));
        event.put("type", "REQUEST");
        event.put(
                "routeArn",
                "arn:aws:execute-api:local:000000000000:local/$default/" + call.method() + call.decodedPath());
        identity.forEach(event.putArray("identitySource")::add);
        return bytes(event);
    }

    private static byte[] bytes(ObjectNode event) {
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode build(String requestId, Instant now) {
        event.put("version", "2.0");
        event.put("routeKey", match.route().definition().key());
        event.put("rawPath", call.decodedPath());
        event.put("rawQueryString", call.query());
        cookies();
        headers();
        strings("queryStringParameters", parameters());
        strings("pathParameters", match.variables());
        context(requestId, now);
        body();
        return event;
    }

    private void cookies() {
        var cookies = values("cookie").flatMap(value -> Stream.of(value.split(";\\s*")));
        var list = JSON.createArrayNode();
        cookies.filter(cookie -> !cookie.isBlank()).forEach(list::add);
        if (!list.isEmpty()) {
            event.set("cookies", list);
        }
    }

    private void headers() {
        var headers = new LinkedHashMap<String, String>();
        for (var header : call.headers()) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (!name.equals("cookie") && !HOP_BY_HOP.contains(name)) {
                headers.merge(name, header.getValue(), (one, other) -> one + "," + other);
            }
        }
        headers.put("content-length", Integer.toString(call.body().length));
        headers.put("x-forwarded-for", call.sourceIp());
        headers.put("x-forwarded-port", "443");
        headers.put("x-forwarded-proto", "https");
        var node = event.putObject("headers");
        headers.forEach(node::put);
    }

    private Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : call.query().split("&")) {
            if (!pair.isEmpty()) {
                var parts = pair.split("=", 2);
                parameters.merge(
                        decoded(parts[0]),
                        parts.length == 2 ? decoded(parts[1]) : "",
                        (one, other) -> one + "," + other);
            }
        }
        return parameters;
    }

    private void context(String requestId, Instant now) {
        var context = event.putObject("requestContext");
        context.put("accountId", "000000000000");
        context.put("apiId", "local");
        context.put("domainName", call.header("host").split(":", 2)[0]);
        context.put("domainPrefix", "local");
        context.putObject("http")
                .put("method", call.method())
                .put("path", call.decodedPath())
                .put("protocol", call.protocol())
                .put("sourceIp", call.sourceIp())
                .put("userAgent", call.header("user-agent"));
        context.put("requestId", requestId);
        context.put("routeKey", match.route().definition().key());
        context.put("stage", "$default");
        context.put("time", TIME.format(now));
        context.put("timeEpoch", now.toEpochMilli());
    }

    private void body() {
        var text = (call.contentType().startsWith("text/") || TEXT.contains(call.contentType())) && isUtf8();
        if (call.body().length > 0) {
            event.put(
                    "body",
                    text
                            ? new String(call.body(), StandardCharsets.UTF_8)
                            : Base64.getEncoder().encodeToString(call.body()));
        }
        event.put("isBase64Encoded", call.body().length > 0 && !text);
    }

    /** Other bytes pass unchanged: the function has to check them. */
    private boolean isUtf8() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(call.body()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private Stream<String> values(String name) {
        return call.headers().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue);
    }

    private void strings(String name, Map<String, String> strings) {
        if (!strings.isEmpty()) {
            var node = event.putObject(name);
            strings.forEach(node::put);
        }
    }

    /** Text that is not a percent-encoding stays as it is. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
