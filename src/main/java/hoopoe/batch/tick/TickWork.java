package hoopoe.batch.tick;

import hoopoe.store.Checkup;
import hoopoe.store.Dispatch;
import hoopoe.store.DueItem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What one tick found and did; many threads write to it. */
final class TickWork {

    final Queue<Held> held = new ConcurrentLinkedQueue<>();
    final Queue<Checkup> toCheck = new ConcurrentLinkedQueue<>();
    final AtomicInteger spread = new AtomicInteger();
    final AtomicInteger received = new AtomicInteger();
    final AtomicInteger reaped = new AtomicInteger();
    final AtomicInteger checked = new AtomicInteger();
    final AtomicInteger putOff = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();

    /** @param until the end of its waiting */
    record Held(Dispatch dispatch, Instant until) {}

    TickSummary summary(List<DueItem> due, Instant begin) {
        var oldest =
                due.isEmpty() ? 0 : Duration.between(due.get(0).at(), begin).toSeconds();
        return new TickSummary(
                due.size(),
                oldest,
                spread.get(),
                reaped.get(),
                received.get(),
                held.size(),
                checked.get(),
                putOff.get(),
                failed.get());
    }
}
