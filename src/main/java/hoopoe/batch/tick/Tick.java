package hoopoe.batch.tick;

import hoopoe.account.credit.CreditReader;
import hoopoe.config.Timeouts;
import hoopoe.batch.check.Checks;
import hoopoe.batch.inbound.Drainer;
import hoopoe.batch.sending.Dispatcher;
import hoopoe.batch.sending.Reaper;
import hoopoe.batch.sending.Round;
import hoopoe.batch.sending.Spread;
import hoopoe.observability.Metrics;
import hoopoe.provider.Deadline;
import hoopoe.store.Checkups;
import hoopoe.store.DispatchId;
import hoopoe.store.DueItem;
import hoopoe.store.DueItems;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Looks after all that is due, once a minute. First what needs no provider: ended leases, unfinished spreads, settling and
 * expiry; then held sends, checks, inboxes, and credit once an hour. What goes wrong with one thing is stored with it and stops
 * nothing else; what is not reached stays due, or is put off where more is due than one tick reads.
 */
@ApplicationScoped
public class Tick {

    private static final Logger LOG = Logger.getLogger(Tick.class);

    /** Calls at once, of all accounts. */
    private static final int CALLS = 16;

    /** What a tick that has read all it can keeps, to put off what it leaves alone. */
    private static final Duration ROOM = Duration.ofSeconds(5);

    private static final String NOBODY = "";

    private final DueItems due;
    private final Guard guard;
    private final Inspection inspection;
    private final Triage triage;
    private final Drainer drainer;
    private final Round round;
    private final Checks checks;
    private final CreditReader creditReader;
    private final Timeouts timeouts;
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
            CreditReader creditReader,
            Timeouts timeouts,
            Metrics metrics,
            Clock clock) {
        this.due = due;
        this.guard = new Guard(checkups, timeouts, clock);
        this.inspection = new Inspection(checks, guard, timeouts);
        this.triage = new Triage(checkups, spread, reaper, dispatcher, inspection, guard, clock);
        this.drainer = drainer;
        this.round = round;
        this.checks = checks;
        this.creditReader = creditReader;
        this.timeouts = timeouts;
        this.metrics = metrics;
        this.clock = clock;
    }

    public TickSummary run(Deadline deadline) {
        var begin = clock.instant();
        var now = due.upTo(begin);
        var found = now.items();
        metrics.lag(
                found.isEmpty() ? Duration.ZERO : Duration.between(found.get(0).at(), begin));
        var work = new TickWork();
        var pool = Executors.newFixedThreadPool(CALLS);
        try {
            var until = now.more() ? deadline.within(deadline.left().minus(ROOM)) : deadline;
            guard.stage("what needs no provider", work, () -> withoutProvider(found, work, pool, until));
            guard.stage("held sends", work, () -> {
                var unsent = held(work, until);
                if (now.more()) {
                    putOff(unsent, deadline, pool);
                }
            });
            var rota = new Rota();
            Set<DispatchId> begun = ConcurrentHashMap.newKeySet();
            // The emptying of an inbox is begun only with a whole call's time: checks before it are over by then.
            var checksUntil =
                    new AtomicReference<>(until.keeping(timeouts.session().plus(timeouts.send())));
            guard.stage("checks", work, () -> {
                lineUp(rota, begun, work, checksUntil::get);
                run(rota, pool, checksUntil.get());
            });
            guard.stage("the inboxes", work, () -> inboxes(work, pool, until));
            checksUntil.set(until);
            guard.stage("the rest of the checks", work, () -> {
                run(rota, pool, until);
                if (now.more()) {
                    putOff(unchecked(begun, work, until), deadline, pool);
                    LOG.warnf("more is due than is read at once: %d dispatches are put off", work.putOff.get());
                }
            });
            guard.stage("credit", work, () -> credit(work, pool, until));
        } finally {
            pool.shutdown();
        }
        return work.summary(found, begin);
    }

    private void withoutProvider(List<DueItem> found, TickWork work, ExecutorService pool, Deadline deadline) {
        var rota = new Rota();
        found.forEach(item -> rota.add(NOBODY, () -> triage.look(item, work, deadline)));
        run(rota, pool, deadline);
    }

    /** All of them together get a part of the time. */
    private void inboxes(TickWork work, ExecutorService pool, Deadline deadline) {
        var asking = deadline.within(timeouts.inboxes());
        var rota = new Rota();
        drainer.all()
                .forEach(account -> rota.add(
                        account.name(),
                        () -> guard.run("inbox of " + account, work, () -> {
                            work.received.addAndGet(drainer.drain(account, asking, deadline));
                            return true;
                        })));
        rota.run(pool, CALLS, () -> !asking.isOver() && deadline.leaves(timeouts.reserve()));
    }

    /** @return what was left alone */
    private Leftovers held(TickWork work, Deadline deadline) {
        var rest =
                round.sendSeen(work.held.stream().map(TickWork.Held::dispatch).toList(), deadline);
        work.failed.addAndGet(rest.failed().size());
        var left = leftovers(work, deadline.leaves(timeouts.send()));
        work.held.stream()
                .filter(held -> rest.has(held.dispatch().id()))
                .forEach(held -> left.add(held.dispatch(), held.until()));
        return left;
    }

    /** @param deadline asked whenever a check is about to begin */
    private void lineUp(Rota rota, Set<DispatchId> begun, TickWork work, Supplier<Deadline> deadline) {
        checks.together(work.toCheck).forEach(group -> inspection.lineUp(rota, group, begun, work, deadline));
    }

    /** What was left alone. */
    private Leftovers unchecked(Set<DispatchId> begun, TickWork work, Deadline deadline) {
        var left = leftovers(work, deadline.leaves(timeouts.reserve()));
        work.toCheck.stream()
                .filter(seen -> !begun.contains(seen.id()))
                .forEach(seen -> left.add(seen.dispatch(), Instant.MAX));
        return left;
    }

    /** @param silent whether time was not what was lacking */
    private Leftovers leftovers(TickWork work, boolean silent) {
        return new Leftovers(due, clock, silent ? timeouts::silent : timeouts::behind, work);
    }

    private void putOff(Leftovers left, Deadline deadline, ExecutorService pool) {
        left.putOff(pool, CALLS, deadline, timeouts.callMargin());
    }

    private void credit(TickWork work, ExecutorService pool, Deadline deadline) {
        var rota = new Rota();
        creditReader.all()
                .forEach(account -> rota.add(
                        account.name(),
                        () -> guard.run("credit of " + account, work, () -> {
                            if (creditReader.isDue(account)) {
                                creditReader.refresh(account, deadline);
                            }
                            return true;
                        })));
        run(rota, pool, deadline);
    }

    private void run(Rota rota, ExecutorService pool, Deadline deadline) {
        rota.run(pool, CALLS, () -> deadline.leaves(timeouts.reserve()));
    }
}
