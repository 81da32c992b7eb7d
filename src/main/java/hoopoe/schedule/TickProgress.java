package hoopoe.schedule;

import hoopoe.batch.Batch;
import hoopoe.delivery.CheckState;
import hoopoe.dispatch.Dispatch;
import hoopoe.store.DueItemRepository.DueItem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What one tick found and did; many threads write to it. */
final class TickProgress {

    final Queue<Held> held = new ConcurrentLinkedQueue<>();
    final Queue<CheckState> toCheck = new ConcurrentLinkedQueue<>();
    final AtomicInteger spread = new AtomicInteger();
    final AtomicInteger received = new AtomicInteger();
    final AtomicInteger reaped = new AtomicInteger();
    final AtomicInteger checked = new AtomicInteger();
    final AtomicInteger putOff = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();

    private final Map<String, AtomicInteger> linedUp = new ConcurrentHashMap<>();
    private final Map<String, Batch> settled = new ConcurrentHashMap<>();

    /** @param until the end of its waiting */
    record Held(Dispatch dispatch, Instant until) {}

    /** Announces a check; {@link #over} will follow. */
    void lineUp(CheckState seen) {
        linedUp.computeIfAbsent(seen.dispatch().id().batch(), batch -> new AtomicInteger())
                .incrementAndGet();
    }

    /** A dispatch of the batch has settled: its totals can be written once no other check of it is lined up. */
    void settled(Batch batch) {
        settled.put(batch.id(), batch);
    }

    /** A lined-up check is over, however it ended. @return its batch, where that was its last check and any has settled */
    Optional<Batch> over(CheckState seen) {
        var batch = seen.dispatch().id().batch();
        return Objects.requireNonNull(linedUp.get(batch)).decrementAndGet() == 0
                ? Optional.ofNullable(settled.get(batch))
                : Optional.empty();
    }

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
