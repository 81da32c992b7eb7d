package hoopoe.batch.tick;

import hoopoe.batch.Timing;
import hoopoe.batch.check.Checks;
import hoopoe.batch.check.Told;
import hoopoe.provider.Deadline;
import hoopoe.store.Checkup;
import hoopoe.store.DispatchId;
import java.util.List;
import java.util.Set;

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
        var told = checks.ask(group, deadline);
        var answered = true;
        for (var seen : group) {
            if (deadline.leaves(timing.reserve())) {
                begun.add(seen.id());
                answered &= guard.run(seen, work, () -> of(seen, told, work, deadline));
            }
        }
        return answered;
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
