package hoopoe.batch.inbound;

import hoopoe.Trace;
import hoopoe.metric.Metric;
import hoopoe.metric.Metrics;
import hoopoe.provider.Account;
import hoopoe.provider.Deadline;
import hoopoe.provider.InboxAnswer;
import hoopoe.provider.InboxRead;
import hoopoe.provider.Providers;
import hoopoe.store.Inboxes;
import hoopoe.store.NewReply;
import hoopoe.store.OpenQuestion;
import hoopoe.store.RawInbox;
import hoopoe.store.Replies;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes the messages out of what an inbox answered with, each once, however often the same answer is read. */
@ApplicationScoped
public class Mail {

    /** So many messages of an answer are kept in one go: no other account waits for the rest. */
    static final int MOST = 500;

    static final String UNFINISHED = "unfinished";

    private static final String GIVEN_UP = "failed for a day";

    /** So many messages of an answer that could not be kept are the end of one try. */
    private static final int FAILURES = 3;

    private static final Logger LOG = Logger.getLogger(Mail.class);

    private final Providers providers;
    private final Inboxes inboxes;
    private final Replies replies;
    private final Metrics metrics;

    public Mail(Providers providers, Inboxes inboxes, Replies replies, Metrics metrics) {
        this.providers = providers;
        this.inboxes = inboxes;
        this.replies = replies;
        this.metrics = metrics;
    }

    /**
     * What an answer brought.
     *
     * @param more whether there may be others behind it
     * @param failure null where it could be read
     */
    record Taken(int messages, boolean more, @Nullable String failure) {
        static Taken failed(String code) {
            return new Taken(0, false, code);
        }
    }

    /**
     * Keeps what an answer brought, as far as there is time; the rest is kept by later ticks.
     *
     * @param question with its answer, and this try counted: whoever dies over it has counted too
     * @param deadline when to have stopped
     */
    Taken take(Account account, OpenQuestion question, Deadline deadline) {
        if (question.isGivenUp(deadline.clock().instant())) {
            putAside(question, GIVEN_UP);
            return Taken.failed(GIVEN_UP);
        }
        return taken(account, question, read(account, Objects.requireNonNull(question.raw())), deadline);
    }

    private Taken taken(Account account, OpenQuestion question, InboxRead read, Deadline deadline) {
        if (read instanceof InboxRead.Messages messages) {
            return kept(account, question, messages, deadline);
        } else if (read instanceof InboxRead.Refused refused) {
            LOG.warnf("inbox of account %s: refused with %s", account, refused.code());
            inboxes.close(question);
            return Taken.failed(refused.code());
        }
        var reason = ((InboxRead.Unreadable) read).reason();
        putAside(question, reason);
        return Taken.failed(reason);
    }

    private Taken kept(Account account, OpenQuestion question, InboxRead.Messages read, Deadline deadline) {
        var all = read.messages();
        var from = Math.min(question.kept(), all.size());
        var messages = keep(account, all.subList(from, Math.min(all.size(), from + MOST)), deadline);
        if (from + messages < all.size()) {
            inboxes.kept(question, from + messages);
            return new Taken(messages, false, UNFINISHED);
        }
        inboxes.close(question);
        return new Taken(messages, read.more(), null);
    }

    /**
     * One that cannot be kept takes none of the others with it; after some the table itself is to blame.
     *
     * @return how many there was time for
     */
    private int keep(Account account, List<InboxRead.Received> messages, Deadline deadline) {
        var failures = new ArrayList<RuntimeException>();
        int kept = 0;
        for (var received : messages) {
            if (deadline.isOver()) {
                break;
            }
            kept++;
            try {
                replies.keep(reply(account, received));
            } catch (RuntimeException | VirtualMachineError e) {
                failures.add(new IllegalStateException("a message could not be kept", e));
                if (failures.size() == FAILURES) {
                    break;
                }
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return kept;
    }

    /** An adapter that throws would throw again: what it cannot read is kept for people. */
    private InboxRead read(Account account, RawInbox raw) {
        var body = raw.body();
        if (body == null) {
            return new InboxRead.Unreadable("a part of it is missing");
        }
        try {
            return providers
                    .of(account)
                    .read(account, new InboxAnswer.Raw(raw.status(), raw.contentType(), body, raw.version()));
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf("inbox of account %s: the adapter threw %s", account, Trace.of(e));
            return new InboxRead.Unreadable("threw " + e.getClass().getName());
        }
    }

    private void putAside(OpenQuestion question, String reason) {
        LOG.errorf("inbox of account %s: an answer is kept aside: %s", question.account(), reason);
        inboxes.putAside(question, reason);
        metrics.count(Metric.INBOX_ASIDE, question.account(), 1);
    }

    private static NewReply reply(Account account, InboxRead.Received received) {
        return new NewReply(
                account.name(),
                null,
                received.from(),
                received.at(),
                received.text(),
                "inbox\0" + received.identity(),
                null,
                received.to(),
                null,
                null,
                true);
    }
}
