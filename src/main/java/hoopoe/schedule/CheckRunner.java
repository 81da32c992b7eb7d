package hoopoe.schedule;

import hoopoe.config.Timeouts;
import hoopoe.delivery.CheckState;
import hoopoe.delivery.check.BatchTotalsWriter;
import hoopoe.delivery.check.BulkReportPoller;
import hoopoe.delivery.check.BulkReportPoller.BulkReportResult;
import hoopoe.delivery.check.DispatchCheck;
import hoopoe.platform.FairScheduler;
import hoopoe.provider.Deadline;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Runs the checks of one round of a tick, grouped by what one call can poll for, and counts each. Late checks of a settled batch come in
 * crowds: its totals are written after the last of them.
 */
@ApplicationScoped
public class CheckRunner {

    private final DispatchCheck dispatchCheck;
    private final BulkReportPoller bulkReportPoller;
    private final BatchTotalsWriter batchTotalsWriter;
    private final ErrorBoundary errorBoundary;
    private final Timeouts timeouts;

    public CheckRunner(
            DispatchCheck dispatchCheck,
            BulkReportPoller bulkReportPoller,
            BatchTotalsWriter batchTotalsWriter,
            ErrorBoundary errorBoundary,
            Timeouts timeouts) {
        this.dispatchCheck = dispatchCheck;
        this.bulkReportPoller = bulkReportPoller;
        this.batchTotalsWriter = batchTotalsWriter;
        this.errorBoundary = errorBoundary;
        this.timeouts = timeouts;
    }

    /**
     * Polls for each group when its turn comes, then checks each dispatch. Those without time left wait in the scheduler, with
     * the provider's answer.
     *
     * @param deadline read whenever a check is about to begin
     */
    void lineUp(FairScheduler fairScheduler, TickRound round, Supplier<Deadline> deadline) {
        bulkReportPoller.together(round.toCheck).forEach(group -> lineUp(fairScheduler, group, round, deadline));
    }

    private void lineUp(
            FairScheduler fairScheduler, List<CheckState> group, TickRound round, Supplier<Deadline> deadline) {
        group.forEach(round::lineUp);
        fairScheduler.add(
                account(group),
                () -> each(fairScheduler, group, told(group, round.work, deadline.get()), round, deadline));
    }

    /** Where polling for all of them fails by our fault, one dispatch may be the cause: then each is polled for alone. */
    private BulkReportResult told(List<CheckState> group, TickProgress work, Deadline deadline) {
        var told = new AtomicReference<>(BulkReportResult.NOTHING);
        errorBoundary.stage(
                group.size() + " dispatches together", work, () -> told.set(bulkReportPoller.ask(group, deadline)));
        return told.get();
    }

    /** @return whether the provider, where it was polled, answered */
    private boolean each(
            FairScheduler fairScheduler,
            List<CheckState> group,
            BulkReportResult bulkReportResult,
            TickRound round,
            Supplier<Deadline> deadline) {
        var work = round.work;
        var until = deadline.get();
        var answered = true;
        for (int i = 0; i < group.size(); i++) {
            if (!until.leaves(timeouts.reserve())) {
                var rest = group.subList(i, group.size());
                fairScheduler.add(account(group), () -> each(fairScheduler, rest, bulkReportResult, round, deadline));
                break;
            }
            var seen = group.get(i);
            round.begun.add(seen.id());
            answered &= errorBoundary.run(
                    seen, work, () -> counted(dispatchCheck.run(seen, bulkReportResult, round::settled, until), work));
            round.over(seen)
                    .ifPresent(batch ->
                            errorBoundary.stage("totals of " + batch.id(), work, () -> batchTotalsWriter.end(batch)));
        }
        return answered;
    }

    private static String account(List<CheckState> group) {
        return group.get(0).dispatch().account();
    }

    /** A check that polls no provider. @return whether the provider, where it was polled, answered */
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
