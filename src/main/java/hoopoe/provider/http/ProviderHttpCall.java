package hoopoe.provider.http;

import io.vertx.core.http.HttpClientRequest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The body of one call, and whether it may still leave. The calling thread and the event loop both try to end the first state;
 * the second sees that it ended. So "nothing was sent" is not guessed from exceptions.
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

    /** Called on the event loop when the connection is established, directly before the body is handed to it. */
    byte[] takeBody(HttpClientRequest connected) throws Abandoned {
        request = connected;
        // Without a handler, Vert.x logs what the provider wrote. The failure itself is returned as the answer.
        connected.exceptionHandler(failure -> {});
        connected.connection().exceptionHandler(failure -> {});
        if (!state.compareAndSet(CallState.CONNECTING, CallState.SENDING)) {
            close();
            throw new Abandoned();
        }
        sending.complete(null);
        return body;
    }

    /** @return true where the body has not left and cannot leave any more */
    boolean abandon() {
        return state.compareAndSet(CallState.CONNECTING, CallState.ABANDONED);
    }

    /** Completes when the body is handed over. */
    CompletableFuture<Void> sending() {
        return sending;
    }

    /** Closes the connection, also while a thread waits for it. */
    void close() {
        var open = request;
        if (open != null) {
            open.connection().close();
        }
    }

    /** The calling thread had given up before the connection was established. */
    static final class Abandoned extends IOException {
        private static final long serialVersionUID = 1;
    }
}
