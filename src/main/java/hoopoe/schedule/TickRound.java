package hoopoe.schedule;

import hoopoe.batch.Batch;
import hoopoe.delivery.CheckState;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The dispatches that one round of a tick found to send and to check; many threads write to it. */
final class TickRound {

    final TickProgress work;
    final Queue<Held> held = new ConcurrentLinkedQueue<>();
    final Queue<CheckState> toCheck = new ConcurrentLinkedQueue<>();

    /** Those whose check there was time for. */
    final Set<DispatchId> begun = ConcurrentHashMap.newKeySet();

    private final Map<String, AtomicInteger> linedUp = new ConcurrentHashMap<>();
    private final Map<String, Batch> settled = new ConcurrentHashMap<>();

    TickRound(TickProgress work) {
        this.work = work;
    }

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
}
