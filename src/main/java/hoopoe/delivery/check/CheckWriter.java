package hoopoe.delivery.check;

import hoopoe.batch.Batch;
import hoopoe.config.Timeouts;
import hoopoe.delivery.CheckState;
import hoopoe.delivery.check.DispatchCheck.Outcome;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.cancel.BatchCancellation;
import hoopoe.store.delivery.CheckRepository;
import hoopoe.store.delivery.CheckRepository.CheckResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes the begin and the end of a check: the state that it found, whether all is settled, and when the next is due. */
@ApplicationScoped
public class CheckWriter {

    private final CheckRepository checkRepository;
    private final BatchTotalsWriter batchTotalsWriter;
    private final MessageMetrics messageMetrics;
    private final Timeouts timeouts;

    public CheckWriter(
            CheckRepository checkRepository,
            BatchTotalsWriter batchTotalsWriter,
            MessageMetrics messageMetrics,
            Timeouts timeouts) {
        this.checkRepository = checkRepository;
        this.batchTotalsWriter = batchTotalsWriter;
        this.messageMetrics = messageMetrics;
        this.timeouts = timeouts;
    }

    /** @return empty where another worker checks it, or it changed since it was read */
    Optional<CheckState> begin(CheckState seen, Instant leaseEnd, Instant now) {
        return checkRepository.begin(seen, leaseEnd, now);
    }

    /** Nothing can be polled for until the account's settings are changed. */
    void postpone(CheckState seen, Instant now) {
        checkRepository.postpone(seen.dispatch(), now.plus(timeouts.blocked()), "account_misconfigured");
    }

    /** Writes the totals of a batch of many dispatches, where all are settled and none is due. */
    void sumUp(Batch batch) {
        batchTotalsWriter.end(batch);
    }

    /** @param whenSettled gets the batch, if of many dispatches, where the dispatch is not due any more */
    Outcome end(
            CheckState check,
            CheckSchedule plan,
            ReportBuilder report,
            PollResult pollResult,
            Consumer<Batch> whenSettled,
            Instant now) {
        var effectiveStatus = report.shown(now);
        var settled = report.knowsAllEvents()
                && effectiveStatus.isSettled(report.recipients())
                && (pollResult.replies() == null || plan.isOver(now));
        if (settled && !plan.batch().progress().settled().contains(check.id().n())) {
            checkRepository.settle(check.id());
        }
        var leaves = settled && report.isSealed();
        var state = state(check.dispatch(), report);
        batchTotalsWriter.begin(plan.batch(), check.id().n());
        var over = checkRepository.end(
                check,
                new CheckResult(
                        state,
                        plan.dispatch().checks().events(),
                        effectiveStatus.counts(report.recipients()),
                        now,
                        settled ? 0 : pollResult.page(),
                        settled ? null : pollResult.replies(),
                        pollResult.polled(),
                        pollResult.failures(),
                        pollResult.failure(),
                        leaves
                                ? null
                                : due(
                                        plan,
                                        settled || pollResult.unfinished() || !report.knowsAllEvents(),
                                        pollResult,
                                        now)));
        if (over && leaves && plan.batch().dispatches() > BatchTotalsWriter.FEW) {
            whenSettled.accept(plan.batch());
        }
        if (over && state != check.dispatch().state()) {
            messageMetrics.submitted(
                    check.dispatch().account(), check.dispatch().size());
        }
        return pollResult.away() ? Outcome.AWAY : Outcome.DONE;
    }

    /** An unconfirmed dispatch is submitted where its report proves that the provider has it. */
    private static DispatchState state(Dispatch dispatch, ReportBuilder report) {
        return dispatch.state() == DispatchState.UNCONFIRMED
                        && dispatch.submission().reference() != null
                        && report.proves()
                ? DispatchState.SUBMITTED
                : dispatch.state();
    }

    private Instant due(CheckSchedule plan, boolean unfinished, PollResult pollResult, Instant now) {
        if (unfinished) {
            return now;
        }
        var next = pollResult.failure() == null ? plan.next(now) : now.plus(timeouts.retry(pollResult.failures()));
        return BatchCancellation.isPending(plan.batch(), plan.dispatch())
                ? CheckSchedule.earlier(next, now.plus(BatchCancellation.AGAIN))
                : next;
    }
}
