package hoopoe.provider.http;

import io.vertx.core.http.HttpClientRequest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The body of one call, and whether it may still leave. Caller and event loop both try to end the first state; whoever
 * comes second sees it. So "nothing was sent" needs no guess from exceptions.
 */
final class ProviderHttpCall {

    private enum CallState {
        CONNECTING,
        SENDING,
        ABANDONED
    }

    private final byte[] body;
    private final AtomicReference<CallState> state = new AtomicReference<>(CallState.CONNECTING);
    private final CompletableFuture<Void> sending = new CompletableFuture<>();
    private volatile @Nullable HttpClientRequest request;

    ProviderHttpCall(byte[] body) {
        this.body = body;
    }

    /** Asked on the event loop when the connection stands, directly before the body is handed to it. */
    byte[] takeBody(HttpClientRequest connected) throws Abandoned {
        request = connected;
        // Unhandled, Vert.x logs what the other side wrote. The failure itself comes back as the answer.
        connected.exceptionHandler(failure -> {});
        connected.connection().exceptionHandler(failure -> {});
        if (!state.compareAndSet(CallState.CONNECTING, CallState.SENDING)) {
            close();
            throw new Abandoned();
        }
        sending.complete(null);
        return body;
    }

    /** @return true where the body has not left and from now on cannot */
    boolean abandon() {
        return state.compareAndSet(CallState.CONNECTING, CallState.ABANDONED);
    }

    /** Completed when the body is handed over. */
    CompletableFuture<Void> sending() {
        return sending;
    }

    /** Closes the connection under whoever waits for it. */
    void close() {
        var open = request;
        if (open != null) {
            open.connection().close();
        }
    }

    /** The caller had given up when the connection stood. */
    static final class Abandoned extends IOException {
        private static final long serialVersionUID = 1;
    }
}
