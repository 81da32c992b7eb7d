package hoopoe.event.stream;

import hoopoe.batch.Batch;
import hoopoe.config.Timeouts;
import hoopoe.delivery.check.BatchTotalsWriter;
import hoopoe.delivery.check.DispatchCheck;
import hoopoe.dispatch.DispatchId;
import hoopoe.event.publish.ReplyEvents;
import hoopoe.observability.Metrics;
import hoopoe.observability.SafeStackTrace;
import hoopoe.platform.FairScheduler;
import hoopoe.platform.WorkerPools;
import hoopoe.provider.Deadline;
import hoopoe.store.Keys;
import hoopoe.store.StreamEvent;
import hoopoe.store.StreamEvent.StreamRecord;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Settles what callbacks complete, and tells listeners what is new, from the table's stream. A record is a hint, and several of one
 * dispatch are one: the dispatch stays due until all is told, so what is missed here, or fails, the tick does.
 */
@ApplicationScoped
public class PublishFunction {

    private static final Logger LOG = Logger.getLogger(PublishFunction.class);

    /** Dispatches at once: each waits for the table and the sinks. */
    private static final int AT_ONCE = 16;

    private final DispatchCheck dispatchCheck;
    private final BatchTotalsWriter batchTotalsWriter;
    private final ReplyEvents replyEvents;
    private final Timeouts timeouts;
    private final WorkerPools workerPools;
    private final Metrics metrics;
    private final Clock clock;

    public PublishFunction(
            DispatchCheck dispatchCheck,
            BatchTotalsWriter batchTotalsWriter,
            ReplyEvents replyEvents,
            Timeouts timeouts,
            WorkerPools workerPools,
            Metrics metrics,
            Clock clock) {
        this.dispatchCheck = dispatchCheck;
        this.batchTotalsWriter = batchTotalsWriter;
        this.replyEvents = replyEvents;
        this.timeouts = timeouts;
        this.workerPools = workerPools;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Never throws: a record that fails must not hold up those behind it. */
    @Funq("publish")
    public void publish(StreamEvent batch) {
        var deadline = Deadline.in(timeouts.function(), clock);
        Map<String, Batch> settled = new ConcurrentHashMap<>();
        try {
            var dispatches = batch.all().stream()
                    .map(StreamRecord::dispatch)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toSet());
            var work = new FairScheduler(all -> AT_ONCE, Integer.MAX_VALUE);
            dispatches.forEach(id -> work.add("", () -> look(id, settled, deadline)));
            runAll(work, Math.min(AT_ONCE, dispatches.size()), deadline);
            settled.values().forEach(this::sumUp);
            if (batch.all().stream().anyMatch(record -> record.pk().equals(Keys.FEED))) {
                run("replies", () -> replyEvents.tell(deadline));
            }
            oldest(batch).ifPresent(at -> metrics.published(Duration.between(at, clock.instant())));
        } finally {
            metrics.flush();
        }
    }

    private void runAll(FairScheduler work, int workers, Deadline deadline) {
        var pool = workerPools.of(Math.max(1, workers));
        try {
            work.run(pool, workers, () -> deadline.leaves(timeouts.reserve()));
        } finally {
            pool.shutdown();
        }
    }

    private boolean look(DispatchId id, Map<String, Batch> settled, Deadline deadline) {
        return run(id.toString(), () -> dispatchCheck.join(id, one -> settled.put(one.id(), one), deadline));
    }

    private void sumUp(Batch batch) {
        run("totals of " + batch.id(), () -> batchTotalsWriter.end(batch));
    }

    private boolean run(String what, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf("%s is left to the tick: %s", what, SafeStackTrace.of(e));
            return false;
        }
    }

    private static Optional<Instant> oldest(StreamEvent batch) {
        return batch.all().stream()
                .map(StreamRecord::created)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }
}
