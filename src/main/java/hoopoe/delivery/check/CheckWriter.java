package hoopoe.delivery.check;

import hoopoe.batch.Batch;
import hoopoe.batch.Recipient;
import hoopoe.config.Timeouts;
import hoopoe.delivery.CheckState;
import hoopoe.delivery.EffectiveStatus;
import hoopoe.delivery.Usage.CallerUsage;
import hoopoe.delivery.check.DispatchCheck.Outcome;
import hoopoe.delivery.check.StatusEvidence.LiveStatus;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.cancel.BatchCancellation;
import hoopoe.event.PublishedStates;
import hoopoe.event.publish.EventPublisher;
import hoopoe.provider.Deadline;
import hoopoe.store.delivery.CheckRepository;
import hoopoe.store.delivery.CheckRepository.CheckResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Writes the begin and the end of a check: the state that it found, whether all is settled, and when the next is due. Where somebody
 * listens, a dispatch leaves the {@code due} index only when all that it shows was told.
 */
@ApplicationScoped
public class CheckWriter {

    private final CheckRepository checkRepository;
    private final BatchTotalsWriter batchTotalsWriter;
    private final MessageMetrics messageMetrics;
    private final EventPublisher eventPublisher;
    private final FinalCounts finalCounts;
    private final Timeouts timeouts;

    public CheckWriter(
            CheckRepository checkRepository,
            BatchTotalsWriter batchTotalsWriter,
            EventPublisher eventPublisher,
            FinalCounts finalCounts,
            MessageMetrics messageMetrics,
            Timeouts timeouts) {
        this.checkRepository = checkRepository;
        this.batchTotalsWriter = batchTotalsWriter;
        this.eventPublisher = eventPublisher;
        this.finalCounts = finalCounts;
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

    /** Strongly consistent. */
    Optional<CheckState> find(DispatchId id) {
        return checkRepository.find(id);
    }

    /** Whether anybody listens to any caller's events. */
    boolean isListenedTo() {
        return eventPublisher.isListenedTo();
    }

    /** What listeners were told of the dispatch; empty where nobody listens. To be read before what is known. */
    Optional<PublishedStates> told(Batch batch, DispatchId id) {
        return eventPublisher.told(batch, id.n());
    }

    /** The dispatch as it is now; empty where it is another worker's. */
    Optional<CheckState> again(CheckState check) {
        return find(check.id())
                .filter(now -> now.dispatch().checks().fence()
                        == check.dispatch().checks().fence());
    }

    /** Tells what is new of a dispatch that waits for more. What cannot be told now, its next check tells. */
    void tell(PublishedStates told, LiveStatus live, Deadline deadline) {
        eventPublisher.tell(
                told,
                live.status(),
                live.recipients(),
                Map.of(),
                deadline.keeping(timeouts.callMargin()).left());
    }

    /** @param whenSettled gets the batch, if of many dispatches, where the dispatch is not due any more */
    Outcome end(CheckFindings found, Consumer<Batch> whenSettled, Deadline deadline) {
        var now = deadline.clock().instant();
        var check = found.check();
        var plan = found.plan();
        var report = found.report();
        var pollResult = found.pollResult();
        var effectiveStatus = report.shown(now);
        var settled = report.knowsAllEvents()
                && effectiveStatus.isSettled(report.recipients())
                && (pollResult.replies() == null || plan.isOver(now));
        if (settled && !plan.batch().progress().settled().contains(check.id().n())) {
            checkRepository.settle(check.id());
        }
        var untold = found.told()
                .flatMap(told -> tell(
                        told, effectiveStatus, report.recipients(), settled, deadline.keeping(timeouts.callMargin())));
        var leaves = settled && untold.isEmpty();
        batchTotalsWriter.begin(plan.batch(), check.id().n());
        var over = checkRepository.end(
                check,
                new CheckResult(
                        report.state(),
                        plan.dispatch().checks().events(),
                        effectiveStatus.counts(report.recipients()),
                        now,
                        settled ? 0 : pollResult.page(),
                        settled ? null : pollResult.replies(),
                        pollResult.polled(),
                        pollResult.failures(),
                        pollResult.failure(),
                        leaves ? null : due(found, settled, untold, now),
                        settled || check.counted() != null
                                ? new CallerUsage(
                                        plan.batch().caller(),
                                        UsageCalculator.usage(effectiveStatus, report.recipients()))
                                : null));
        if (over && leaves && plan.batch().dispatches() > BatchTotalsWriter.FEW) {
            whenSettled.accept(plan.batch());
        }
        if (over && report.state() != check.dispatch().state()) {
            messageMetrics.submitted(
                    check.dispatch().account(), check.dispatch().size());
        }
        return pollResult.away() ? Outcome.AWAY : Outcome.DONE;
    }

    /** @return when to try again what could not be told; empty where all is told */
    private Optional<Instant> tell(
            PublishedStates told,
            EffectiveStatus status,
            List<Recipient> recipients,
            boolean settled,
            Deadline deadline) {
        var batch = status.batch();
        var id = status.dispatch().id();
        var finishes = settled && finalCounts.isWholeBatchSettled(batch);
        var first = id.n() == 0;
        var isNew = !told.states().containsKey(PublishedStates.BATCH);
        var untold = eventPublisher.tell(
                told,
                status,
                recipients,
                finishes && first && isNew ? finalCounts.of(batch, id, status.counts(recipients)) : Map.of(),
                deadline.left());
        return finishes && !first
                ? earlier(
                        untold,
                        eventPublisher.finish(
                                batch, () -> finalCounts.of(batch, id, status.counts(recipients)), deadline.left()))
                : untold;
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return Stream.concat(one.stream(), other.stream()).min(Comparator.naturalOrder());
    }

    /** @param untold when to try again what could not be told */
    private Instant due(CheckFindings found, boolean settled, Optional<Instant> untold, Instant now) {
        var pollResult = found.pollResult();
        if (settled) {
            return untold.orElse(now);
        }
        var next = due(found.plan(), pollResult.unfinished() || !found.report().knowsAllEvents(), pollResult, now);
        return untold.map(again -> CheckSchedule.earlier(next, again)).orElse(next);
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
