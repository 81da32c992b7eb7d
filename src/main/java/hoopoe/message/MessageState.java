package hoopoe.message;

import java.util.Locale;

/**
 * The state of one message (src/site/api.md, States). A message without facts shows its dispatch's state; with facts, the state of
 * the highest rank.
 */
public enum MessageState {
    ACCEPTED(10),
    DISPATCHING(20),
    /** The provider holds the message for its {@code send_at}. */
    SCHEDULED(40),
    /** The message may or may not have been sent, and is never sent again automatically. */
    UNCONFIRMED(45),
    SUBMITTED(50),
    /** By time alone: a message with a reference and without a final fact, 72 hours after its validity. Never a fact. */
    UNKNOWN(60),
    CANCELLED(90),
    REJECTED(91),
    EXPIRED(92),
    FAILED(93),
    UNDELIVERED(95),
    DELIVERED(96);

    private final int rank;

    MessageState(int rank) {
        this.rank = rank;
    }

    public int rank() {
        return rank;
    }

    /** A final state is replaced only by a final state of a higher rank. */
    public boolean isFinal() {
        return rank >= CANCELLED.rank;
    }

    /** The name in the API. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static MessageState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
