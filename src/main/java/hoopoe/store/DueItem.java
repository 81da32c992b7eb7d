package hoopoe.store;

import hoopoe.dispatch.DispatchId;
import java.time.Instant;
import java.util.Optional;

/**
 * An item that was due when the index was read: a hint.
 *
 * @param at since when it is due
 */
public record DueItem(Instant at, String pk, String sk) {

    private static final String BATCH = "BATCH#";

    public Optional<DispatchId> dispatch() {
        return DispatchId.of(pk, sk);
    }

    /** A batch whose dispatches are not all created. */
    public Optional<String> batch() {
        return sk.equals("BATCH") && pk.startsWith(BATCH)
                ? Optional.of(pk.substring(BATCH.length()))
                : Optional.empty();
    }
}
