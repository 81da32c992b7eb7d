package hoopoe.message;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fact about the state of one message: from the provider's answer to the send, a report row, a callback, a cancellation or an
 * expiry.
 *
 * <p>Facts are totally ordered by rank, provider time, code and hash; a message shows its greatest fact, so any order and any
 * repetition of the same facts ends in the same state.
 *
 * @param state the state that it reports
 * @param at the provider's time; null where it gave none
 * @param code the provider's code as written, or ours; may be empty
 * @param text the provider's words; may be empty
 * @param cost points, as a decimal string; null where unknown
 * @param source where it came from
 */
public record StatusFact(
        MessageState state,
        @Nullable Instant at,
        String code,
        String text,
        @Nullable String cost,
        Source source) implements Comparable<StatusFact> {

    /** The origin of a fact. */
    public enum Source {
        ANSWER,
        REPORT,
        CALLBACK
    }

    private static final Comparator<StatusFact> ORDER = Comparator.<StatusFact>comparingInt(
                    statusFact -> statusFact.state.rank())
            .thenComparing(StatusFact::timeOrNever)
            .thenComparing(StatusFact::code)
            .thenComparing(StatusFact::hash);

    private Instant timeOrNever() {
        return at == null ? Instant.MIN : at;
    }

    /** Orders facts that are equal in rank, time and code. Stable across processes and versions. */
    private String hash() {
        return source.name() + '\u0001' + text + '\u0001' + (cost == null ? "" : cost);
    }

    /** A short hash that distinguishes this fact from others. Stable across processes and versions. */
    int mark() {
        return (state.name() + '\u0001' + at + '\u0001' + code + '\u0001' + hash()).hashCode();
    }

    @Override
    public int compareTo(StatusFact other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StatusFact statusFact && compareTo(statusFact) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(state, at, code, source);
    }
}
