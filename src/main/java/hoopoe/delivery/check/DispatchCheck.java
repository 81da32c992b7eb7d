package hoopoe.delivery.check;

import hoopoe.batch.Batch;
import hoopoe.config.Timeouts;
import hoopoe.delivery.CheckState;
import hoopoe.delivery.check.BulkReportPoller.BulkReportResult;
import hoopoe.delivery.check.CheckSchedule.CheckIntervals;
import hoopoe.delivery.check.StatusEvidence.LiveStatus;
import hoopoe.delivery.check.StatusEvidence.StoredEvidence;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.cancel.BatchCancellation;
import hoopoe.event.PublishedStates;
import hoopoe.message.MessageState;
import hoopoe.provider.Deadline;
import hoopoe.store.batch.BatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
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
        /** The provider does not answer, or cannot be called. This is stored, and the dispatch is due again after a pause. */
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
        return batchRepository
                .find(seen.dispatch().id().batch())
                .flatMap(batch -> checkWriter
                        .begin(seen, leaseEnd(deadline), now)
                        .flatMap(check -> check(batch, check, bulkReportResult, settled, deadline)))
                .orElse(Outcome.NOTHING);
    }

    private static boolean isDue(CheckState seen, Instant now) {
        var due = seen.dispatch().due();
        return isChecked(seen, now) && due != null && !due.isAfter(now);
    }

    private static boolean isChecked(CheckState seen, Instant now) {
        var dispatch = seen.dispatch();
        return dispatch.state() != DispatchState.ACCEPTED
                && dispatch.state() != DispatchState.DISPATCHING
                && dispatch.due() != null
                && !seen.isHeld(now);
    }

    /**
     * Looks at a dispatch that has changed, before it is due: what callbacks complete is settled, and what is new is told. No
     * provider is called.
     *
     * @param settled as above
     */
    public void join(DispatchId id, Consumer<Batch> settled, Deadline deadline) {
        var listened = checkWriter.isListenedTo();
        checkWriter
                .find(id)
                .filter(seen -> isChecked(seen, deadline.clock().instant()) && (listened || mayBeComplete(seen)))
                .ifPresent(seen ->
                        batchRepository.find(id.batch()).ifPresent(batch -> join(batch, seen, settled, deadline)));
    }

    /** Whether each message can have its final state: of an earlier check, or by one of the callbacks that were counted. */
    private static boolean mayBeComplete(CheckState seen) {
        var dispatch = seen.dispatch();
        var finals = dispatch.checks().counts().entrySet().stream()
                .filter(counted -> MessageState.of(counted.getKey()).isFinal())
                .mapToInt(Map.Entry::getValue)
                .sum();
        return dispatch.state().isEndedUnsent() || finals + dispatch.checks().events() >= dispatch.size();
    }

    /** What was told is read first: {@link CheckWriter#told}. What is read here, the check that settles the dispatch merges. */
    private void join(Batch batch, CheckState found, Consumer<Batch> settled, Deadline deadline) {
        var told = checkWriter.told(batch, found.id());
        var now = deadline.clock().instant();
        var current = told.isPresent()
                ? checkWriter.find(found.id()).filter(seen -> isChecked(seen, now))
                : Optional.of(found).filter(DispatchCheck::mayBeComplete);
        current.ifPresent(seen -> {
            var stored = statusEvidence.read(seen.dispatch());
            var live = statusEvidence.live(batch, seen.dispatch(), stored, now);
            var complete = seen.replies() == null
                    && !BatchCancellation.isPending(batch, seen.dispatch())
                    && live.status().isSettled(live.recipients())
                    && !isLeftToTheTick(batch, seen, live, now);
            if (complete) {
                checkWriter.begin(seen, leaseEnd(deadline), now).ifPresent(check -> {
                    var plan = new CheckSchedule(ages, batch, check.dispatch());
                    merged(plan, stored, deadline)
                            .map(report -> new CheckFindings(check, told, plan, report, PollResult.nothing(check)))
                            .ifPresent(findings -> checkWriter.end(findings, settled, deadline));
                });
            } else {
                told.ifPresent(states -> checkWriter.tell(states, live, deadline));
            }
        });
    }

    /**
     * Whether the last check settled it, and it waits only to be told: a sink is down, or another worker is telling. A check would
     * write, the stream would say so, and each look would make the next one.
     */
    private static boolean isLeftToTheTick(Batch batch, CheckState seen, LiveStatus live, Instant now) {
        var dispatch = seen.dispatch();
        var due = dispatch.due();
        return batch.progress().settled().contains(seen.id().n())
                && due != null
                && due.isAfter(now)
                && dispatch.checks().counts().equals(live.status().counts(live.recipients()));
    }

    private Instant leaseEnd(Deadline deadline) {
        return deadline.at().plus(timeouts.callMargin());
    }

    /** Callbacks are read after the dispatch, so that one that is counted later is noticed at the end. */
    private Optional<Outcome> check(
            Batch batch,
            CheckState begun,
            BulkReportResult bulkReportResult,
            Consumer<Batch> settled,
            Deadline deadline) {
        var told = checkWriter.told(batch, begun.id());
        return current(begun, told).flatMap(check -> {
            // The check itself needs time after a cancellation.
            var dispatch = batchCancellation.takenBack(batch, check.dispatch(), deadline.keeping(timeouts.reserve()));
            var plan = new CheckSchedule(ages, batch, dispatch);
            return merged(plan, statusEvidence.read(dispatch), deadline)
                    .flatMap(report -> (isToBeAsked(
                                            plan,
                                            check,
                                            report,
                                            deadline.clock().instant())
                                    ? reportPoller.ask(report, check, bulkReportResult, deadline)
                                    : Optional.of(PollResult.nothing(check)))
                            .map(answer -> new CheckFindings(check, told, plan, report, answer)))
                    .map(found -> checkWriter.end(found, settled, deadline));
        });
    }

    /** What is known without the provider; empty where another writer changed the report meanwhile. */
    private Optional<ReportBuilder> merged(CheckSchedule plan, StoredEvidence stored, Deadline deadline) {
        var report = statusEvidence.open(plan.batch(), plan.dispatch(), stored, messageMetrics);
        return Optional.of(report).filter(builder -> builder.joinEvents(() -> deadline.leaves(timeouts.reserve())));
    }

    /** Where somebody listens, the dispatch is read again after what was told: an older view would tell what is over. */
    private Optional<CheckState> current(CheckState begun, Optional<PublishedStates> told) {
        return told.isPresent() ? checkWriter.again(begun) : Optional.of(begun);
    }

    private boolean isToBeAsked(CheckSchedule plan, CheckState check, ReportBuilder report, Instant now) {
        return plan.isTimeToAsk(check, now)
                && (check.replies() != null || !report.shown(now).isFinal(report.recipients()));
    }
}
