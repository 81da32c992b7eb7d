package hoopoe.event.webhook;

import hoopoe.event.webhook.AddressPolicy.AddressVerdict.CallableAddress;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts an event: once, by HTTP/1.1, on a new connection to the address that was checked, without following redirects. The
 * status decides as soon as the head of the answer is there; of the rest a few bytes are read, so that the receiver may finish,
 * and dropped.
 */
@ApplicationScoped
class WebhookPost {

    /** From the connect to the end of the answer. */
    static final Duration LIMIT = Duration.ofSeconds(15);

    /** Most bytes of an answer that are read. */
    private static final int ANSWER = 4 << 10;

    /** Most bytes of its headers: what servers that stand before receivers pass on themselves. A longer head is no answer. */
    private static final int HEADERS = 16 << 10;

    /** To one endpoint at once: more than one function ever makes. */
    private static final int CALLS = 64;

    private static final int FINAL = 200;

    private final HttpClient client;
    private final Duration limit;

    @Inject
    WebhookPost(Vertx vertx) {
        this(vertx, LIMIT, null);
    }

    /** @param trusted whom to trust instead of the authorities that Java knows */
    WebhookPost(Vertx vertx, Duration limit, @Nullable TrustOptions trusted) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setMaxPoolSize(CALLS)
                .setMaxHeaderSize(HEADERS)
                .setConnectTimeout((int) limit.toMillis())
                .setSslHandshakeTimeout(limit.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTrustOptions(trusted));
        this.limit = limit;
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /** Never throws: an exception would be a mistake of ours. */
    PostResult post(CallableAddress address, Map<String, String> headers, byte[] body) {
        var head = new AtomicInteger();
        var end = new CompletableFuture<Integer>().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        client.request(request(address, headers))
                .onSuccess(request -> send(request, body, head, end))
                .onFailure(failure -> end.completeExceptionally(new NoConnection(failure)));
        try {
            return PostResult.answered(end.get());
        } catch (ExecutionException e) {
            return head.get() >= FINAL ? PostResult.answered(head.get()) : PostResult.failed(word(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end.cancel(false);
            return PostResult.failed("lost");
        }
    }

    private static RequestOptions request(CallableAddress address, Map<String, String> headers) {
        var url = address.url();
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address.address(), address.port())))
                .setHost(address.host()) // for TLS, which checks the certificate against it
                .setPort(address.port())
                .setSsl(address.isSecure())
                .setURI(url.getRawQuery() == null ? path : path + '?' + url.getRawQuery())
                .putHeader("Host", url.getPort() < 0 ? url.getHost() : url.getHost() + ':' + url.getPort())
                .putHeader("Content-Type", "application/json")
                .putHeader("User-Agent", "Hoopoe");
        headers.forEach(options::putHeader);
        return options;
    }

    private static void send(
            HttpClientRequest request, byte[] body, AtomicInteger head, CompletableFuture<Integer> end) {
        end.whenComplete((status, failure) -> request.connection().close());
        // Without handlers, Vert.x logs what the receiver wrote. The failure itself is in the result.
        request.exceptionHandler(end::completeExceptionally);
        request.connection().exceptionHandler(failure -> {});
        if (!end.isDone()) { // else the time was over before there was a connection
            request.send(Buffer.buffer(body))
                    .onSuccess(response -> read(response, head, end))
                    .onFailure(end::completeExceptionally);
        }
    }

    private static void read(HttpClientResponse response, AtomicInteger head, CompletableFuture<Integer> end) {
        var status = response.statusCode();
        if (status < FINAL) { // Vert.x takes it for the end of the answer, and never sees the real one
            end.completeExceptionally(new Informational());
            return;
        }
        head.set(status);
        var bytes = new AtomicInteger();
        response.exceptionHandler(end::completeExceptionally);
        response.handler(part -> {
            if (bytes.addAndGet(part.length()) >= ANSWER) {
                end.complete(status);
            }
        });
        response.endHandler(nothing -> end.complete(status));
    }

    /** A word for people; no decision depends on it. */
    private static String word(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "timeout";
        } else if (failure instanceof Informational) {
            return "informational";
        } else if (!(failure instanceof NoConnection)) {
            return "lost";
        }
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return "tls";
            }
        }
        return "connect";
    }

    private static final class NoConnection extends Exception {
        private static final long serialVersionUID = 1;

        NoConnection(Throwable cause) {
            super("no connection", cause);
        }
    }

    private static final class Informational extends Exception {
        private static final long serialVersionUID = 1;
    }
}
