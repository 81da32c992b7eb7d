package hoopoe.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.lambda.Outcome;
import hoopoe.local.template.AuthorizerDefinition;
import hoopoe.local.template.FunctionDefinition;
import hoopoe.local.template.ThrottleDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** An HTTP API on the loopback address. */
public final class Gateway implements AutoCloseable {

    /** API Gateway's limit for a body. */
    private static final int LARGEST_BODY = 10 * 1024 * 1024;

    /** Lambda's limit for an event. */
    private static final int LARGEST_EVENT = 6 * 1024 * 1024;

    /** API Gateway's limit for the request line and all headers. */
    private static final int LARGEST_HEAD = 10_240;

    private static final String TICK = "/_local/tick/";

    /** The functions behind the routes. */
    public interface Functions {

        CompletableFuture<Outcome> invoke(String function, byte[] event);

        /**
         * Runs a function that is on the clock, now.
         *
         * @throws IllegalArgumentException where it is not
         */
        CompletableFuture<Outcome> tick(String function);
    }

    private final Routes routes;
    private final Functions functions;
    private final Optional<Authorizer> gatekeeper;
    private final Optional<Throttle> throttle;
    private final Duration timeout;
    private final Clock clock;
    private final Consumer<String> log;
    private final Server server;
    private final ServerConnector connector;

    /**
     * Takes the port; answers only after {@link #start()}.
     *
     * @param authorizer is asked about calls of routes that are not open; without one, all routes are open
     * @param limits of the calls of all routes together; without limits, all calls pass
     * @param port 0 for any that is free
     * @param timeout of an integration: 30 s in AWS
     * @param log told of each 5xx that no function answered: of which function, and why
     */
    public Gateway(
            Collection<FunctionDefinition> definitions,
            Optional<AuthorizerDefinition> authorizer,
            Optional<ThrottleDefinition> limits,
            Functions functions,
            int port,
            Duration timeout,
            Clock clock,
            Consumer<String> log) {
        this.routes = new Routes(definitions);
        this.functions = functions;
        this.gatekeeper = authorizer.map(asked -> new Authorizer(asked, functions::invoke, clock, log));
        this.throttle = limits.map(definition -> new Throttle(definition, clock));
        this.timeout = timeout;
        this.clock = clock;
        this.log = log;
        var threads = new QueuedThreadPool();
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.connector = new ServerConnector(server, new HttpConnectionFactory(configuration()));
        open(port);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) { // as Jetty declares it
            throw new IllegalStateException("the gateway does not stop", e);
        }
        connector.close(); // which was open before it was started
    }

    public void start() {
        try {
            server.start();
        } catch (Exception e) { // as Jetty declares it
            throw new IllegalStateException("the gateway does not start", e);
        }
    }

    private void open(int port) {
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setErrorHandler(new Refusals());
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws IOException {
                answer(request).whenComplete((reply, error) -> write(reply, error, response, callback));
                return true;
            }
        });
        try {
            connector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " is not free", e);
        }
    }

    /** Nothing of a path is refused before a function sees it, as in AWS. */
    private static HttpConfiguration configuration() {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(LARGEST_HEAD);
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        return configuration;
    }

    private CompletableFuture<HttpReply> answer(Request request) throws IOException {
        var body = body(request);
        if (body.length > LARGEST_BODY) {
            return done(413, "Request Entity Too Large");
        }
        try {
            return answer(call(request, body));
        } catch (IllegalArgumentException e) { // a path with a broken escape
            return done(400, "Bad Request");
        }
    }

    private CompletableFuture<HttpReply> answer(Call call) {
        var path = call.decodedPath();
        if (call.method().equals("POST") && path.startsWith(TICK)) {
            return tick(path.substring(TICK.length()));
        }
        var match = routes.match(call.method(), path);
        if (match.isEmpty()) {
            return done(404, "Not Found");
        }
        if (throttle.isPresent() && !throttle.get().lets()) {
            return done(429, "Too Many Requests");
        }
        var requestId = UUID.randomUUID().toString();
        if (gatekeeper.isEmpty() || match.get().route().definition().open()) {
            return invoke(call, match.get(), requestId, null);
        }
        return gatekeeper
                .get()
                .ask(call, match.get(), requestId)
                .thenCompose(verdict -> verdict instanceof Authorizer.Verdict.Admitted admitted
                        ? invoke(call, match.get(), requestId, admitted.context())
                        : CompletableFuture.completedFuture(((Authorizer.Verdict.Refused) verdict).reply()));
    }

    private CompletableFuture<HttpReply> invoke(
            Call call, Routes.Match match, String requestId, @Nullable JsonNode authorized) {
        var event = HttpEvent.of(call, match, requestId, clock.instant(), authorized);
        return event.length > LARGEST_EVENT
                ? done(413, "Request Entity Too Large")
                : invoke(match.route().function(), event);
    }

    private CompletableFuture<HttpReply> tick(String function) {
        try {
            return functions.tick(function).thenApply(outcome -> HttpReply.of(outcome, said(function)));
        } catch (IllegalArgumentException e) {
            return done(404, "Not Found");
        }
    }

    private CompletableFuture<HttpReply> invoke(String function, byte[] event) {
        return functions
                .invoke(function, event)
                .copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((outcome, error) -> error instanceof TimeoutException
                        ? late(said(function))
                        : HttpReply.of(outcome, said(function)));
    }

    private HttpReply late(Consumer<String> log) {
        log.accept("503, no answer within " + timeout.toMillis() + " ms");
        return HttpReply.message(503, "Service Unavailable");
    }

    private Consumer<String> said(String function) {
        return why -> log.accept("gateway: " + function + ": " + why);
    }

    private static CompletableFuture<HttpReply> done(int status, String message) {
        return CompletableFuture.completedFuture(HttpReply.message(status, message));
    }

    /** One byte more than the limit stands for all that is longer; that is read and dropped. */
    private static byte[] body(Request request) throws IOException {
        try (var in = Content.Source.asInputStream(request)) {
            var body = in.readNBytes(LARGEST_BODY + 1);
            in.transferTo(OutputStream.nullOutputStream());
            return body;
        }
    }

    private static Call call(Request request, byte[] body) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (HttpField field : request.getHeaders()) {
            headers.add(Map.entry(field.getName(), field.getValue() == null ? "" : field.getValue()));
        }
        var query = request.getHttpURI().getQuery();
        return new Call(
                request.getMethod(),
                request.getHttpURI().getPath(),
                query == null ? "" : query,
                request.getConnectionMetaData().getProtocol(),
                Request.getRemoteAddr(request),
                headers,
                body);
    }

    private static void write(HttpReply reply, Throwable error, Response response, Callback callback) {
        if (error != null) {
            callback.failed(error);
            return;
        }
        response.setStatus(reply.status());
        reply.headers().forEach(header -> response.getHeaders().add(header.getKey(), header.getValue()));
        response.getHeaders().put("content-length", reply.body().length);
        response.write(true, ByteBuffer.wrap(reply.body()), callback);
    }
}
