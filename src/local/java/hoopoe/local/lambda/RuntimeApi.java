package hoopoe.local.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * The Lambda Runtime API (version 2018-06-01) of one environment, on a free port of the loopback address.
 *
 * <p>{@code GET …/invocation/next}, {@code POST …/invocation/{id}/response}, {@code POST …/invocation/{id}/error},
 * {@code POST …/init/error}.
 */
final class RuntimeApi implements AutoCloseable {

    static {
        // Head and body of an answer are two packets, and the second waits 40 ms for the client's ACK of the first.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** Lambda's limit for an answer. */
    private static final int LARGEST = 6 * 1024 * 1024 + 100 * 1024;

    private static final String ROOT = "/2018-06-01/runtime";
    private static final String OK = "{\"status\":\"OK\"}";

    /** The other side, which has the events and takes the answers. */
    interface Handler {

        /** @return when there is one */
        Next next() throws InterruptedException;

        /** @return false where that is not the invocation under way */
        boolean ended(String id, Outcome outcome);

        void initFailed(Outcome.Failed error);
    }

    record Next(Invocation invocation, Instant deadline) {}

    private final String arn;
    private final Handler handler;
    private final HttpServer server;

    RuntimeApi(String function, Handler handler, Executor executor) {
        this.arn = "arn:aws:lambda:local:000000000000:function:" + function;
        this.handler = handler;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(ROOT + "/invocation/", this::invocation);
        server.createContext(ROOT + "/init/error", this::initError);
        server.setExecutor(executor);
        server.start();
    }

    /** The value of {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void invocation(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath().substring((ROOT + "/invocation/").length());
        if (path.equals("next")) {
            next(exchange);
        } else {
            end(exchange, path.split("/", 2));
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        try {
            var next = handler.next();
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", "application/json");
            headers.set("Lambda-Runtime-Aws-Request-Id", next.invocation().id());
            headers.set(
                    "Lambda-Runtime-Deadline-Ms", Long.toString(next.deadline().toEpochMilli()));
            headers.set("Lambda-Runtime-Invoked-Function-Arn", arn);
            headers.set("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0");
            answer(exchange, 200, next.invocation().event());
        } catch (InterruptedException e) { // the environment is no more
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private void end(HttpExchange exchange, String[] path) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var outcome = path.length == 2 && path[1].equals("error") ? Failure.parse(body) : returned(body);
        var known = handler.ended(path[0], outcome);
        if (!known) {
            answer(exchange, 400, error("InvalidRequestID", "not the invocation under way"));
        } else if (body.length > LARGEST) {
            answer(exchange, 413, error("RequestEntityTooLarge", "the answer is too large"));
        } else {
            answer(exchange, 202, OK.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Outcome returned(byte[] body) {
        return body.length > LARGEST
                ? new Outcome.Failed("Function.ResponseSizeTooLarge", body.length + " bytes")
                : new Outcome.Returned(body);
    }

    private void initError(HttpExchange exchange) throws IOException {
        handler.initFailed(Failure.parse(exchange.getRequestBody().readAllBytes()));
        answer(exchange, 202, OK.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] error(String type, String message) {
        return "{\"errorType\":\"%s\",\"errorMessage\":\"%s\"}"
                .formatted(type, message)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
