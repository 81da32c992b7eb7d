package hoopoe.schedule;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.config.AccountOption;
import hoopoe.config.Timeouts;
import hoopoe.dispatch.send.DispatchRound;
import hoopoe.platform.FairScheduler;
import hoopoe.provider.Deadline;
import hoopoe.schedule.LateItems.FoundItems;
import hoopoe.store.DueItemRepository;
import hoopoe.store.DueItemRepository.DueItem;
import hoopoe.store.DueItemRepository.DuePages;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is due round by round, until all is read or time is over, and works each round off: what needs no provider, held
 * sends, checks. No more than a round is in memory. Dispatches that a round did not reach stay due; where more is due behind
 * them they are put off, else the next tick would read them first again, and nothing else for as long as an account is silent.
 */
@ApplicationScoped
public class TickRounds {

    /** The time that is kept for putting dispatches off, where more is due. */
    private static final Duration ROOM = Duration.ofSeconds(5);

    private static final String NOBODY = "";

    private final DueItemRepository due;
    private final DueItemRouter dueItemRouter;
    private final CheckRunner checkRunner;
    private final DispatchRound dispatchRound;
    private final Accounts accounts;
    private final ErrorBoundary errorBoundary;
    private final Timeouts timeouts;

    public TickRounds(
            DueItemRepository due,
            DueItemRouter dueItemRouter,
            CheckRunner checkRunner,
            DispatchRound dispatchRound,
            Accounts accounts,
            ErrorBoundary errorBoundary,
            Timeouts timeouts) {
        this.due = due;
        this.dueItemRouter = dueItemRouter;
        this.checkRunner = checkRunner;
        this.dispatchRound = dispatchRound;
        this.accounts = accounts;
        this.errorBoundary = errorBoundary;
        this.timeouts = timeouts;
    }

    /**
     * Reads the first round.
     *
     * @param late gets the items that are left to the end of the tick
     */
    DuePass begin(WorkerShare share, FoundItems late, TickProgress work, ExecutorService pool, Deadline deadline) {
        var pages = due.upTo(deadline.clock().instant(), share::has);
        var first = pages.next();
        var pass = new DuePass(pages, share, late, work, pool, deadline);
        pass.begin(first);
        return pass;
    }

    /** How many calls of all workers may go to an account at once. */
    private int callsAtOnce(String account) {
        return accounts.find(account)
                .filter(one -> one.objection().isEmpty())
                .map(TickRounds::callsAtOnce)
                .orElse(Tick.CALLS);
    }

    private static int callsAtOnce(Account account) {
        return account.option(AccountOption.CALLS_AT_ONCE, Tick.CALLS);
    }

    /** One tick's way through what is due. Who is silent in one round is so in the next ones. */
    final class DuePass {

        private final DuePages pages;
        private final FoundItems late;
        private final TickProgress work;
        private final ExecutorService pool;
        private final Deadline deadline;
        private final FairScheduler sends;
        private final FairScheduler checks;
        private final AtomicReference<Deadline> checksUntil;
        private Optional<Instant> oldest = Optional.empty();
        private @Nullable TickRound round;

        private DuePass(
                DuePages pages,
                WorkerShare share,
                FoundItems late,
                TickProgress work,
                ExecutorService pool,
                Deadline deadline) {
            this.pages = pages;
            this.late = late;
            this.work = work;
            this.pool = pool;
            this.deadline = deadline;
            this.sends = DispatchRound.scheduler(account -> share.part(callsAtOnce(account)));
            this.checks = Tick.scheduler(account -> share.part(callsAtOnce(account)));
            this.checksUntil = new AtomicReference<>(deadline);
        }

        /** Since when the oldest item is due. */
        Optional<Instant> oldest() {
            return oldest;
        }

        /**
         * Works off round after round. What there is no time for waits for the next call.
         *
         * @param kept the time that checks leave for something else
         */
        void run(Duration kept) {
            while (round != null) {
                check(round, kept);
                if (!pages.more() || !until().keeping(kept).leaves(timeouts.reserve())) {
                    return;
                }
                end();
                errorBoundary.stage("more of what is due", work, () -> begin(pages.next()));
            }
        }

        /** Checks go on in the round under way. */
        void goOn() {
            if (round != null) {
                check(round, Duration.ZERO);
            }
        }

        /** Leaves undone what the round under way did not reach. */
        void end() {
            var last = round;
            if (last != null && pages.more()) {
                errorBoundary.stage("putting off", work, () -> putOff(unchecked(last)));
            }
            checks.abandon();
            round = null;
        }

        /** Whether some of what is due was not read. */
        boolean more() {
            return pages.more();
        }

        /** When sends and checks end: earlier where something comes after them. */
        Deadline until() {
            return deadline.keeping(pages.more() ? ROOM : Duration.ZERO)
                    .keeping(late.isEmpty() ? Duration.ZERO : LateItems.SHARE);
        }

        private void begin(List<DueItem> items) {
            var next = new TickRound(work);
            round = next;
            oldest = oldest.or(() -> items.stream().findFirst().map(DueItem::at));
            work.due.addAndGet(items.size());
            late.add(items);
            errorBoundary.stage("what needs no provider", work, () -> withoutProvider(items, next));
            errorBoundary.stage("held sends", work, () -> {
                var unsent = send(next);
                if (pages.more()) {
                    putOff(unsent);
                }
            });
            errorBoundary.stage("checks", work, () -> checkRunner.lineUp(checks, next, checksUntil::get));
        }

        private void withoutProvider(List<DueItem> items, TickRound next) {
            var until = until();
            var fairScheduler = Tick.scheduler();
            items.forEach(item -> fairScheduler.add(NOBODY, () -> dueItemRouter.look(item, next, until)));
            run(fairScheduler, until);
            work.held.addAndGet(next.held.size());
        }

        private void check(TickRound now, Duration kept) {
            checksUntil.set(until().keeping(kept));
            errorBoundary.stage("checks", now.work, () -> run(checks, checksUntil.get()));
        }

        private void run(FairScheduler fairScheduler, Deadline until) {
            fairScheduler.run(pool, Tick.CALLS, () -> until.leaves(timeouts.reserve()));
        }

        /** @return the dispatches that were not reached */
        private DeferredDispatches send(TickRound now) {
            var until = until();
            var unprocessedDispatches = dispatchRound.sendSeen(
                    now.held.stream().map(TickRound.Held::dispatch).toList(), until, sends);
            work.failed.addAndGet(unprocessedDispatches.failed().size());
            var left = leftovers(until.leaves(timeouts.send()));
            now.held.stream()
                    .filter(held -> unprocessedDispatches.has(held.dispatch().id()))
                    .forEach(held -> left.add(held.dispatch(), held.until()));
            return left;
        }

        /** The dispatches whose check was not begun. */
        private DeferredDispatches unchecked(TickRound now) {
            var left = leftovers(until().leaves(timeouts.reserve()));
            now.toCheck.stream()
                    .filter(seen -> !now.begun.contains(seen.id()))
                    .forEach(seen -> left.add(seen.dispatch(), Instant.MAX));
            return left;
        }

        /** @param silent whether there was time enough, so that a silent account is the cause */
        private DeferredDispatches leftovers(boolean silent) {
            return new DeferredDispatches(due, deadline.clock(), silent ? timeouts::silent : timeouts::behind, work);
        }

        private void putOff(DeferredDispatches left) {
            left.putOff(pool, Tick.CALLS, deadline, timeouts.callMargin());
        }
    }
}
