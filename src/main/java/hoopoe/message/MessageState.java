package hoopoe.message;

import java.util.Locale;

/**
 * What is known of one message (product.md, states). A message without facts shows its dispatch's register; with facts the
 * one of the highest rank.
 */
public enum MessageState {
    ACCEPTED(10),
    DISPATCHING(20),
    /** The provider holds it for its {@code send_at}. */
    SCHEDULED(40),
    /** It may or may not have been sent, and is never sent again by itself. */
    UNCONFIRMED(45),
    SUBMITTED(50),
    /** By time alone: 72 hours after its validity with a reference and without a final fact. Never a fact. */
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

    /** Final states are only ever replaced by a final state of a higher rank. */
    public boolean isFinal() {
        return rank >= CANCELLED.rank;
    }

    /** The name as the API writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static MessageState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
