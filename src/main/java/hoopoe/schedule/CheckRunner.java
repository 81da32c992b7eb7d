package hoopoe.schedule;

import hoopoe.config.Timeouts;
import hoopoe.delivery.CheckState;
import hoopoe.delivery.check.BulkReportResult;
import hoopoe.delivery.check.DispatchCheck;
import hoopoe.dispatch.DispatchId;
import hoopoe.provider.Deadline;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The checks of one tick: what a provider can be asked about at once is, and each is counted. Late ones of a batch that is
 * settled come in crowds: it is summed up after the last of them.
 */
final class CheckRunner {

    private final DispatchCheck dispatchCheck;
    private final ErrorBoundary errorBoundary;
    private final Timeouts timeouts;

    CheckRunner(DispatchCheck dispatchCheck, ErrorBoundary errorBoundary, Timeouts timeouts) {
        this.dispatchCheck = dispatchCheck;
        this.errorBoundary = errorBoundary;
        this.timeouts = timeouts;
    }

    /**
     * Has the group asked about when its turn comes, then checks each. Those that there was no time for wait in the rota, with
     * what the provider said of them.
     *
     * @param begun gets those that there was time for
     * @param deadline asked whenever a check is about to begin
     */
    void lineUp(
            FairScheduler fairScheduler,
            List<CheckState> group,
            Set<DispatchId> begun,
            TickProgress work,
            Supplier<Deadline> deadline) {
        group.forEach(work::lineUp);
        fairScheduler.add(
                account(group),
                () -> each(fairScheduler, group, told(group, work, deadline.get()), begun, work, deadline));
    }

    /** Where asking about all of them fails by our fault, one of them may be to blame: then each is asked about by itself. */
    private BulkReportResult told(List<CheckState> group, TickProgress work, Deadline deadline) {
        var told = new AtomicReference<>(BulkReportResult.NOTHING);
        errorBoundary.stage(
                group.size() + " dispatches together", work, () -> told.set(dispatchCheck.ask(group, deadline)));
        return told.get();
    }

    /** @return whether the provider, where it was asked, answered */
    private boolean each(
            FairScheduler fairScheduler,
            List<CheckState> group,
            BulkReportResult bulkReportResult,
            Set<DispatchId> begun,
            TickProgress work,
            Supplier<Deadline> deadline) {
        var until = deadline.get();
        var answered = true;
        for (int i = 0; i < group.size(); i++) {
            if (!until.leaves(timeouts.reserve())) {
                var rest = group.subList(i, group.size());
                fairScheduler.add(
                        account(group), () -> each(fairScheduler, rest, bulkReportResult, begun, work, deadline));
                break;
            }
            var seen = group.get(i);
            begun.add(seen.id());
            answered &= errorBoundary.run(
                    seen, work, () -> counted(dispatchCheck.run(seen, bulkReportResult, work::settled, until), work));
            work.over(seen)
                    .ifPresent(batch ->
                            errorBoundary.stage("totals of " + batch.id(), work, () -> dispatchCheck.sumUp(batch)));
        }
        return answered;
    }

    private static String account(List<CheckState> group) {
        return group.get(0).dispatch().account();
    }

    /** One that nobody is asked about. @return whether the provider, where it was asked, answered */
    boolean of(CheckState seen, TickProgress work, Deadline deadline) {
        return counted(dispatchCheck.run(seen, deadline), work);
    }

    private static boolean counted(DispatchCheck.Outcome outcome, TickProgress work) {
        if (outcome != DispatchCheck.Outcome.NOTHING) {
            work.checked.incrementAndGet();
        }
        return outcome != DispatchCheck.Outcome.AWAY;
    }
}
