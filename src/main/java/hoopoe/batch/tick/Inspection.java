package hoopoe.batch.tick;

import hoopoe.config.Timeouts;
import hoopoe.batch.check.Checks;
import hoopoe.batch.check.Told;
import hoopoe.provider.Deadline;
import hoopoe.store.Checkup;
import hoopoe.store.DispatchId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The checks of one tick: what a provider can be asked about at once is, and each is counted. Late ones of a batch that is
 * settled come in crowds: it is summed up after the last of them.
 */
final class Inspection {

    private final Checks checks;
    private final Guard guard;
    private final Timeouts timeouts;

    Inspection(Checks checks, Guard guard, Timeouts timeouts) {
        this.checks = checks;
        this.guard = guard;
        this.timeouts = timeouts;
    }

    /**
     * Has the group asked about when its turn comes, then checks each. Those that there was no time for wait in the rota, with
     * what the provider said of them.
     *
     * @param begun gets those that there was time for
     * @param deadline asked whenever a check is about to begin
     */
    void lineUp(Rota rota, List<Checkup> group, Set<DispatchId> begun, TickWork work, Supplier<Deadline> deadline) {
        group.forEach(work::lineUp);
        rota.add(account(group), () -> each(rota, group, told(group, work, deadline.get()), begun, work, deadline));
    }

    /** Where asking about all of them fails by our fault, one of them may be to blame: then each is asked about by itself. */
    private Told told(List<Checkup> group, TickWork work, Deadline deadline) {
        var told = new AtomicReference<>(Told.NOTHING);
        guard.stage(group.size() + " dispatches together", work, () -> told.set(checks.ask(group, deadline)));
        return told.get();
    }

    /** @return whether the provider, where it was asked, answered */
    private boolean each(
            Rota rota,
            List<Checkup> group,
            Told told,
            Set<DispatchId> begun,
            TickWork work,
            Supplier<Deadline> deadline) {
        var until = deadline.get();
        var answered = true;
        for (int i = 0; i < group.size(); i++) {
            if (!until.leaves(timeouts.reserve())) {
                var rest = group.subList(i, group.size());
                rota.add(account(group), () -> each(rota, rest, told, begun, work, deadline));
                break;
            }
            var seen = group.get(i);
            begun.add(seen.id());
            answered &= guard.run(seen, work, () -> counted(checks.run(seen, told, work::settled, until), work));
            work.over(seen).ifPresent(batch -> guard.stage("totals of " + batch.id(), work, () -> checks.sumUp(batch)));
        }
        return answered;
    }

    private static String account(List<Checkup> group) {
        return group.get(0).dispatch().account();
    }

    /** One that nobody is asked about. @return whether the provider, where it was asked, answered */
    boolean of(Checkup seen, TickWork work, Deadline deadline) {
        return counted(checks.run(seen, deadline), work);
    }

    private static boolean counted(Checks.Outcome outcome, TickWork work) {
        if (outcome != Checks.Outcome.NOTHING) {
            work.checked.incrementAndGet();
        }
        return outcome != Checks.Outcome.AWAY;
    }
}
