package hoopoe.local.dynamo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hoopoe.local.iam.Arn;
import hoopoe.local.iam.Guard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Stands before DynamoDB Local, which allows everything, and denies calls as IAM does. */
final class IamProxy extends Handler.Wrapper {

    private static final Pattern TARGET = Pattern.compile("DynamoDB_\\d+\\.(\\w+)");
    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/]+)/");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Guard> guards = new ConcurrentHashMap<>();

    void guard(String table, Guard guard) {
        guards.put(table, guard);
    }

    void unguard(String table) {
        guards.remove(table);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var operation = found(TARGET, request, "X-Amz-Target");
        var principal = found(CREDENTIAL, request, "Authorization");
        if (operation.isEmpty() || principal.isEmpty() || principal.get().equals(LocalDynamo.CREDENTIAL)) {
            return super.handle(request, response, callback);
        }
        var body = Content.Source.asByteBuffer(request);
        var denied = denied(principal.get(), operation.get(), json(body));
        if (denied.isPresent()) {
            refuse(principal.get(), denied.get(), response, callback);
            return true;
        }
        return super.handle(new Replayed(request, body), response, callback);
    }

    private Optional<Demand> denied(String principal, String operation, JsonNode body) {
        return Demand.of(operation, body).stream()
                .filter(demand -> !guards.getOrDefault(demand.table(), Guard.NONE)
                        .allows(principal, demand.action(), demand.resource()))
                .findFirst();
    }

    private static void refuse(String principal, Demand demand, Response response, Callback callback) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("__type", "com.amazon.coral.service#AccessDeniedException")
                .put("Message", Arn.denial(principal, demand.action(), demand.resource()));
        response.setStatus(400);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.0");
        Content.Sink.write(response, true, body.toString(), callback);
    }

    private static JsonNode json(ByteBuffer body) throws IOException {
        var bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return JSON.readTree(bytes);
    }

    private static Optional<String> found(Pattern pattern, Request request, String header) {
        var value = request.getHeaders().get(header);
        return Optional.ofNullable(value)
                .map(pattern::matcher)
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group(1));
    }

    /** A request whose body was read already. */
    private static final class Replayed extends Request.Wrapper {

        private Content.@Nullable Chunk left;

        Replayed(Request request, ByteBuffer body) {
            super(request);
            left = Content.Chunk.from(body, true);
        }

        @Override
        public Content.Chunk read() {
            var chunk = left;
            left = null;
            return chunk == null ? Content.Chunk.EOF : chunk;
        }

        @Override
        public void demand(Runnable arrival) {
            arrival.run();
        }
    }
}
