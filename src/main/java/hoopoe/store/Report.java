package hoopoe.store;

import hoopoe.message.MessageState;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that is known of the messages of one dispatch, as of its last check.
 *
 * @param version grows with every write; 0 where there is none yet
 * @param lines by message number; messages of which nothing is known have none
 * @param strays what named the dispatch but none of its recipients
 */
public record Report(int version, Map<Integer, Line> lines, Line strays) {

    public static final Report NONE = new Report(0, Map.of(), Line.EMPTY);

    public Report {
        lines = Collections.unmodifiableMap(new TreeMap<>(lines));
    }

    public Line line(int n) {
        return lines.getOrDefault(n, Line.EMPTY);
    }

    /** Whether anything in it shows that the provider has the dispatch: a word that nobody knows does not. */
    public boolean proves() {
        return lines.values().stream()
                .anyMatch(line -> !line.replies().isEmpty()
                        || line.history()
                                .winner()
                                .filter(statusFact -> statusFact.state() != MessageState.UNCONFIRMED)
                                .isPresent());
    }

    /** The same, and more of some messages. Where both have an id of the provider's, the newer counts. */
    Report with(Map<Integer, Line> more) {
        var all = new TreeMap<>(lines);
        more.forEach((n, line) -> all.merge(n, line, (known, newer) -> newer.with(known)));
        return new Report(version, all, strays);
    }

    public boolean says(Report other) {
        return lines.equals(other.lines) && strays.equals(other.strays);
    }
}
