package hoopoe.schedule;

import hoopoe.config.Timeouts;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.send.DispatchRound;
import hoopoe.platform.FairScheduler;
import hoopoe.provider.Deadline;
import hoopoe.store.DueItemRepository;
import hoopoe.store.DueItemRepository.DueItem;
import jakarta.enterprise.context.ApplicationScoped;
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
    private final DueItemRouter dueItemRouter;
    private final CheckRunner checkRunner;
    private final DispatchRound dispatchRound;
    private final AccountPoller accountPoller;
    private final ErrorBoundary errorBoundary;
    private final Timeouts timeouts;

    public Tick(
            DueItemRepository due,
            DueItemRouter dueItemRouter,
            CheckRunner checkRunner,
            DispatchRound dispatchRound,
            AccountPoller accountPoller,
            ErrorBoundary errorBoundary,
            Timeouts timeouts) {
        this.due = due;
        this.dueItemRouter = dueItemRouter;
        this.checkRunner = checkRunner;
        this.dispatchRound = dispatchRound;
        this.accountPoller = accountPoller;
        this.errorBoundary = errorBoundary;
        this.timeouts = timeouts;
    }

    /** Shares the calls of a tick among accounts, of which a single one may have all. */
    static FairScheduler scheduler() {
        return new FairScheduler(CALLS, SILENCES);
    }

    public TickSummary run(Deadline deadline) {
        var begin = deadline.clock().instant();
        var now = due.upTo(begin);
        var found = now.items();
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
            var fairScheduler = scheduler();
            Set<DispatchId> begun = ConcurrentHashMap.newKeySet();
            // An inbox is emptied only with time for a whole call, so checks before it end earlier.
            var checksUntil =
                    new AtomicReference<>(until.keeping(timeouts.session().plus(timeouts.send())));
            errorBoundary.stage("checks", work, () -> {
                checkRunner.lineUp(fairScheduler, begun, work, checksUntil::get);
                run(fairScheduler, pool, checksUntil.get());
            });
            errorBoundary.stage("the inboxes", work, () -> accountPoller.inboxes(work, pool, until));
            checksUntil.set(until);
            errorBoundary.stage("the rest of the checks", work, () -> {
                run(fairScheduler, pool, until);
                if (now.more()) {
                    putOff(unchecked(begun, work, until), deadline, pool);
                    LOG.warnf("more is due than is read at once: %d dispatches are put off", work.putOff.get());
                }
            });
            errorBoundary.stage("credit", work, () -> accountPoller.credit(work, pool, until));
        } finally {
            pool.shutdown();
        }
        return work.summary(found, begin);
    }

    private void withoutProvider(List<DueItem> found, TickProgress work, ExecutorService pool, Deadline deadline) {
        var fairScheduler = scheduler();
        found.forEach(item -> fairScheduler.add(NOBODY, () -> dueItemRouter.look(item, work, deadline)));
        run(fairScheduler, pool, deadline);
    }

    /** @return the dispatches that were not reached */
    private DeferredDispatches held(TickProgress work, Deadline deadline) {
        var unprocessedDispatches = dispatchRound.sendSeen(
                work.held.stream().map(TickProgress.Held::dispatch).toList(), deadline);
        work.failed.addAndGet(unprocessedDispatches.failed().size());
        var left = leftovers(work, deadline, deadline.leaves(timeouts.send()));
        work.held.stream()
                .filter(held -> unprocessedDispatches.has(held.dispatch().id()))
                .forEach(held -> left.add(held.dispatch(), held.until()));
        return left;
    }

    /** The dispatches whose check was not begun. */
    private DeferredDispatches unchecked(Set<DispatchId> begun, TickProgress work, Deadline deadline) {
        var left = leftovers(work, deadline, deadline.leaves(timeouts.reserve()));
        work.toCheck.stream()
                .filter(seen -> !begun.contains(seen.id()))
                .forEach(seen -> left.add(seen.dispatch(), Instant.MAX));
        return left;
    }

    /** @param silent whether there was time enough, so that a silent account is the cause */
    private DeferredDispatches leftovers(TickProgress work, Deadline deadline, boolean silent) {
        return new DeferredDispatches(due, deadline.clock(), silent ? timeouts::silent : timeouts::behind, work);
    }

    private void putOff(DeferredDispatches left, Deadline deadline, ExecutorService pool) {
        left.putOff(pool, CALLS, deadline, timeouts.callMargin());
    }

    private void run(FairScheduler fairScheduler, ExecutorService pool, Deadline deadline) {
        fairScheduler.run(pool, CALLS, () -> deadline.leaves(timeouts.reserve()));
    }
}
