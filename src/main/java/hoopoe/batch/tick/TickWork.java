package hoopoe.batch.tick;

import hoopoe.store.Checkup;
import hoopoe.store.DispatchId;
import hoopoe.store.DueItem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What one tick found and did; many threads write to it. */
final class TickWork {

    final Queue<DispatchId> held = new ConcurrentLinkedQueue<>();
    final Queue<Checkup> toCheck = new ConcurrentLinkedQueue<>();
    final AtomicInteger spread = new AtomicInteger();
    final AtomicInteger received = new AtomicInteger();
    final AtomicInteger reaped = new AtomicInteger();
    final AtomicInteger checked = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();

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
                failed.get());
    }
}
