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
 * The history of one message: its facts, merged. Merging is a union: any order and any repetition of the same facts ends in the
 * same history.
 *
 * <p>It keeps the winning fact, the {@value #OTHERS} greatest of the others, and the greatest with a price. The rest is only
 * counted, by a bounded set of marks, so that a repeated fact is not counted again.
 *
 * @param facts greatest first
 * @param cut a mark of each dropped fact; at most {@value #MOST_CUT}
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

    /** Keeps fewer facts, to save room; the winner and the price always stay. */
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
        // Keeps the smallest of all marks ever seen, so that the result does not depend on the order of arrival.
        while (marks.size() > MOST_CUT) {
            marks.remove(marks.last());
        }
        return new StatusHistory(kept, marks);
    }

    public Optional<StatusFact> winner() {
        return facts.stream().findFirst();
    }

    /** The winner's state where its rank is higher than that of {@code register}, the dispatch's state for all its messages. */
    public MessageState over(MessageState register) {
        return winner().map(StatusFact::state)
                .filter(state -> state.rank() > register.rank())
                .orElse(register);
    }

    /**
     * The winner's state, if the provider's answer to the send named this message: then its answer for the whole call does not
     * count. Empty if the answer did not, or if its fact was displaced by greater ones.
     */
    public Optional<MessageState> answered() {
        return facts.stream().anyMatch(statusFact -> statusFact.source() == StatusFact.Source.ANSWER)
                ? winner().map(StatusFact::state)
                : Optional.empty();
    }

    /** Points of the greatest fact with a price; null where none has one. */
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
