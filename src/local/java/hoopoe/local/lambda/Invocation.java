package hoopoe.local.lambda;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One event on its way through a function. */
final class Invocation {

    private final String id = UUID.randomUUID().toString();
    private final byte[] event;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    Invocation(byte[] event) {
        this.event = event;
    }

    /** The request id. */
    String id() {
        return id;
    }

    byte[] event() {
        return event;
    }

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    void end(Outcome with) {
        outcome.complete(with);
    }
}
