package hoopoe.dispatch;

import hoopoe.message.MessageReport;
import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The stored result of a send.
 *
 * @param state of the dispatch from now on: {@code submitted}, {@code rejected}, {@code unconfirmed} where it may have been
 *     sent, {@code accepted} where it waits again because nothing was sent
 * @param reference as written, to poll the provider with; null where it named none that is new to us
 * @param code a note, or why it was not simply taken; null for none
 * @param cost points taken; null where not said
 * @param at when the answer came
 * @param due when a worker must look at the dispatch again
 * @param lines results of single messages, by their number: of all or none
 */
public record SendResult(
        DispatchState state,
        @Nullable String reference,
        @Nullable String code,
        @Nullable String text,
        @Nullable BigDecimal cost,
        int unsent,
        Instant at,
        Instant due,
        Map<Integer, MessageReport> lines) {

    /** A result of which the provider said no more, and the same for all messages. */
    public SendResult(
            DispatchState state,
            @Nullable String reference,
            @Nullable String code,
            @Nullable String text,
            Instant at,
            Instant due) {
        this(state, reference, code, text, null, 0, at, due, Map.of());
    }

    /** Whether the provider took the messages. */
    public boolean isTaken() {
        return state == DispatchState.SUBMITTED;
    }

    /** Whether the provider did not simply take all messages. */
    public boolean isMixed() {
        return counts().keySet().stream().anyMatch(label -> !label.equals(MessageState.SUBMITTED.label()));
    }

    /** Messages by state label, right after the answer. */
    public Map<String, Integer> counts() {
        return lines.values().stream()
                .map(messageReport -> messageReport.history().winner())
                .flatMap(Optional::stream)
                .map(StatusFact::state)
                .collect(Collectors.toMap(MessageState::label, state -> 1, Integer::sum, TreeMap::new));
    }
}
