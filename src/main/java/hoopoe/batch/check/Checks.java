package hoopoe.batch.check;

import hoopoe.batch.Counting;
import hoopoe.config.Timeouts;
import hoopoe.batch.erasure.Erasure;
import hoopoe.observability.Metrics;
import hoopoe.provider.Deadline;
import hoopoe.store.Batch;
import hoopoe.store.BatchTotals;
import hoopoe.store.Batches;
import hoopoe.store.Checked;
import hoopoe.store.Checkup;
import hoopoe.store.Checkups;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchState;
import hoopoe.store.Dispatches;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks after dispatches that were sent, or may have been: joins what is known of them, asks for more, and settles them. */
@ApplicationScoped
public class Checks {

    private final Batches batches;
    private final Dispatches dispatches;
    private final Checkups checkups;
    private final Evidence evidence;
    private final Question question;
    private final Erasure erasure;
    private final Summing summing;
    private final Timeouts timeouts;
    private final CheckAges ages;
    private final Counting counting;
    private final Clock clock;

    public Checks(
            Batches batches,
            Dispatches dispatches,
            Checkups checkups,
            Evidence evidence,
            Question question,
            Erasure erasure,
            BatchTotals totals,
            Timeouts timeouts,
            Metrics metrics,
            Clock clock) {
        this.batches = batches;
        this.dispatches = dispatches;
        this.checkups = checkups;
        this.evidence = evidence;
        this.question = question;
        this.erasure = erasure;
        this.summing = new Summing(batches, dispatches, totals);
        this.timeouts = timeouts;
        this.ages = new CheckAges(timeouts.firstCheck());
        this.counting = new Counting(metrics, clock);
        this.clock = clock;
    }

    /** What came of a check. */
    public enum Outcome {
        /** Not due, not to be checked, or somebody else does it. */
        NOTHING,
        DONE,
        /** The provider does not answer. Stored, and due again after a pause. */
        AWAY
    }

    /**
     * Checks one dispatch.
     *
     * @param seen read strongly
     */
    public Outcome run(Checkup seen, Deadline deadline) {
        return run(seen, Told.NOTHING, summing::end, deadline);
    }

    /** Keeps what a batch of many dispatches comes to, where all of it is settled and nothing of it is due. */
    public void sumUp(Batch batch) {
        summing.end(batch);
    }

    /** Which are to be asked about in one call. */
    public List<List<Checkup>> together(Collection<Checkup> checkups) {
        return question.together(checkups);
    }

    /** What the provider says of all of them, to be given to {@link #run(Checkup, Told, Consumer, Deadline)} of each. */
    public Told ask(List<Checkup> together, Deadline deadline) {
        return together.size() < 2
                ? Told.NOTHING
                : question.ask(together.stream().filter(this::mayAsk).toList(), deadline);
    }

    private boolean mayAsk(Checkup checkup) {
        return batches.find(checkup.dispatch().batch()).filter(question::mayAsk).isPresent();
    }

    /**
     * @param told what the provider said already
     * @param settled gets the batch, if of many dispatches, where nothing of the dispatch is due any more: to be summed up once
     *     the others that are due were checked too
     */
    public Outcome run(Checkup seen, Told told, Consumer<Batch> settled, Deadline deadline) {
        var now = clock.instant();
        if (!isDue(seen, now)) {
            return Outcome.NOTHING;
        } else if (question.isImpossible(seen.dispatch())) {
            checkups.postpone(seen.dispatch(), now.plus(timeouts.latched()), "account_misconfigured");
            return Outcome.AWAY;
        }
        var leaseEnd = deadline.at().plus(timeouts.callMargin());
        return batches.find(seen.dispatch().batch())
                .flatMap(batch -> checkups.begin(seen, leaseEnd, now)
                        .flatMap(check -> check(batch, check, told, settled, deadline)))
                .orElse(Outcome.NOTHING);
    }

    private static boolean isDue(Checkup seen, Instant now) {
        var dispatch = seen.dispatch();
        return dispatch.state() != DispatchState.ACCEPTED
                && dispatch.state() != DispatchState.DISPATCHING
                && dispatch.due() != null
                && !dispatch.due().isAfter(now)
                && !seen.isHeld(now);
    }

    /** Its events are read after the dispatch was, so that whoever counts one later is noticed at the end. */
    private Optional<Outcome> check(Batch batch, Checkup check, Told told, Consumer<Batch> settled, Deadline deadline) {
        var dispatch = takenBack(batch, check.dispatch(), deadline);
        var report = evidence.open(batch, dispatch, counting);
        if (!report.joinEvents(() -> deadline.leaves(timeouts.reserve()))) {
            return Optional.empty();
        }
        var plan = new CheckPlan(ages, batch, dispatch);
        var asked = isToBeAsked(plan, check, report)
                ? question.ask(report, check, told, deadline)
                : Optional.of(Asked.nothing(check));
        return asked.map(answer -> end(check, plan, report, answer, settled));
    }

    /** What was marked for it after it had been sent, or while it was. The check itself needs time after that. */
    private Dispatch takenBack(Batch batch, Dispatch dispatch, Deadline deadline) {
        if (!Erasure.isPending(batch, dispatch)) {
            return dispatch;
        }
        erasure.pending(batch, dispatch, deadline.keeping(timeouts.reserve()));
        return dispatches.find(dispatch.id()).orElse(dispatch);
    }

    private boolean isToBeAsked(CheckPlan plan, Checkup check, OpenReport report) {
        var now = clock.instant();
        return plan.isTimeToAsk(check, now)
                && (check.replies() != null || !report.shown(now).isFinal(report.recipients()));
    }

    private Outcome end(Checkup check, CheckPlan plan, OpenReport report, Asked asked, Consumer<Batch> whenSettled) {
        var now = clock.instant();
        var shown = report.shown(now);
        var settled = report.knowsAllEvents()
                && shown.isSettled(report.recipients())
                && (asked.replies() == null || plan.isOver(now));
        if (settled && !plan.batch().settled().contains(check.id().n())) {
            checkups.settle(check.id());
        }
        var state = state(check.dispatch(), report);
        summing.begin(plan.batch(), check.id().n());
        var over = checkups.end(
                check,
                new Checked(
                        state,
                        plan.dispatch().events(),
                        shown.counts(report.recipients()),
                        now,
                        settled ? 0 : asked.page(),
                        settled ? null : asked.replies(),
                        asked.polled(),
                        asked.failures(),
                        asked.failure(),
                        settled ? null : due(plan, asked.unfinished() || !report.knowsAllEvents(), asked, now)));
        if (over && settled && plan.batch().dispatches() > Summing.FEW) {
            whenSettled.accept(plan.batch());
        }
        if (over && state != check.dispatch().state()) {
            counting.submitted(check.dispatch().account(), check.dispatch().size());
        }
        return asked.away() ? Outcome.AWAY : Outcome.DONE;
    }

    /** What was unconfirmed, and is known of: the provider has it. */
    private static DispatchState state(Dispatch dispatch, OpenReport report) {
        return dispatch.state() == DispatchState.UNCONFIRMED && dispatch.reference() != null && report.proves()
                ? DispatchState.SUBMITTED
                : dispatch.state();
    }

    private Instant due(CheckPlan plan, boolean unfinished, Asked asked, Instant now) {
        if (unfinished) {
            return now;
        }
        var next = asked.failure() == null ? plan.next(now) : now.plus(timeouts.retry(asked.failures()));
        return Erasure.isPending(plan.batch(), plan.dispatch())
                ? CheckAges.earlier(next, now.plus(Erasure.AGAIN))
                : next;
    }
}
