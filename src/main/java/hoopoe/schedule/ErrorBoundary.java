package hoopoe.schedule;

import hoopoe.config.Timeouts;
import hoopoe.delivery.CheckState;
import hoopoe.store.delivery.CheckRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Runs work so that no piece stops another: our own failures are logged and counted. A check is repeated after a pause, other work by the next tick. */
@ApplicationScoped
public class ErrorBoundary {

    private static final Logger LOG = Logger.getLogger(Tick.class);

    private final CheckRepository checkRepository;
    private final Timeouts timeouts;
    private final Clock clock;

    public ErrorBoundary(CheckRepository checkRepository, Timeouts timeouts, Clock clock) {
        this.checkRepository = checkRepository;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    /**
     * A failed check is repeated after a pause.
     *
     * @param piece returns whether the provider, where it was polled, answered
     */
    boolean run(CheckState seen, TickProgress work, BooleanSupplier piece) {
        return seen.dispatch()
                .trail()
                .follow(() -> run(
                        seen.id(),
                        work,
                        piece,
                        () -> checkRepository.postpone(
                                seen.dispatch(),
                                clock.instant().plus(timeouts.retry(seen.failures() + 1)),
                                "internal")));
    }

    /** Failed work is repeated by the next tick. */
    boolean run(Object what, TickProgress work, BooleanSupplier piece) {
        return run(what, work, piece, () -> {});
    }

    /** Runs a part of the tick that comes before others. */
    void stage(String what, TickProgress work, Runnable stage) {
        run(what, work, () -> {
            stage.run();
            return true;
        });
    }

    private static boolean run(Object what, TickProgress work, BooleanSupplier piece, Runnable postpone) {
        try {
            return piece.getAsBoolean();
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
