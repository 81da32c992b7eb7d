package hoopoe.delivery.check;

import hoopoe.batch.Batch;
import hoopoe.config.Timeouts;
import hoopoe.delivery.CheckState;
import hoopoe.delivery.check.BulkReportPoller.BulkReportResult;
import hoopoe.delivery.check.CheckSchedule.CheckIntervals;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.cancel.BatchCancellation;
import hoopoe.provider.Deadline;
import hoopoe.store.batch.BatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks dispatches that were sent, or may have been: merges what is known of them, polls for more, and settles them. */
@ApplicationScoped
public class DispatchCheck {

    private final BatchRepository batchRepository;
    private final StatusEvidence statusEvidence;
    private final ReportPoller reportPoller;
    private final BatchCancellation batchCancellation;
    private final CheckWriter checkWriter;
    private final Timeouts timeouts;
    private final MessageMetrics messageMetrics;
    private final CheckIntervals ages;

    public DispatchCheck(
            BatchRepository batchRepository,
            StatusEvidence statusEvidence,
            ReportPoller reportPoller,
            BatchCancellation batchCancellation,
            CheckWriter checkWriter,
            Timeouts timeouts,
            MessageMetrics messageMetrics) {
        this.batchRepository = batchRepository;
        this.statusEvidence = statusEvidence;
        this.reportPoller = reportPoller;
        this.batchCancellation = batchCancellation;
        this.checkWriter = checkWriter;
        this.timeouts = timeouts;
        this.messageMetrics = messageMetrics;
        this.ages = new CheckIntervals(timeouts.firstCheck());
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
        return run(seen, BulkReportResult.NOTHING, checkWriter::sumUp, deadline);
    }

    /**
     * @param bulkReportResult what the provider reported already
     * @param settled gets the batch, if of many dispatches, where the dispatch is not due any more: its totals are written
     *     once the others that are due were checked too
     */
    public Outcome run(CheckState seen, BulkReportResult bulkReportResult, Consumer<Batch> settled, Deadline deadline) {
        var now = deadline.clock().instant();
        if (!isDue(seen, now)) {
            return Outcome.NOTHING;
        } else if (reportPoller.isImpossible(seen.dispatch())) {
            checkWriter.postpone(seen, now);
            return Outcome.AWAY;
        }
        var leaseEnd = deadline.at().plus(timeouts.callMargin());
        return batchRepository
                .find(seen.dispatch().id().batch())
                .flatMap(batch -> checkWriter
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
        // The check itself needs time after a cancellation.
        var dispatch = batchCancellation.takenBack(batch, check.dispatch(), deadline.keeping(timeouts.reserve()));
        var report = statusEvidence.open(batch, dispatch, messageMetrics);
        if (!report.joinEvents(() -> deadline.leaves(timeouts.reserve()))) {
            return Optional.empty();
        }
        var plan = new CheckSchedule(ages, batch, dispatch);
        var asked = isToBeAsked(plan, check, report, deadline.clock().instant())
                ? reportPoller.ask(report, check, bulkReportResult, deadline)
                : Optional.of(PollResult.nothing(check));
        return asked.map(answer -> checkWriter.end(
                check, plan, report, answer, settled, deadline.clock().instant()));
    }

    private boolean isToBeAsked(CheckSchedule plan, CheckState check, ReportBuilder report, Instant now) {
        return plan.isTimeToAsk(check, now)
                && (check.replies() != null || !report.shown(now).isFinal(report.recipients()));
    }
}
