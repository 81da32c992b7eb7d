package hoopoe.batch.inbound;

import hoopoe.observability.SafeStackTrace;
import hoopoe.config.Timeouts;
import hoopoe.observability.Metrics;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Deadline;
import hoopoe.provider.InboxResponse;
import hoopoe.provider.Providers;
import hoopoe.provider.Readiness;
import hoopoe.store.Inboxes;
import hoopoe.store.Inboxes.Drain;
import hoopoe.store.OpenQuestion;
import hoopoe.store.RawInbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Empties providers' inboxes, where reading a message takes it away. One at a time an account; what an earlier one left is
 * dealt with first. A death between question and answer loses what the answer held: that is noted, and cannot be prevented.
 */
@ApplicationScoped
public class Drainer {

    /** In one go: a thousand messages, where an answer holds fifty. */
    static final int MOST_CALLS = 20;

    private static final String LOST = "unanswered";
    private static final Duration LAST_WORD = Duration.ofMillis(500);
    private static final Logger LOG = Logger.getLogger(Drainer.class);

    private final Accounts accounts;
    private final Providers providers;
    private final Inboxes inboxes;
    private final Mail mail;
    private final Timeouts timeouts;
    private final Metrics metrics;

    public Drainer(Accounts accounts, Providers providers, Inboxes inboxes, Mail mail, Timeouts timeouts, Metrics metrics) {
        this.accounts = accounts;
        this.providers = providers;
        this.inboxes = inboxes;
        this.mail = mail;
        this.timeouts = timeouts;
        this.metrics = metrics;
    }

    /** The accounts that may have an inbox. */
    public Collection<Account> all() {
        return accounts.all();
    }

    /**
     * Empties one, as far as there is time; nothing where its provider has none.
     *
     * @param asking until when a question may be begun; begun, it has its whole time
     * @param deadline the end of the invocation
     * @return how many messages it brought
     */
    public int drain(Account account, Deadline asking, Deadline deadline) {
        if (!providers.of(account).capabilities(account).has(Feature.INBOX)) {
            return 0;
        }
        return inboxes.begin(account.name(), deadline.at().plus(timeouts.callMargin()))
                .map(drain -> drain(account, drain, asking, deadline))
                .orElse(0);
    }

    private int drain(Account account, Drain drain, Deadline asking, Deadline deadline) {
        var emptied = new Emptied(0, "internal");
        try {
            var left = leftBehind(account, asking, deadline);
            emptied =
                    Mail.UNFINISHED.equals(left.failure()) ? left : left.then(empty(account, drain, asking, deadline));
            readAgain(account, asking);
            return emptied.messages();
        } finally {
            inboxes.end(drain, emptied.failure());
        }
    }

    /** By later ticks: a release may read what an earlier one could not. */
    private void readAgain(Account account, Deadline asking) {
        int again = inboxes.readAgainAfterRelease(account.name(), () -> !asking.isOver());
        if (again > 0) {
            LOG.infof("inbox of account %s: %d answers of another release are read again", account, again);
        }
    }

    /** @param failure what ended it before the inbox was empty; null where it is */
    private record Emptied(int messages, @Nullable String failure) {
        /** The last failure is what it ended with. */
        Emptied then(Emptied next) {
            return new Emptied(messages + next.messages(), next.failure() == null ? failure : next.failure());
        }
    }

    /** What is wrong with one question costs none of those behind it, nor the emptying. */
    private Emptied leftBehind(Account account, Deadline asking, Deadline deadline) {
        var left = new Emptied(0, null);
        for (var question : inboxes.open(account.name())) {
            try {
                left = left.then(leftBehind(account, question, asking, deadline));
            } catch (RuntimeException | VirtualMachineError e) {
                metrics.internal(1);
                LOG.errorf("inbox of account %s: asked at %s: %s", account, question.asked(), SafeStackTrace.of(e));
                left = left.then(new Emptied(0, "internal"));
            }
            if (Mail.UNFINISHED.equals(left.failure())) {
                break;
            }
        }
        return left;
    }

    /** Whoever asked holds the right no more: without an answer there will be none. */
    private Emptied leftBehind(Account account, OpenQuestion question, Deadline asking, Deadline deadline) {
        if (question.raw() == null) {
            lose(question, LOST);
        } else if (question.isDue(deadline.clock().instant())) {
            if (asking.isOver()) {
                return new Emptied(0, Mail.UNFINISHED);
            }
            var taken = take(account, inboxes.tried(question), deadline);
            return new Emptied(taken.messages(), Mail.UNFINISHED.equals(taken.failure()) ? Mail.UNFINISHED : null);
        }
        return new Emptied(0, null);
    }

    private Mail.Taken take(Account account, OpenQuestion question, Deadline deadline) {
        return mail.take(account, question, deadline.keeping(timeouts.callMargin()));
    }

    private Emptied empty(Account account, Drain drain, Deadline asking, Deadline deadline) {
        var readiness = providers.of(account).ready(account, asking.within(timeouts.session()));
        if (!(readiness instanceof Readiness.Ready ready)) {
            return new Emptied(0, code(readiness));
        }
        var emptied = new Emptied(0, Mail.UNFINISHED);
        for (int calls = 0; calls < MOST_CALLS && !asking.isOver() && deadline.leaves(timeouts.send()); calls++) {
            var taken = once(account, drain, ready, deadline);
            emptied = new Emptied(emptied.messages() + taken.messages(), taken.failure());
            if (!taken.more()) {
                return emptied;
            }
        }
        return new Emptied(emptied.messages(), Mail.UNFINISHED);
    }

    private static String code(Readiness readiness) {
        return readiness instanceof Readiness.Blocked blocked ? blocked.code() : ((Readiness.NotYet) readiness).code();
    }

    private Mail.Taken once(Account account, Drain drain, Readiness.Ready ready, Deadline deadline) {
        var question = inboxes.ask(drain);
        var answer = asked(account, ready, deadline);
        if (answer instanceof InboxResponse.RawResponse rawResponse) {
            return kept(account, question, rawResponse, deadline)
                    .map(answered -> take(account, answered, deadline))
                    .orElse(Mail.Taken.failed("unwritten"));
        } else if (answer instanceof InboxResponse.ResponseLost responseLost) {
            lose(question, responseLost.code());
            return Mail.Taken.failed(responseLost.code());
        }
        inboxes.close(question);
        return Mail.Taken.failed(((InboxResponse.NotAsked) answer).code());
    }

    /** An adapter that throws has broken its word, and nobody knows how far it came. */
    private InboxResponse asked(Account account, Readiness.Ready ready, Deadline deadline) {
        try {
            return providers.of(account).drain(account, ready, deadline);
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf("inbox of account %s: the adapter threw %s", account, SafeStackTrace.of(e));
            return new InboxResponse.ResponseLost("internal", "");
        }
    }

    private Optional<OpenQuestion> kept(
            Account account, OpenQuestion question, InboxResponse.RawResponse rawResponse, Deadline deadline) {
        var limit = deadline.left().minus(LAST_WORD);
        var answered = inboxes.answer(
                question,
                new RawInbox(rawResponse.status(), rawResponse.contentType(), rawResponse.body(), rawResponse.version()),
                limit.isNegative() ? Duration.ZERO : limit);
        if (answered.isEmpty()) {
            LOG.errorf(
                    "inbox of account %s: an answer of %d bytes could not be kept, its messages are lost",
                    account, rawResponse.body().length);
        }
        return answered;
    }

    private void lose(OpenQuestion question, String code) {
        LOG.errorf(
                "inbox of account %s: asked at %s and not answered (%s), messages may be lost",
                question.account(), question.asked(), code);
        inboxes.lose(question, code);
    }
}
