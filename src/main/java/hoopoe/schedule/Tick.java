package hoopoe.schedule;

import hoopoe.account.credit.CreditReader;
import hoopoe.config.Timeouts;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.send.DispatchRound;
import hoopoe.inbox.drain.InboxDrainer;
import hoopoe.observability.Metrics;
import hoopoe.platform.FairScheduler;
import hoopoe.provider.Deadline;
import hoopoe.store.DueItem;
import hoopoe.store.DueItemRepository;
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
import org.jboss.logging.Logger;

/**
 * Does all due work, once a minute. First what needs no provider: ended leases, missing dispatches of batches, settling and
 * expiry; then held sends, checks, inboxes, and credit once an hour. A failure is stored with its item and stops nothing else;
 * items that are not reached stay due, or are put off where more is due than one tick reads.
 */
@ApplicationScoped
public class Tick {

    private static final Logger LOG = Logger.getLogger(Tick.class);

    /** Concurrent calls, of all accounts. */
    static final int CALLS = 16;

    /** After so many calls in a row without an answer the rest of an account's work is left undone. */
    private static final int SILENCES = 3;

    /** The time that a tick keeps for putting dispatches off, where more is due than it reads. */
    private static final Duration ROOM = Duration.ofSeconds(5);

    private static final String NOBODY = "";

    private final DueItemRepository due;
    private final ErrorBoundary errorBoundary;
    private final CheckRunner checkRunner;
    private final DueItemRouter dueItemRouter;
    private final InboxDrainer inboxDrainer;
    private final DispatchRound dispatchRound;
    private final CreditReader creditReader;
    private final Timeouts timeouts;
    private final Metrics metrics;
    private final Clock clock;

    public Tick(
            DueItemRepository due,
            ErrorBoundary errorBoundary,
            CheckRunner checkRunner,
            DueItemRouter dueItemRouter,
            InboxDrainer inboxDrainer,
            DispatchRound dispatchRound,
            CreditReader creditReader,
            Timeouts timeouts,
            Metrics metrics,
            Clock clock) {
        this.due = due;
        this.errorBoundary = errorBoundary;
        this.checkRunner = checkRunner;
        this.dueItemRouter = dueItemRouter;
        this.inboxDrainer = inboxDrainer;
        this.dispatchRound = dispatchRound;
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
        var work = new TickProgress();
        var pool = Executors.newFixedThreadPool(CALLS);
        try {
            var until = now.more() ? deadline.within(deadline.left().minus(ROOM)) : deadline;
            errorBoundary.stage("what needs no provider", work, () -> withoutProvider(found, work, pool, until));
            errorBoundary.stage("held sends", work, () -> {
                var unsent = held(work, until);
                if (now.more()) {
                    putOff(unsent, deadline, pool);
                }
            });
            var fairScheduler = new FairScheduler(CALLS, SILENCES);
            Set<DispatchId> begun = ConcurrentHashMap.newKeySet();
            // An inbox is emptied only with time for a whole call, so checks before it end earlier.
            var checksUntil =
                    new AtomicReference<>(until.keeping(timeouts.session().plus(timeouts.send())));
            errorBoundary.stage("checks", work, () -> {
                checkRunner.lineUp(fairScheduler, begun, work, checksUntil::get);
                run(fairScheduler, pool, checksUntil.get());
            });
            errorBoundary.stage("the inboxes", work, () -> inboxes(work, pool, until));
            checksUntil.set(until);
            errorBoundary.stage("the rest of the checks", work, () -> {
                run(fairScheduler, pool, until);
                if (now.more()) {
                    putOff(unchecked(begun, work, until), deadline, pool);
                    LOG.warnf("more is due than is read at once: %d dispatches are put off", work.putOff.get());
                }
            });
            errorBoundary.stage("credit", work, () -> credit(work, pool, until));
        } finally {
            pool.shutdown();
        }
        return work.summary(found, begin);
    }

    private void withoutProvider(List<DueItem> found, TickProgress work, ExecutorService pool, Deadline deadline) {
        var fairScheduler = new FairScheduler(CALLS, SILENCES);
        found.forEach(item -> fairScheduler.add(NOBODY, () -> dueItemRouter.look(item, work, deadline)));
        run(fairScheduler, pool, deadline);
    }

    /** All inboxes together get a part of the time. */
    private void inboxes(TickProgress work, ExecutorService pool, Deadline deadline) {
        var asking = deadline.within(timeouts.inboxes());
        var fairScheduler = new FairScheduler(CALLS, SILENCES);
        inboxDrainer
                .all()
                .forEach(account -> fairScheduler.add(
                        account.name(),
                        () -> errorBoundary.run("inbox of " + account, work, () -> {
                            work.received.addAndGet(inboxDrainer.drain(account, asking, deadline));
                            return true;
                        })));
        fairScheduler.run(pool, CALLS, () -> !asking.isOver() && deadline.leaves(timeouts.reserve()));
    }

    /** @return the dispatches that were not reached */
    private DeferredDispatches held(TickProgress work, Deadline deadline) {
        var unprocessedDispatches = dispatchRound.sendSeen(
                work.held.stream().map(TickProgress.Held::dispatch).toList(), deadline);
        work.failed.addAndGet(unprocessedDispatches.failed().size());
        var left = leftovers(work, deadline.leaves(timeouts.send()));
        work.held.stream()
                .filter(held -> unprocessedDispatches.has(held.dispatch().id()))
                .forEach(held -> left.add(held.dispatch(), held.until()));
        return left;
    }

    /** The dispatches whose check was not begun. */
    private DeferredDispatches unchecked(Set<DispatchId> begun, TickProgress work, Deadline deadline) {
        var left = leftovers(work, deadline.leaves(timeouts.reserve()));
        work.toCheck.stream()
                .filter(seen -> !begun.contains(seen.id()))
                .forEach(seen -> left.add(seen.dispatch(), Instant.MAX));
        return left;
    }

    /** @param silent whether there was time enough, so that a silent account is the cause */
    private DeferredDispatches leftovers(TickProgress work, boolean silent) {
        return new DeferredDispatches(due, clock, silent ? timeouts::silent : timeouts::behind, work);
    }

    private void putOff(DeferredDispatches left, Deadline deadline, ExecutorService pool) {
        left.putOff(pool, CALLS, deadline, timeouts.callMargin());
    }

    private void credit(TickProgress work, ExecutorService pool, Deadline deadline) {
        var fairScheduler = new FairScheduler(CALLS, SILENCES);
        creditReader
                .all()
                .forEach(account -> fairScheduler.add(
                        account.name(),
                        () -> errorBoundary.run("credit of " + account, work, () -> {
                            if (creditReader.isDue(account)) {
                                creditReader.refresh(account, deadline);
                            }
                            return true;
                        })));
        run(fairScheduler, pool, deadline);
    }

    private void run(FairScheduler fairScheduler, ExecutorService pool, Deadline deadline) {
        fairScheduler.run(pool, CALLS, () -> deadline.leaves(timeouts.reserve()));
    }
}
