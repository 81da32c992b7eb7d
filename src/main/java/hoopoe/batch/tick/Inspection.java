package hoopoe.batch.tick;

import hoopoe.batch.Timing;
import hoopoe.batch.check.Checks;
import hoopoe.batch.check.Told;
import hoopoe.provider.Deadline;
import hoopoe.store.Checkup;
import hoopoe.store.DispatchId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** The checks of one tick: what a provider can be asked about at once is, and each is counted. */
final class Inspection {

    private final Checks checks;
    private final Guard guard;
    private final Timing timing;

    Inspection(Checks checks, Guard guard, Timing timing) {
        this.checks = checks;
        this.guard = guard;
        this.timing = timing;
    }

    /**
     * @param begun gets those that there was time for
     * @return whether the provider, where it was asked, answered
     */
    boolean of(List<Checkup> group, Set<DispatchId> begun, TickWork work, Deadline deadline) {
        var told = told(group, work, deadline);
        var answered = true;
        for (var seen : group) {
            if (deadline.leaves(timing.reserve())) {
                begun.add(seen.id());
                answered &= guard.run(seen, work, () -> of(seen, told, work, deadline));
            }
        }
        return answered;
    }

    /** Where asking about all of them fails by our fault, one of them may be to blame: then each is asked about by itself. */
    private Told told(List<Checkup> group, TickWork work, Deadline deadline) {
        var told = new AtomicReference<>(Told.NOTHING);
        guard.stage(group.size() + " dispatches together", work, () -> told.set(checks.ask(group, deadline)));
        return told.get();
    }

    /** @return whether the provider, where it was asked, answered */
    boolean of(Checkup seen, Told told, TickWork work, Deadline deadline) {
        var outcome = checks.run(seen, told, deadline);
        if (outcome != Checks.Outcome.NOTHING) {
            work.checked.incrementAndGet();
        }
        return outcome != Checks.Outcome.AWAY;
    }
}
