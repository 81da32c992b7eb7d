package hoopoe.delivery.check;

import hoopoe.batch.Batch;
import hoopoe.config.Timeouts;
import hoopoe.delivery.CheckState;
import hoopoe.delivery.check.BulkReportPoller.BulkReportResult;
import hoopoe.delivery.check.CheckSchedule.CheckIntervals;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.cancel.BatchCancellation;
import hoopoe.provider.Deadline;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.batch.BatchTotalsRepository;
import hoopoe.store.delivery.CheckRepository;
import hoopoe.store.delivery.CheckRepository.CheckResult;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks dispatches that were sent, or may have been: merges what is known of them, polls for more, and settles them. */
@ApplicationScoped
public class DispatchCheck {

    private final BatchRepository batchRepository;
    private final DispatchRepository dispatchRepository;
    private final CheckRepository checkRepository;
    private final StatusEvidence statusEvidence;
    private final ReportPoller reportPoller;
    private final BatchCancellation batchCancellation;
    private final BatchTotalsWriter batchTotalsWriter;
    private final Timeouts timeouts;
    private final CheckIntervals ages;
    private final MessageMetrics messageMetrics;
    private final Clock clock;

    public DispatchCheck(
            BatchRepository batchRepository,
            DispatchRepository dispatchRepository,
            CheckRepository checkRepository,
            StatusEvidence statusEvidence,
            ReportPoller reportPoller,
            BatchCancellation batchCancellation,
            BatchTotalsRepository totals,
            Timeouts timeouts,
            MessageMetrics messageMetrics,
            Clock clock) {
        this.batchRepository = batchRepository;
        this.dispatchRepository = dispatchRepository;
        this.checkRepository = checkRepository;
        this.statusEvidence = statusEvidence;
        this.reportPoller = reportPoller;
        this.batchCancellation = batchCancellation;
        this.batchTotalsWriter = new BatchTotalsWriter(batchRepository, dispatchRepository, totals);
        this.timeouts = timeouts;
        this.ages = new CheckIntervals(timeouts.firstCheck());
        this.messageMetrics = messageMetrics;
        this.clock = clock;
    }

    /** The outcome of a check. */
    public enum Outcome {
        /** Not due, not to be checked, or another worker checks it. */
        NOTHING,
        DONE,
        /** The provider does not answer. This is stored, and the dispatch is due again after a pause. */
        AWAY
    }

    /**
     * Checks one dispatch.
     *
     * @param seen read strongly
     */
    public Outcome run(CheckState seen, Deadline deadline) {
        return run(seen, BulkReportResult.NOTHING, batchTotalsWriter::end, deadline);
    }

    /** Writes the totals of a batch of many dispatches, where all are settled and none is due. */
    public void sumUp(Batch batch) {
        batchTotalsWriter.end(batch);
    }

    /**
     * @param bulkReportResult what the provider reported already
     * @param settled gets the batch, if of many dispatches, where the dispatch is not due any more: its totals are written
     *     once the others that are due were checked too
     */
    public Outcome run(CheckState seen, BulkReportResult bulkReportResult, Consumer<Batch> settled, Deadline deadline) {
        var now = clock.instant();
        if (!isDue(seen, now)) {
            return Outcome.NOTHING;
        } else if (reportPoller.isImpossible(seen.dispatch())) {
            checkRepository.postpone(seen.dispatch(), now.plus(timeouts.latched()), "account_misconfigured");
            return Outcome.AWAY;
        }
        var leaseEnd = deadline.at().plus(timeouts.callMargin());
        return batchRepository
                .find(seen.dispatch().id().batch())
                .flatMap(batch -> checkRepository
                        .begin(seen, leaseEnd, now)
                        .flatMap(check -> check(batch, check, bulkReportResult, settled, deadline)))
                .orElse(Outcome.NOTHING);
    }

    private static boolean isDue(CheckState seen, Instant now) {
        var dispatch = seen.dispatch();
        return dispatch.state() != DispatchState.ACCEPTED
                && dispatch.state() != DispatchState.DISPATCHING
                && dispatch.due() != null
                && !dispatch.due().isAfter(now)
                && !seen.isHeld(now);
    }

    /** Callbacks are read after the dispatch, so that one that is counted later is noticed at the end. */
    private Optional<Outcome> check(
            Batch batch,
            CheckState check,
            BulkReportResult bulkReportResult,
            Consumer<Batch> settled,
            Deadline deadline) {
        var dispatch = takenBack(batch, check.dispatch(), deadline);
        var report = statusEvidence.open(batch, dispatch, messageMetrics);
        if (!report.joinEvents(() -> deadline.leaves(timeouts.reserve()))) {
            return Optional.empty();
        }
        var plan = new CheckSchedule(ages, batch, dispatch);
        var asked = isToBeAsked(plan, check, report)
                ? reportPoller.ask(report, check, bulkReportResult, deadline)
                : Optional.of(PollResult.nothing(check));
        return asked.map(answer -> end(check, plan, report, answer, settled));
    }

    /** Cancels at the provider a dispatch that was marked during its send or later. The check itself needs time after that. */
    private Dispatch takenBack(Batch batch, Dispatch dispatch, Deadline deadline) {
        if (!BatchCancellation.isPending(batch, dispatch)) {
            return dispatch;
        }
        batchCancellation.pending(batch, dispatch, deadline.keeping(timeouts.reserve()));
        return dispatchRepository.find(dispatch.id()).orElse(dispatch);
    }

    private boolean isToBeAsked(CheckSchedule plan, CheckState check, ReportBuilder report) {
        var now = clock.instant();
        return plan.isTimeToAsk(check, now)
                && (check.replies() != null || !report.shown(now).isFinal(report.recipients()));
    }

    private Outcome end(
            CheckState check,
            CheckSchedule plan,
            ReportBuilder report,
            PollResult pollResult,
            Consumer<Batch> whenSettled) {
        var now = clock.instant();
        var effectiveStatus = report.shown(now);
        var settled = report.knowsAllEvents()
                && effectiveStatus.isSettled(report.recipients())
                && (pollResult.replies() == null || plan.isOver(now));
        if (settled && !plan.batch().progress().settled().contains(check.id().n())) {
            checkRepository.settle(check.id());
        }
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
                        settled
                                ? null
                                : due(plan, pollResult.unfinished() || !report.knowsAllEvents(), pollResult, now)));
        if (over && settled && plan.batch().dispatches() > BatchTotalsWriter.FEW) {
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
