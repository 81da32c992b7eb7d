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
 * The stored result of a send that took the messages or named a reference.
 *
 * @param provider its type
 * @param reference as written; null where it has none
 * @param sure whether the provider took the messages; else it may have, and the dispatch is {@code unconfirmed} with a
 *     reference to poll
 * @param code a note, or the code that makes it unsure; null for none
 * @param cost points taken; null where not said
 * @param at when the answer came
 * @param lines results of single messages, by their number: of all or none
 */
public record SendResult(
        String provider,
        String account,
        @Nullable String reference,
        boolean sure,
        @Nullable String code,
        @Nullable String text,
        @Nullable BigDecimal cost,
        int unsent,
        Instant at,
        Map<Integer, MessageReport> lines) {

    /** For a result that is the same for all messages. */
    public SendResult(
            String provider,
            String account,
            @Nullable String reference,
            boolean sure,
            @Nullable String code,
            @Nullable String text,
            @Nullable BigDecimal cost,
            int unsent,
            Instant at) {
        this(provider, account, reference, sure, code, text, cost, unsent, at, Map.of());
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
