package hoopoe.dispatch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An operator's word on a dispatch, kept as long as its batch.
 *
 * @param unconfirmed since when nobody had known whether it was sent; null where that is not known
 * @param by the id of the key that the operator used
 * @param reference the provider's, as the operator gave it; null where they gave none
 * @param note their reason; null where they gave none. Never logged
 */
public record DecisionRecord(
        Instant at,
        DecisionKind word,
        @Nullable Instant unconfirmed,
        String caller,
        String by,
        @Nullable String reference,
        @Nullable String note) {

    /** What they say. */
    public enum DecisionKind {
        /** It was sent. */
        CONFIRMED,
        /** It was not sent, and shall be. */
        RESENT
    }
}
