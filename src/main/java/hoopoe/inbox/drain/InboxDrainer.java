package hoopoe.inbox.drain;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.config.Timeouts;
import hoopoe.inbox.InboxFetch;
import hoopoe.inbox.RawInboxAnswer;
import hoopoe.observability.Metrics;
import hoopoe.observability.SafeStackTrace;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Deadline;
import hoopoe.provider.InboxResponse;
import hoopoe.provider.Providers;
import hoopoe.provider.Readiness;
import hoopoe.store.inbox.InboxRepository;
import hoopoe.store.inbox.InboxRepository.InboxLease;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Empties providers' inboxes, where reading a message deletes it. One worker at a time empties an account's inbox; it first
 * handles what earlier workers left. A crash between request and answer loses the answer's messages: that is noted, and cannot
 * be prevented.
 */
@ApplicationScoped
public class InboxDrainer {

    /** Calls in one go: a thousand messages, where an answer holds fifty. */
    static final int MOST_CALLS = 20;

    private static final String LOST = "unanswered";
    private static final Duration LAST_WORD = Duration.ofMillis(500);
    private static final Logger LOG = Logger.getLogger(InboxDrainer.class);

    private final Accounts accounts;
    private final Providers providers;
    private final InboxRepository inboxRepository;
    private final InboxImporter inboxImporter;
    private final Timeouts timeouts;
    private final Metrics metrics;

    public InboxDrainer(
            Accounts accounts,
            Providers providers,
            InboxRepository inboxRepository,
            InboxImporter inboxImporter,
            Timeouts timeouts,
            Metrics metrics) {
        this.accounts = accounts;
        this.providers = providers;
        this.inboxRepository = inboxRepository;
        this.inboxImporter = inboxImporter;
        this.timeouts = timeouts;
        this.metrics = metrics;
    }

    /** The accounts that may have an inbox. */
    public Collection<Account> all() {
        return accounts.all();
    }

    /**
     * Empties the inbox of an account, as far as there is time; does nothing where its provider has none.
     *
     * @param asking until when a fetch may be begun; begun, it has its whole time
     * @param deadline the end of the invocation
     * @return how many messages it brought
     */
    public int drain(Account account, Deadline asking, Deadline deadline) {
        if (!providers.of(account).capabilities(account).has(Feature.INBOX)) {
            return 0;
        }
        return inboxRepository
                .begin(account.name(), deadline.at().plus(timeouts.callMargin()))
                .map(inboxLease -> drain(account, inboxLease, asking, deadline))
                .orElse(0);
    }

    private int drain(Account account, InboxLease inboxLease, Deadline asking, Deadline deadline) {
        var drainResult = new DrainResult(0, "internal");
        try {
            var left = leftBehind(account, asking, deadline);
            drainResult = InboxImporter.UNFINISHED.equals(left.failure())
                    ? left
                    : left.then(empty(account, inboxLease, asking, deadline));
            readAgain(account, asking);
            return drainResult.messages();
        } finally {
            inboxRepository.end(inboxLease, drainResult.failure());
        }
    }

    /** Later ticks read them: a release may read what an earlier one could not. */
    private void readAgain(Account account, Deadline asking) {
        int again = inboxRepository.readAgainAfterRelease(account.name(), () -> !asking.isOver());
        if (again > 0) {
            LOG.infof("inbox of account %s: %d answers of another release are read again", account, again);
        }
    }

    /** @param failure why the inbox is not empty; null where it is */
    private record DrainResult(int messages, @Nullable String failure) {
        /** Keeps the last failure. */
        DrainResult then(DrainResult next) {
            return new DrainResult(messages + next.messages(), next.failure() == null ? failure : next.failure());
        }
    }

    /** A failure of one fetch stops neither the fetches behind it nor the emptying. */
    private DrainResult leftBehind(Account account, Deadline asking, Deadline deadline) {
        var left = new DrainResult(0, null);
        for (var question : inboxRepository.open(account.name())) {
            try {
                left = left.then(leftBehind(account, question, asking, deadline));
            } catch (RuntimeException | VirtualMachineError e) {
                metrics.internal(1);
                LOG.errorf("inbox of account %s: asked at %s: %s", account, question.asked(), SafeStackTrace.of(e));
                left = left.then(new DrainResult(0, "internal"));
            }
            if (InboxImporter.UNFINISHED.equals(left.failure())) {
                break;
            }
        }
        return left;
    }

    /** The worker of the fetch no longer holds the lease: a fetch without an answer will never get one. */
    private DrainResult leftBehind(Account account, InboxFetch question, Deadline asking, Deadline deadline) {
        if (question.raw() == null) {
            lose(question, LOST);
        } else if (question.isDue(deadline.clock().instant())) {
            if (asking.isOver()) {
                return new DrainResult(0, InboxImporter.UNFINISHED);
            }
            var importResult = take(account, inboxRepository.tried(question), deadline);
            return new DrainResult(
                    importResult.messages(),
                    InboxImporter.UNFINISHED.equals(importResult.failure()) ? InboxImporter.UNFINISHED : null);
        }
        return new DrainResult(0, null);
    }

    private InboxImporter.ImportResult take(Account account, InboxFetch question, Deadline deadline) {
        return inboxImporter.take(account, question, deadline.keeping(timeouts.callMargin()));
    }

    private DrainResult empty(Account account, InboxLease inboxLease, Deadline asking, Deadline deadline) {
        var readiness = providers.of(account).ready(account, asking.within(timeouts.session()));
        if (!(readiness instanceof Readiness.Ready ready)) {
            return new DrainResult(0, code(readiness));
        }
        var drainResult = new DrainResult(0, InboxImporter.UNFINISHED);
        for (int calls = 0; calls < MOST_CALLS && !asking.isOver() && deadline.leaves(timeouts.send()); calls++) {
            var importResult = once(account, inboxLease, ready, deadline);
            drainResult = new DrainResult(drainResult.messages() + importResult.messages(), importResult.failure());
            if (!importResult.more()) {
                return drainResult;
            }
        }
        return new DrainResult(drainResult.messages(), InboxImporter.UNFINISHED);
    }

    private static String code(Readiness readiness) {
        return readiness instanceof Readiness.Blocked blocked ? blocked.code() : ((Readiness.NotYet) readiness).code();
    }

    private InboxImporter.ImportResult once(
            Account account, InboxLease inboxLease, Readiness.Ready ready, Deadline deadline) {
        var question = inboxRepository.ask(inboxLease);
        var answer = asked(account, ready, deadline);
        if (answer instanceof InboxResponse.RawResponse rawResponse) {
            return kept(account, question, rawResponse, deadline)
                    .map(answered -> take(account, answered, deadline))
                    .orElse(InboxImporter.ImportResult.failed("unwritten"));
        } else if (answer instanceof InboxResponse.ResponseLost responseLost) {
            lose(question, responseLost.code());
            return InboxImporter.ImportResult.failed(responseLost.code());
        }
        inboxRepository.close(question);
        return InboxImporter.ImportResult.failed(((InboxResponse.NotAsked) answer).code());
    }

    /** An adapter must not throw here: it is not known how far its call came. */
    private InboxResponse asked(Account account, Readiness.Ready ready, Deadline deadline) {
        try {
            return providers.of(account).drain(account, ready, deadline);
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf("inbox of account %s: the adapter threw %s", account, SafeStackTrace.of(e));
            return new InboxResponse.ResponseLost("internal", "");
        }
    }

    private Optional<InboxFetch> kept(
            Account account, InboxFetch question, InboxResponse.RawResponse rawResponse, Deadline deadline) {
        var limit = deadline.left().minus(LAST_WORD);
        var answered = inboxRepository.answer(
                question,
                new RawInboxAnswer(
                        rawResponse.status(), rawResponse.contentType(), rawResponse.body(), rawResponse.version()),
                limit.isNegative() ? Duration.ZERO : limit);
        if (answered.isEmpty()) {
            LOG.errorf(
                    "inbox of account %s: an answer of %d bytes could not be kept, its messages are lost",
                    account, rawResponse.body().length);
        }
        return answered;
    }

    private void lose(InboxFetch question, String code) {
        LOG.errorf(
                "inbox of account %s: asked at %s and not answered (%s), messages may be lost",
                question.account(), question.asked(), code);
        inboxRepository.lose(question, code);
    }
}
