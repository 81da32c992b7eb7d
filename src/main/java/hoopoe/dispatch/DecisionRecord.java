package hoopoe.dispatch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operator decision on a dispatch, stored as long as its batch.
 *
 * @param unconfirmed since when the dispatch had been unconfirmed; null where that is not known
 * @param by the id of the key that the operator used
 * @param reference the provider's, as the operator gave it; null where they gave none
 * @param note the operator's reason; null where they gave none. Never logged
 */
public record DecisionRecord(
        Instant at,
        DecisionKind word,
        @Nullable Instant unconfirmed,
        String caller,
        String by,
        @Nullable String reference,
        @Nullable String note) {

    /** What the operator decided. */
    public enum DecisionKind {
        /** The dispatch was sent. */
        CONFIRMED,
        /** The dispatch was not sent, and shall be. */
        RESENT
    }
}
