package hoopoe.delivery;

import hoopoe.message.MessageReport;
import hoopoe.message.MessageState;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that is known of the messages of one dispatch, as of its last check.
 *
 * @param version grows with every write; 0 where none is stored
 * @param lines by message number; messages of which nothing is known have none
 * @param strays what named the dispatch but none of its recipients
 */
public record DeliveryReport(int version, Map<Integer, MessageReport> lines, MessageReport strays) {

    public static final DeliveryReport NONE = new DeliveryReport(0, Map.of(), MessageReport.EMPTY);

    public DeliveryReport {
        lines = Collections.unmodifiableMap(new TreeMap<>(lines));
    }

    public MessageReport line(int n) {
        return lines.getOrDefault(n, MessageReport.EMPTY);
    }

    /** Whether the report proves that the provider has the dispatch. A status word that Hoopoe does not know proves nothing. */
    public boolean proves() {
        return lines.values().stream()
                .anyMatch(messageReport -> !messageReport.replies().isEmpty()
                        || messageReport
                                .history()
                                .winner()
                                .filter(statusFact -> statusFact.state() != MessageState.UNCONFIRMED)
                                .isPresent());
    }

    /** The same with more facts of some messages. Where both have an id of the provider's, the newer counts. */
    public DeliveryReport with(Map<Integer, MessageReport> more) {
        var all = new TreeMap<>(lines);
        more.forEach((n, messageReport) -> all.merge(n, messageReport, (known, newer) -> newer.with(known)));
        return new DeliveryReport(version, all, strays);
    }

    public boolean says(DeliveryReport other) {
        return lines.equals(other.lines) && strays.equals(other.strays);
    }
}
