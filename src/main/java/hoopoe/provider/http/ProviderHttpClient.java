package hoopoe.provider.http;

import hoopoe.provider.http.ProviderHttpResponse.CompleteResponse;
import hoopoe.provider.http.ProviderHttpResponse.LostResponse;
import hoopoe.provider.http.ProviderHttpResponse.NothingSent;
import hoopoe.provider.http.ProviderHttpResponse.Phase;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.http.HttpClientOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ContextResolver;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jspecify.annotations.Nullable;

/**
 * Posts to a provider: once, without redirects, on a new connection, within one absolute limit.
 *
 * <p>A connection is never reused: if it was kept while the Lambda was frozen it is dead, and a send on it would end
 * unconfirmed.
 */
@ApplicationScoped
public class ProviderHttpClient {

    private static final Logger LOG = Logger.getLogger(ProviderHttpClient.class);

    /**
     * A lower status is not an answer (RFC 9110, section 15.2). The client skips 100 and 103, and takes all others for the end
     * of the answer, so that it never sees the real one.
     */
    private static final int FINAL = 200;

    private final HttpLimits limits;
    private final Client client;

    @Inject
    ProviderHttpClient(Config config) {
        this(HttpLimits.of(config), CertificateAuthorities.of(config));
    }

    public ProviderHttpClient(HttpLimits limits) {
        this(limits, null);
    }

    ProviderHttpClient(HttpLimits limits, @Nullable KeyStore trusted) {
        this.limits = limits;
        this.client = client(limits, trusted);
    }

    public HttpLimits limits() {
        return limits;
    }

    @PreDestroy
    public void close() {
        client.close();
    }

    /**
     * Posts once and waits for the whole answer. Never throws: an exception would be a mistake of ours.
     *
     * @param headers with {@code Content-Type}, each sent as written
     * @param limit from now to the last byte of the answer
     */
    public ProviderHttpResponse post(URI url, Map<String, String> headers, byte[] body, Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            return new NothingSent("no_time");
        }
        var end = System.nanoTime() + limit.toNanos();
        var call = new ProviderHttpCall(body);
        var request = client.target(url).request();
        headers.forEach(request::header);
        var response = request.rx()
                .post(Entity.entity(call, MediaType.APPLICATION_OCTET_STREAM_TYPE), Response.class)
                .toCompletableFuture();
        var refused = connect(
                call, response, Math.min(limit.toNanos(), limits.connect().toNanos()));
        return refused != null ? refused : answer(call, response, end);
    }

    /** @return null as soon as the body is handed over; else why it never was and never will be */
    private static @Nullable NothingSent connect(
            ProviderHttpCall call, CompletableFuture<Response> response, long nanos) {
        var why = await(CompletableFuture.anyOf(call.sending(), response), nanos);
        return why != null && call.abandon() ? new NothingSent(why) : null;
    }

    private static @Nullable String await(CompletableFuture<?> event, long nanos) {
        try {
            event.get(nanos, TimeUnit.NANOSECONDS);
            return null;
        } catch (TimeoutException e) {
            return "connect_timeout";
        } catch (ExecutionException e) {
            LOG.debugf(e.getCause(), "no connection"); // nothing was sent, so it contains nothing private
            return name(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private ProviderHttpResponse answer(ProviderHttpCall call, CompletableFuture<Response> response, long end) {
        // Only this ends an answer that arrives byte by byte, because the reads below have no limit of their own.
        var watchdog = new CompletableFuture<Boolean>()
                .completeOnTimeout(true, Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        watchdog.thenRun(call::close);
        var phase = Phase.SENT;
        try (var head = response.get()) {
            phase = Phase.ANSWERING;
            return read(head);
        } catch (ExecutionException | IOException e) {
            return new LostResponse(watchdog.isDone() ? "timeout" : "lost", phase);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LostResponse("interrupted", phase);
        } finally {
            watchdog.cancel(false);
            call.close();
        }
    }

    private ProviderHttpResponse read(Response head) throws IOException {
        if (head.getStatus() < FINAL) {
            return new LostResponse("informational", Phase.ANSWERING);
        }
        var type = Objects.requireNonNullElse(head.getHeaderString(HttpHeaders.CONTENT_TYPE), "");
        var location = Objects.requireNonNullElse(head.getHeaderString(HttpHeaders.LOCATION), "");
        try (var in = head.readEntity(InputStream.class)) {
            var body = in == null ? new byte[0] : in.readNBytes(limits.answer() + 1);
            return body.length > limits.answer()
                    ? new LostResponse("too_large", Phase.ANSWERING)
                    : new CompleteResponse(head.getStatus(), type, location, body);
        }
    }

    /** A word for people and metrics; no decision depends on it. */
    private static String name(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "dns";
            }
            if (cause instanceof SSLException) {
                return "tls";
            }
        }
        return "connect";
    }

    private static Client client(HttpLimits limits, @Nullable KeyStore trusted) {
        var builder = ClientBuilder.newBuilder()
                .connectTimeout(limits.connect().toMillis(), TimeUnit.MILLISECONDS)
                .property(QuarkusRestClientProperties.KEEP_ALIVE_ENABLED, false)
                .register(new HandshakeTimeout(limits.connect()))
                .register(new ProviderHttpCallWriter());
        if (trusted != null) {
            builder.trustStore(trusted);
        }
        return builder.build();
    }

    /** The limit for TLS: Jakarta REST has no setting for it, so the REST client requests Vert.x's options here. */
    @RegisterForReflection // the REST client reads from the class which type it resolves
    private record HandshakeTimeout(Duration limit) implements ContextResolver<HttpClientOptions> {

        @Override
        public HttpClientOptions getContext(Class<?> type) {
            return new HttpClientOptions()
                    .setSslHandshakeTimeout(limit.toMillis())
                    .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        }
    }
}
