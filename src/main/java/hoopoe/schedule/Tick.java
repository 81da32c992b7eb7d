package hoopoe.schedule;

import hoopoe.config.Timeouts;
import hoopoe.platform.FairScheduler;
import hoopoe.platform.WorkerPools;
import hoopoe.provider.Deadline;
import hoopoe.schedule.TickRounds.DuePass;
import hoopoe.store.DueItemRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;

/**
 * Does the due work of a worker's share, once a minute, round by round until its time is over. In each round first what needs no
 * provider: ended leases, missing dispatches of batches, settling and expiry; then held sends and checks. The first worker
 * empties the inboxes, and reads credit once an hour. A failure is stored with its item and stops nothing else; items that are
 * not reached stay due, or are put off where more is due behind them.
 */
@ApplicationScoped
public class Tick {

    private static final Logger LOG = Logger.getLogger(Tick.class);

    /** Concurrent calls of a worker, of all accounts. */
    static final int CALLS = 16;

    /** After so many calls in a row without an answer the rest of an account's work is left undone. */
    private static final int SILENCES = 3;

    private final DueItemRepository due;
    private final TickRounds tickRounds;
    private final AccountPoller accountPoller;
    private final LateItems lateItems;
    private final ErrorBoundary errorBoundary;
    private final Timeouts timeouts;
    private final WorkerPools workerPools;

    public Tick(
            DueItemRepository due,
            TickRounds tickRounds,
            AccountPoller accountPoller,
            LateItems lateItems,
            ErrorBoundary errorBoundary,
            Timeouts timeouts,
            WorkerPools workerPools) {
        this.due = due;
        this.tickRounds = tickRounds;
        this.accountPoller = accountPoller;
        this.lateItems = lateItems;
        this.errorBoundary = errorBoundary;
        this.timeouts = timeouts;
        this.workerPools = workerPools;
    }

    /** Shares the calls of a tick among several, of which a single one may have all. */
    static FairScheduler scheduler() {
        return scheduler(name -> CALLS);
    }

    /** @param calls how many an account may have at once */
    static FairScheduler scheduler(ToIntFunction<String> calls) {
        return new FairScheduler(calls, SILENCES);
    }

    public TickSummary run(WorkerShare share, Deadline deadline) {
        var begin = deadline.clock().instant();
        var work = new TickProgress();
        var late = lateItems.find();
        var pool = workerPools.of(CALLS);
        try {
            var pass = tickRounds.begin(share, late, work, pool, deadline);
            var lag = lag(share, pass, begin);
            if (share.isFirst()) {
                // An inbox is emptied only with time for a whole call, so checks before it end earlier.
                pass.run(timeouts.session().plus(timeouts.send()));
                errorBoundary.stage("the inboxes", work, () -> accountPoller.inboxes(work, pool, pass.until()));
                pass.goOn();
                errorBoundary.stage("credit", work, () -> accountPoller.credit(work, pool, pass.until()));
            }
            pass.run(Duration.ZERO);
            pass.end();
            if (pass.more()) {
                LOG.warnf("more is due than is read at once: %d dispatches are put off", work.putOff.get());
            }
            errorBoundary.stage("what comes last", work, () -> late.handle(work, pool, deadline));
            return work.summary(lag);
        } finally {
            pool.shutdown();
        }
    }

    /** The first worker tells of all shards: nobody else would of one whose worker does not tick. */
    private Duration lag(WorkerShare share, DuePass pass, Instant begin) {
        var oldest = share.isFirst() && share.of() > 1 ? due.oldest(begin) : pass.oldest();
        return oldest.map(since -> Duration.between(since, begin)).orElse(Duration.ZERO);
    }
}
