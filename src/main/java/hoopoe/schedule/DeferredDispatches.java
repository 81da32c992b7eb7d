package hoopoe.schedule;

import hoopoe.dispatch.Dispatch;
import hoopoe.platform.FairScheduler;
import hoopoe.provider.Deadline;
import hoopoe.store.DueItemRepository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The dispatches that a tick did not reach, where more is due than it reads. Only their due time is put off: else the next
 * tick would read nothing else, for as long as one account is silent.
 */
final class DeferredDispatches {

    private static final Logger LOG = Logger.getLogger(DeferredDispatches.class);

    private final FairScheduler fairScheduler = Tick.scheduler();
    private final DueItemRepository due;
    private final Clock clock;
    private final Supplier<Duration> pause;
    private final TickProgress work;

    DeferredDispatches(DueItemRepository due, Clock clock, Supplier<Duration> pause, TickProgress work) {
        this.due = due;
        this.clock = clock;
        this.pause = pause;
        this.work = work;
    }

    /** @param latest when the dispatch has to be looked at, whatever else is due */
    void add(Dispatch dispatch, Instant latest) {
        fairScheduler.add("", () -> putOff(dispatch, latest));
    }

    void putOff(ExecutorService pool, int workers, Deadline deadline, Duration margin) {
        fairScheduler.run(pool, workers, () -> deadline.leaves(margin));
    }

    private boolean putOff(Dispatch dispatch, Instant latest) {
        var until = clock.instant().plus(pause.get());
        try {
            if (due.putOff(dispatch, until.isBefore(latest) ? until : latest)) {
                work.putOff.incrementAndGet();
            }
        } catch (RuntimeException | VirtualMachineError e) {
            LOG.errorf(e, "%s could not be put off", dispatch.id());
        }
        return true;
    }
}
