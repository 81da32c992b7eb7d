package hoopoe.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hoopoe.local.template.FunctionDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Events without a request, for functions that are invoked directly, without the gateway. */
public final class Events {

    private static final String REQUEST_ID = "00000000-0000-4000-8000-000000000000";

    /** The authorizer's answer for a caller with all scopes. */
    private static final JsonNode EVERYTHING = JsonNodeFactory.instance
            .objectNode()
            .put("caller", "local")
            .put("key", "local")
            .put("kind", "live")
            .put("scopes", "batches:write batches:read accounts:admin webhooks messages:content people:erase");

    private final Routes routes;

    public Events(Collection<FunctionDefinition> functions) {
        this.routes = new Routes(functions);
    }

    /**
     * The event of a request without a body.
     *
     * @param target path and query
     */
    public byte[] of(String method, String target, Instant now) {
        return event(method, target, now, List.of(), "");
    }

    /** The event of a request with a JSON body. */
    public byte[] of(String method, String target, String json, Instant now) {
        return event(method, target, now, List.of(Map.entry("Content-Type", "application/json")), json);
    }

    private byte[] event(
            String method, String target, Instant now, List<Map.Entry<String, String>> special, String body) {
        var parts = target.split("\\?", 2);
        var headers = new ArrayList<>(
                List.of(Map.entry("Host", "127.0.0.1"), Map.entry("User-Agent", "hoopoe"), Map.entry("Accept", "*/*")));
        headers.addAll(special);
        var call = new Call(
                method,
                parts[0],
                parts.length == 2 ? parts[1] : "",
                "HTTP/1.1",
                "127.0.0.1",
                headers,
                body.getBytes(StandardCharsets.UTF_8));
        var match = routes.match(method, call.decodedPath())
                .orElseThrow(() -> new IllegalArgumentException("no route for " + method + " " + parts[0]));
        return HttpEvent.of(
                call, match, REQUEST_ID, now, match.route().definition().open() ? null : EVERYTHING);
    }
}
