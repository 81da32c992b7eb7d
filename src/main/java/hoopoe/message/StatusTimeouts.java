package hoopoe.message;

import java.time.Duration;
import java.time.Instant;

/**
 * The effect of time on the messages of one dispatch (product.md, states). Settled is not final: later facts count.
 *
 * @param unconfirmed when an unconfirmed message without a reference is settled: last send_at + validity + 1 h
 * @param unknown when a message with a reference and without a final fact is settled: last send_at + validity + 72 h
 */
public record StatusTimeouts(Instant unconfirmed, Instant unknown) {

    private static final Duration UNCONFIRMED_AFTER = Duration.ofHours(1);
    private static final Duration UNKNOWN_AFTER = Duration.ofHours(72);

    /** @param over last send_at + validity */
    public static StatusTimeouts after(Instant over) {
        return new StatusTimeouts(over.plus(UNCONFIRMED_AFTER), over.plus(UNKNOWN_AFTER));
    }

    /** The state that a message shows when its facts and its dispatch say {@code state}. */
    public MessageState shown(MessageState state, Instant now) {
        var gone = (state == MessageState.SUBMITTED || state == MessageState.SCHEDULED) && !now.isBefore(unknown);
        return gone ? MessageState.UNKNOWN : state;
    }

    /** @param referenced whether the provider can be polled: then an unconfirmed message is settled as late as all others */
    public boolean settled(MessageState state, boolean referenced, Instant now) {
        return state.isFinal()
                || !now.isBefore(unknown)
                || state == MessageState.UNCONFIRMED && !referenced && !now.isBefore(unconfirmed);
    }
}
