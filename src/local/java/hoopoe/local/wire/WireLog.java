package hoopoe.local.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The requests that arrived, when and how often. A simulator may run for days: it keeps the last 10,000 exchanges, fewer when their
 * requests come to more than 48 MB, and counts all.
 */
public final class WireLog {
    private static final int KEPT = 10_000;
    private static final int KEPT_FRAGMENTS = 1_000;
    private static final long KEPT_BYTES = 48L * 1024 * 1024;

    /**
     * A request that broke off: the caller closed in the middle of it, or it was no HTTP.
     *
     * @param arrived the bytes that did come
     */
    public record Fragment(long connection, byte[] arrived, String reason) {}

    private final Deque<Exchange> exchanges = new ArrayDeque<>();
    private final Deque<Fragment> fragments = new ArrayDeque<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private long bytes;
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
        bytes = 0;
        fragments.clear();
        counts.clear();
        connections = 0;
    }

    synchronized void connected() {
        connections++;
    }

    synchronized Exchange arrived(String operation, Request request) {
        Exchange exchange = new Exchange(++arrived, operation, request);
        exchanges.addLast(exchange);
        bytes += request.raw().length;
        while (exchanges.size() > KEPT || bytes > KEPT_BYTES && exchanges.size() > 1) {
            bytes -= exchanges.removeFirst().request().raw().length;
        }
        counts.merge(operation, 1, Integer::sum);
        return exchange;
    }

    synchronized void brokeOff(long connection, byte[] arrivedBytes, String reason) {
        fragments.addLast(new Fragment(connection, arrivedBytes, reason));
        if (fragments.size() > KEPT_FRAGMENTS) {
            fragments.removeFirst();
        }
    }
}
