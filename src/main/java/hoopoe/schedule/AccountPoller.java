package hoopoe.schedule;

import hoopoe.account.credit.CreditReader;
import hoopoe.config.Timeouts;
import hoopoe.event.publish.AccountEvents;
import hoopoe.event.publish.ReplyEvents;
import hoopoe.inbox.drain.InboxDrainer;
import hoopoe.provider.Deadline;
import hoopoe.store.inbox.ReplyFeed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;

/** Polls the accounts themselves: their inboxes in each tick, and their credit once an hour. Tells what is new of replies and accounts. */
@ApplicationScoped
public class AccountPoller {

    private static final Logger LOG = Logger.getLogger(AccountPoller.class);

    private final InboxDrainer inboxDrainer;
    private final ReplyFeed replyFeed;
    private final ReplyEvents replyEvents;
    private final AccountEvents accountEvents;
    private final CreditReader creditReader;
    private final ErrorBoundary errorBoundary;
    private final Timeouts timeouts;

    public AccountPoller(
            InboxDrainer inboxDrainer,
            ReplyFeed replyFeed,
            ReplyEvents replyEvents,
            AccountEvents accountEvents,
            CreditReader creditReader,
            ErrorBoundary errorBoundary,
            Timeouts timeouts) {
        this.inboxDrainer = inboxDrainer;
        this.replyFeed = replyFeed;
        this.replyEvents = replyEvents;
        this.accountEvents = accountEvents;
        this.creditReader = creditReader;
        this.errorBoundary = errorBoundary;
        this.timeouts = timeouts;
    }

    /**
     * All inboxes together get a part of the time. Then replies become visible that had to wait for it,
     * and are told.
     */
    void inboxes(TickProgress work, ExecutorService pool, Deadline deadline) {
        var asking = deadline.within(timeouts.inboxes());
        var fairScheduler = Tick.scheduler();
        inboxDrainer
                .all()
                .forEach(account -> fairScheduler.add(
                        account.name(),
                        () -> errorBoundary.run("inbox of " + account, work, () -> {
                            work.received.addAndGet(inboxDrainer.drain(account, asking, deadline));
                            return true;
                        })));
        fairScheduler.run(pool, Tick.CALLS, () -> !asking.isOver() && deadline.leaves(timeouts.reserve()));
        errorBoundary.stage("the feed of replies", work, () -> feed(deadline));
        errorBoundary.stage("events of replies", work, () -> replyEvents.tell(deadline.keeping(timeouts.callMargin())));
    }

    private void feed(Deadline deadline) {
        int placed = replyFeed.catchUp(() -> deadline.leaves(timeouts.reserve()));
        if (placed > 0) {
            LOG.infof("%d replies had to wait for a place in the feed", placed);
        }
    }

    void credit(TickProgress work, ExecutorService pool, Deadline deadline) {
        var fairScheduler = Tick.scheduler();
        creditReader
                .all()
                .forEach(account -> fairScheduler.add(
                        account.name(),
                        () -> errorBoundary.run("credit of " + account, work, () -> {
                            if (creditReader.isDue(account)) {
                                creditReader.refresh(account, deadline);
                            }
                            accountEvents.tell(account, deadline.left());
                            return true;
                        })));
        fairScheduler.run(pool, Tick.CALLS, () -> deadline.leaves(timeouts.reserve()));
    }
}
