package hoopoe.poll;

import hoopoe.Trace;
import hoopoe.batch.Timing;
import hoopoe.batch.tick.Tick;
import hoopoe.batch.tick.TickSummary;
import hoopoe.metric.Metrics;
import hoopoe.provider.Deadline;
import hoopoe.store.Inboxes;
import io.quarkus.funqy.Funq;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** EventBridge, every minute; an operator, to have inbox answers read again. */
@ApplicationScoped
public class PollFunction {

    private static final Logger LOG = Logger.getLogger(PollFunction.class);

    private final Tick tick;
    private final Inboxes inboxes;
    private final Timing timing;
    private final Metrics metrics;
    private final Clock clock;

    public PollFunction(Tick tick, Inboxes inboxes, Timing timing, Metrics metrics, Clock clock) {
        this.tick = tick;
        this.inboxes = inboxes;
        this.timing = timing;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Never throws: what it did not get done is still due, and the next tick comes anyway. */
    @Funq("poll")
    public TickSummary poll(@Nullable TickEvent event) {
        try {
            if (event != null && event.readAgain() != null) {
                readAgain(event.readAgain());
            }
            var summary = tick.run(Deadline.in(timing.function(), clock));
            metrics.internal(summary.failed());
            LOG.debugf("%s", summary);
            return summary;
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf("the tick could not look: %s", Trace.of(e));
            return new TickSummary(0, 0, 0, 0, 0, 0, 0, 0, 1);
        } finally {
            metrics.flush();
        }
    }

    private void readAgain(String account) {
        var deadline = Deadline.in(timing.inboxes(), clock);
        int again = inboxes.readAgain(account, () -> !deadline.isOver());
        LOG.infof("inbox of account %s: %d answers are read again", account, again);
    }
}
