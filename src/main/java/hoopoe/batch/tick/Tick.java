package hoopoe.batch.tick;

import hoopoe.account.Credits;
import hoopoe.batch.Timing;
import hoopoe.batch.check.Checks;
import hoopoe.batch.check.Told;
import hoopoe.batch.inbound.Drainer;
import hoopoe.batch.sending.Dispatcher;
import hoopoe.batch.sending.Reaper;
import hoopoe.batch.sending.Round;
import hoopoe.batch.sending.Spread;
import hoopoe.metric.Metrics;
import hoopoe.provider.Deadline;
import hoopoe.store.Checkup;
import hoopoe.store.Checkups;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchState;
import hoopoe.store.DueItem;
import hoopoe.store.DueItems;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Looks after all that is due, once a minute. First what needs no provider: ended leases, unfinished spreads, settling and
 * expiry; then inboxes, held sends, checks, and credit once an hour. What goes wrong with one thing is stored with it and stops
 * nothing else; what is not reached stays due.
 */
@ApplicationScoped
public class Tick {

    private static final Logger LOG = Logger.getLogger(Tick.class);

    /** Calls at once, of all accounts. */
    private static final int CALLS = 16;

    /** About as many as can be checked in a minute at half a second each, and some that need no provider. */
    private static final int MOST = 2000;

    private static final String NOBODY = "";

    private final DueItems due;
    private final Checkups checkups;
    private final Spread spread;
    private final Reaper reaper;
    private final Dispatcher dispatcher;
    private final Drainer drainer;
    private final Round round;
    private final Checks checks;
    private final Credits credits;
    private final Timing timing;
    private final Metrics metrics;
    private final Clock clock;

    public Tick(
            DueItems due,
            Checkups checkups,
            Spread spread,
            Reaper reaper,
            Dispatcher dispatcher,
            Drainer drainer,
            Round round,
            Checks checks,
            Credits credits,
            Timing timing,
            Metrics metrics,
            Clock clock) {
        this.due = due;
        this.checkups = checkups;
        this.spread = spread;
        this.reaper = reaper;
        this.dispatcher = dispatcher;
        this.drainer = drainer;
        this.round = round;
        this.checks = checks;
        this.credits = credits;
        this.timing = timing;
        this.metrics = metrics;
        this.clock = clock;
    }

    public TickSummary run(Deadline deadline) {
        var begin = clock.instant();
        var found = due.upTo(begin, MOST);
        metrics.lag(
                found.isEmpty() ? Duration.ZERO : Duration.between(found.get(0).at(), begin));
        var work = new TickWork();
        var pool = Executors.newFixedThreadPool(CALLS);
        try {
            withoutProvider(found, work, pool, deadline);
            inboxes(work, pool, deadline);
            held(work, deadline);
            check(work, pool, deadline);
            credit(work, pool, deadline);
        } finally {
            pool.shutdown();
        }
        return work.summary(found, begin);
    }

    private void withoutProvider(List<DueItem> found, TickWork work, ExecutorService pool, Deadline deadline) {
        var rota = new Rota();
        found.forEach(item -> rota.add(NOBODY, () -> guarded(item, work, () -> look(item, work, deadline))));
        run(rota, pool, deadline);
    }

    private boolean look(DueItem item, TickWork work, Deadline deadline) {
        if (item.batch().filter(spread::finish).isPresent()) {
            work.spread.incrementAndGet();
        }
        item.dispatch()
                .flatMap(checkups::find)
                .filter(seen -> isDue(seen.dispatch()))
                .ifPresent(seen -> guarded(seen, work, () -> look(seen, work, deadline)));
        return true;
    }

    /** The index may know less than the item. */
    private boolean isDue(Dispatch dispatch) {
        return dispatch.due() != null && !dispatch.due().isAfter(clock.instant());
    }

    private boolean look(Checkup seen, TickWork work, Deadline deadline) {
        var dispatch = seen.dispatch();
        if (dispatch.state() == DispatchState.DISPATCHING) {
            if (reaper.reap(dispatch.id())) {
                work.reaped.incrementAndGet();
            }
        } else if (dispatch.state() == DispatchState.ACCEPTED) {
            if (!dispatcher.ended(dispatch)) {
                work.held.add(dispatch.id());
            }
        } else if (dispatch.reference() == null || dispatch.state().isEndedUnsent()) {
            return check(seen, Told.NOTHING, work, deadline);
        } else {
            work.toCheck.add(seen);
        }
        return true;
    }

    /** All of them together get a part of the time. */
    private void inboxes(TickWork work, ExecutorService pool, Deadline deadline) {
        var asking = deadline.within(timing.inboxes());
        var rota = new Rota();
        drainer.all()
                .forEach(account -> rota.add(
                        account.name(),
                        () -> guarded("inbox of " + account, work, () -> {
                            work.received.addAndGet(drainer.drain(account, asking, deadline));
                            return true;
                        })));
        rota.run(pool, CALLS, () -> asking.leaves(timing.callMargin()) && deadline.leaves(timing.reserve()));
    }

    private void held(TickWork work, Deadline deadline) {
        work.failed.addAndGet(round.send(work.held, deadline).size());
    }

    private void check(TickWork work, ExecutorService pool, Deadline deadline) {
        var rota = new Rota();
        checks.together(work.toCheck)
                .forEach(group -> rota.add(group.get(0).dispatch().account(), () -> check(group, work, deadline)));
        run(rota, pool, deadline);
    }

    /** @return whether the provider, where it was asked, answered */
    private boolean check(List<Checkup> group, TickWork work, Deadline deadline) {
        var told = checks.ask(group, deadline);
        var answered = true;
        for (var seen : group) {
            if (deadline.leaves(timing.reserve())) {
                answered &= guarded(seen, work, () -> check(seen, told, work, deadline));
            }
        }
        return answered;
    }

    /** @return whether the provider, where it was asked, answered */
    private boolean check(Checkup seen, Told told, TickWork work, Deadline deadline) {
        var outcome = checks.run(seen, told, deadline);
        if (outcome != Checks.Outcome.NOTHING) {
            work.checked.incrementAndGet();
        }
        return outcome != Checks.Outcome.AWAY;
    }

    private void credit(TickWork work, ExecutorService pool, Deadline deadline) {
        var rota = new Rota();
        credits.due()
                .forEach(account -> rota.add(
                        account.name(),
                        () -> guarded("credit", work, () -> {
                            credits.refresh(account, deadline);
                            return true;
                        })));
        run(rota, pool, deadline);
    }

    private void run(Rota rota, ExecutorService pool, Deadline deadline) {
        rota.run(pool, CALLS, () -> deadline.leaves(timing.reserve()));
    }

    private interface Piece {
        boolean answered();
    }

    /** What failed by our own fault is looked at again after a pause. */
    private boolean guarded(Checkup seen, TickWork work, Piece piece) {
        return seen.dispatch()
                .trail()
                .follow(() -> guarded(
                        seen.id(),
                        work,
                        piece,
                        () -> checkups.postpone(
                                seen.dispatch(), clock.instant().plus(timing.retry(seen.failures() + 1)), "internal")));
    }

    private boolean guarded(Object what, TickWork work, Piece piece) {
        return guarded(what, work, piece, () -> {});
    }

    private static boolean guarded(Object what, TickWork work, Piece piece, Runnable postpone) {
        try {
            return piece.answered();
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s could not be looked after", what);
            work.failed.incrementAndGet();
        }
        try {
            postpone.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s could not be put off", what);
        }
        return true;
    }
}
