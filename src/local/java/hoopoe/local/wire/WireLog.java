package hoopoe.local.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What arrived, when and how often. It keeps the last 10,000 exchanges (a simulator may run for days) and counts all.
 */
public final class WireLog {
    private static final int KEPT = 10_000;

    /**
     * A request that broke off: the caller closed in the middle of it, or it was no HTTP.
     *
     * @param arrived the bytes that did come
     */
    public record Fragment(long connection, byte[] arrived, String reason) {}

    private final Deque<Exchange> exchanges = new ArrayDeque<>();
    private final Deque<Fragment> fragments = new ArrayDeque<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private long arrived;
    private long connections;

    /** How many whole requests for this operation arrived since the start or the last {@link #clear}. */
    public synchronized int count(String operation) {
        return counts.getOrDefault(operation, 0);
    }

    public synchronized Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    public synchronized List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    public synchronized List<Exchange> exchanges(String operation) {
        return exchanges.stream()
                .filter(exchange -> exchange.operation().equals(operation))
                .toList();
    }

    public synchronized Optional<Exchange> last(String operation) {
        List<Exchange> found = exchanges(operation);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    public synchronized List<Fragment> fragments() {
        return List.copyOf(fragments);
    }

    /** Connections taken, the dropped ones included. */
    public synchronized long connections() {
        return connections;
    }

    public synchronized void clear() {
        exchanges.clear();
        fragments.clear();
        counts.clear();
        connections = 0;
    }

    /** The number is given out apart from the count: connection numbers stay unique over a clear. */
    synchronized void connected() {
        connections++;
    }

    synchronized Exchange arrived(String operation, Request request) {
        Exchange exchange = new Exchange(++arrived, operation, request);
        keep(exchanges, exchange);
        counts.merge(operation, 1, Integer::sum);
        return exchange;
    }

    synchronized void brokeOff(long connection, byte[] bytes, String reason) {
        keep(fragments, new Fragment(connection, bytes, reason));
    }

    private static <T> void keep(Deque<T> all, T one) {
        all.addLast(one);
        if (all.size() > KEPT) {
            all.removeFirst();
        }
    }
}
