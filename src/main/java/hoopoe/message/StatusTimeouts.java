package hoopoe.message;

import java.time.Duration;
import java.time.Instant;

/**
 * What time alone does to the messages of one dispatch (product.md, states). Settled is not final: later evidence counts.
 *
 * @param unconfirmed from when on a message that may or may not have been sent is waited for no longer: last send_at +
 *     validity + 1 h
 * @param unknown from when on one with a reference and without a final fact is: last send_at + validity + 72 h
 */
public record StatusTimeouts(Instant unconfirmed, Instant unknown) {

    private static final Duration UNCONFIRMED_AFTER = Duration.ofHours(1);
    private static final Duration UNKNOWN_AFTER = Duration.ofHours(72);

    /** @param over last send_at + validity */
    public static StatusTimeouts after(Instant over) {
        return new StatusTimeouts(over.plus(UNCONFIRMED_AFTER), over.plus(UNKNOWN_AFTER));
    }

    /** What a message shows whose facts and register say {@code state}. */
    public MessageState shown(MessageState state, Instant now) {
        var gone = (state == MessageState.SUBMITTED || state == MessageState.SCHEDULED) && !now.isBefore(unknown);
        return gone ? MessageState.UNKNOWN : state;
    }

    /** @param referenced whether the provider can still be asked: then an unconfirmed one is waited for as long as all others */
    public boolean settled(MessageState state, boolean referenced, Instant now) {
        return state.isFinal()
                || !now.isBefore(unknown)
                || state == MessageState.UNCONFIRMED && !referenced && !now.isBefore(unconfirmed);
    }
}
