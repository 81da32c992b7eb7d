package hoopoe.batch.tick;

import hoopoe.config.Timeouts;
import hoopoe.store.Checkup;
import hoopoe.store.Checkups;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Does pieces of work of which none shall stop another: what fails by our own fault is told, counted, and done after a pause. */
final class Guard {

    private static final Logger LOG = Logger.getLogger(Tick.class);

    private final Checkups checkups;
    private final Timeouts timeouts;
    private final Clock clock;

    Guard(Checkups checkups, Timeouts timeouts, Clock clock) {
        this.checkups = checkups;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    interface Piece {

        /** @return whether the provider, where it was asked, answered */
        boolean answered();
    }

    /** What fails is looked at again after a pause. */
    boolean run(Checkup seen, TickWork work, Piece piece) {
        return seen.dispatch()
                .trail()
                .follow(() -> run(
                        seen.id(),
                        work,
                        piece,
                        () -> checkups.postpone(
                                seen.dispatch(), clock.instant().plus(timeouts.retry(seen.failures() + 1)), "internal")));
    }

    /** What fails is looked at again by the next tick. */
    boolean run(Object what, TickWork work, Piece piece) {
        return run(what, work, piece, () -> {});
    }

    /** A part of the tick that comes before others. */
    void stage(String what, TickWork work, Runnable stage) {
        run(what, work, () -> {
            stage.run();
            return true;
        });
    }

    private static boolean run(Object what, TickWork work, Piece piece, Runnable postpone) {
        try {
            return piece.answered();
        } catch (RuntimeException | VirtualMachineError e) {
            LOG.errorf(e, "%s could not be looked after", what);
            work.failed.incrementAndGet();
        }
        try {
            postpone.run();
        } catch (RuntimeException | VirtualMachineError e) {
            LOG.errorf(e, "%s could not be put off", what);
        }
        return true;
    }
}
