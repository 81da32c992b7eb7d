package hoopoe.batch.erase;

import hoopoe.batch.Erasure;
import hoopoe.batch.Erasure.ErasurePhase;
import hoopoe.config.Timeouts;
import hoopoe.observability.Metrics;
import hoopoe.observability.SafeStackTrace;
import hoopoe.provider.Deadline;
import hoopoe.schedule.DueItemHandler;
import hoopoe.store.DueItemRepository.DueItem;
import hoopoe.store.Keys;
import hoopoe.store.batch.ErasureRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Goes on with erasures as far as there is time: each step is stored before the next one, and does nothing new where it is done
 * again. Between marks and messages no function is running that read a reference before it was marked.
 */
@ApplicationScoped
public class ErasureDueItems implements DueItemHandler {

    private static final Logger LOG = Logger.getLogger(ErasureDueItems.class);

    /** With less time left, no further step begins. */
    private static final Duration ENOUGH = Duration.ofSeconds(3);

    private final ErasureRepository erasureRepository;
    private final MessageEraser messageEraser;
    private final TraceEraser traceEraser;
    private final Timeouts timeouts;
    private final Metrics metrics;

    public ErasureDueItems(
            ErasureRepository erasureRepository,
            MessageEraser messageEraser,
            TraceEraser traceEraser,
            Timeouts timeouts,
            Metrics metrics) {
        this.erasureRepository = erasureRepository;
        this.messageEraser = messageEraser;
        this.traceEraser = traceEraser;
        this.timeouts = timeouts;
        this.metrics = metrics;
    }

    @Override
    public boolean handles(DueItem item) {
        return item.pk().startsWith(Keys.ERASURE);
    }

    @Override
    public boolean handle(List<DueItem> items, Deadline deadline) {
        for (var item : items) {
            var id = item.pk().substring(Keys.ERASURE.length());
            try {
                erase(id, deadline);
            } catch (RuntimeException | VirtualMachineError e) {
                metrics.internal(1);
                LOG.errorf("erasure %s is left to the next tick: %s", id, SafeStackTrace.of(e));
            }
        }
        return true;
    }

    private void erase(String id, Deadline deadline) {
        var erasure = erasureRepository.find(id);
        while (erasure.filter(found -> isDue(found, deadline)).isPresent() && deadline.leaves(ENOUGH)) {
            var seen = erasure.get();
            var next = step(seen, deadline.keeping(ENOUGH));
            erasure = next.equals(seen) ? Optional.empty() : erasureRepository.put(next);
            erasure.filter(done -> done.phase() == ErasurePhase.FINISHED).ifPresent(done -> LOG.infof("%s", done));
        }
    }

    private static boolean isDue(Erasure erasure, Deadline deadline) {
        return erasure.due() != null && !erasure.due().isAfter(deadline.clock().instant());
    }

    /** @return the same where nothing could be done now */
    private Erasure step(Erasure erasure, Deadline deadline) {
        var now = deadline.clock().instant();
        return switch (erasure.phase()) {
            case MARK ->
                messageEraser
                        .mark(erasure, deadline)
                        .orElseGet(() -> erasure.next(now.plus(timeouts.longestFunction())));
            case MESSAGES -> messageEraser.erase(erasure, deadline).orElseGet(() -> erasure.next(now));
            case DELIVERIES -> traceEraser.deliveries(erasure).orElseGet(() -> erasure.next(now));
            case QUARANTINE -> traceEraser.quarantine(erasure, now).orElseGet(() -> erasure.next(now));
            case FINISHED -> erasure;
        };
    }
}
