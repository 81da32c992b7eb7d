package hoopoe.message;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one message: the facts said of it, joined. Joining is a union: any order and any repetition of the same
 * facts ends in the same history.
 *
 * <p>Kept are the winning fact, the {@value #OTHERS} greatest of those that lost, and the greatest that names a price. The
 * rest is only counted: by a bounded set of marks, so that a fact which comes again is not counted again.
 *
 * @param facts greatest first
 * @param cut a mark of each fact that is not kept; at most {@value #MOST_CUT}
 */
public record StatusHistory(List<StatusFact> facts, SortedSet<Integer> cut) {

    public static final int OTHERS = 3;
    public static final int MOST_CUT = 16;
    public static final StatusHistory EMPTY = new StatusHistory(List.of(), new TreeSet<>());

    public StatusHistory {
        facts = List.copyOf(facts);
        cut = Collections.unmodifiableSortedSet(new TreeSet<>(cut));
    }

    public static StatusHistory of(Collection<StatusFact> facts) {
        return EMPTY.with(facts);
    }

    public StatusHistory with(Collection<StatusFact> more) {
        return facts.containsAll(more) ? this : keeping(1 + OTHERS, more);
    }

    /** Less than would be kept by itself, for want of room; the winner and the price always stay. */
    public StatusHistory cutTo(int others) {
        return facts.size() <= 1 + others ? this : keeping(1 + others, List.of());
    }

    private StatusHistory keeping(int most, Collection<StatusFact> more) {
        var all = new TreeSet<StatusFact>(Collections.reverseOrder());
        all.addAll(facts);
        all.addAll(more);
        var kept = new ArrayList<StatusFact>();
        var marks = new TreeSet<>(cut);
        var priced = false;
        for (var statusFact : all) {
            var firstPrice = !priced && statusFact.cost() != null;
            priced |= firstPrice;
            if (kept.size() < most || firstPrice) {
                kept.add(statusFact);
            } else {
                marks.add(statusFact.mark());
            }
        }
        // The smallest of all ever seen: a bound that does not depend on the order in which they came.
        while (marks.size() > MOST_CUT) {
            marks.remove(marks.last());
        }
        return new StatusHistory(kept, marks);
    }

    public Optional<StatusFact> winner() {
        return facts.stream().findFirst();
    }

    /** Those that lost, greatest first. */
    public List<StatusFact> others() {
        return facts.isEmpty() ? List.of() : facts.subList(1, facts.size());
    }

    /** The winner's state, or that of the register (what the dispatch says of all its messages) where that is greater. */
    public MessageState over(MessageState register) {
        return winner().map(StatusFact::state)
                .filter(state -> state.rank() > register.rank())
                .orElse(register);
    }

    /**
     * The winner's state, where the provider's answer to the send spoke of this very message: then what it said of all does not
     * count. Empty where it did not, or where others have said more than any answer can.
     */
    public Optional<MessageState> answered() {
        return facts.stream().anyMatch(statusFact -> statusFact.source() == StatusFact.Source.ANSWER)
                ? winner().map(StatusFact::state)
                : Optional.empty();
    }

    /** Points, as the greatest fact said that named any; null where none did. */
    public @Nullable BigDecimal cost() {
        return facts.stream()
                .map(StatusFact::cost)
                .filter(cost -> cost != null && isDecimal(cost))
                .findFirst()
                .map(BigDecimal::new)
                .orElse(null);
    }

    private static boolean isDecimal(String cost) {
        return cost.matches("-?\\d{1,12}(\\.\\d{1,6})?");
    }

    // By hand: histories are compared in loops, and a record's generated equals is slow in a native image.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StatusHistory statusHistory
                && statusHistory.facts.equals(facts)
                && statusHistory.cut.equals(cut);
    }

    @Override
    public int hashCode() {
        return facts.hashCode();
    }
}
