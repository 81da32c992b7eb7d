package hoopoe.local.stage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * The planned events of a simulated service, and the one lock under which it changes. Each access first runs the events that are
 * due, so that a moved clock takes effect at once.
 */
public final class Agenda implements AutoCloseable {
    private record Entry(Instant due, long turn, Runnable event) {}

    private static final Duration LONGEST_NAP = Duration.ofMinutes(1);

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparing(Entry::turn));
    private final Clock clock;
    private final Runnable settled;
    private long turn;
    private boolean closed;

    /** @param settled runs after the events that were due */
    public Agenda(Clock clock, Runnable settled) {
        this.clock = clock;
        this.settled = settled;
    }

    public Instant now() {
        return clock.instant();
    }

    public void start(String name) {
        Thread thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    public synchronized void at(Instant due, Runnable event) {
        entries.add(new Entry(due, turn++, event));
        notifyAll();
    }

    /** Does this alone, after all that is due. */
    public synchronized <T> T exclusively(Supplier<T> action) {
        runDue();
        T result = action.get();
        runDue();
        return result;
    }

    public synchronized void runDue() {
        for (Entry next = entries.peek();
                next != null && !closed && !next.due.isAfter(clock.instant());
                next = entries.peek()) {
            entries.poll();
            next.event.run();
        }
        settled.run();
        notifyAll();
    }

    @Override
    public synchronized void close() {
        closed = true;
        entries.clear();
        notifyAll();
    }

    private synchronized void run() {
        try {
            while (!closed) {
                long millis = untilNext().toMillis();
                if (millis > 0) {
                    wait(millis);
                } else {
                    runDue();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration untilNext() {
        Entry next = entries.peek();
        if (next == null) {
            return LONGEST_NAP;
        }
        Duration left = Duration.between(clock.instant(), next.due);
        if (left.isNegative() || left.isZero()) {
            return Duration.ZERO;
        }
        Duration atLeast = left.plusMillis(1);
        return atLeast.compareTo(LONGEST_NAP) < 0 ? atLeast : LONGEST_NAP;
    }
}
