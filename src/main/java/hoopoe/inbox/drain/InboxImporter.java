package hoopoe.inbox.drain;

import hoopoe.account.Account;
import hoopoe.inbox.InboundSms;
import hoopoe.inbox.InboxFetch;
import hoopoe.inbox.NewReply;
import hoopoe.inbox.RawInboxAnswer;
import hoopoe.observability.Metric;
import hoopoe.observability.Metrics;
import hoopoe.observability.SafeStackTrace;
import hoopoe.provider.Deadline;
import hoopoe.provider.InboxContent;
import hoopoe.provider.InboxResponse;
import hoopoe.provider.Providers;
import hoopoe.store.inbox.InboxRepository;
import hoopoe.store.inbox.ReplyRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Imports the messages of an inbox's answer, each once, however often the same answer is read. */
@ApplicationScoped
public class InboxImporter {

    /** How many messages of an answer are stored in one go, so that no other account waits for the rest. */
    static final int MOST = 500;

    static final String UNFINISHED = "unfinished";

    private static final String GIVEN_UP = "failed for a day";

    /** So many failed messages end one import of an answer; with {@link #MOST} of them no new messages are begun. */
    static final int FAILURES = 3;

    private static final Logger LOG = Logger.getLogger(InboxImporter.class);

    private final Providers providers;
    private final InboxRepository inboxRepository;
    private final ReplyRepository replyRepository;
    private final Metrics metrics;

    public InboxImporter(
            Providers providers, InboxRepository inboxRepository, ReplyRepository replyRepository, Metrics metrics) {
        this.providers = providers;
        this.inboxRepository = inboxRepository;
        this.replyRepository = replyRepository;
        this.metrics = metrics;
    }

    /**
     * The result of an import.
     *
     * @param more whether the inbox may hold more messages
     * @param failure null where the answer could be read
     */
    record ImportResult(
            int messages, boolean more, @Nullable String failure) {
        static ImportResult failed(String code) {
            return new ImportResult(0, false, code);
        }
    }

    /**
     * Stores the messages of an answer, as far as there is time; later ticks store the rest.
     *
     * @param question with its answer, and this try counted, so that a crash counts too
     * @param deadline when to have stopped
     */
    ImportResult take(Account account, InboxFetch question, Deadline deadline) {
        if (question.isGivenUp(deadline.clock().instant())) {
            putAside(question, GIVEN_UP);
            return ImportResult.failed(GIVEN_UP);
        }
        return taken(account, question, read(account, Objects.requireNonNull(question.raw())), deadline);
    }

    private ImportResult taken(Account account, InboxFetch question, InboxContent read, Deadline deadline) {
        if (read instanceof InboxContent.Messages messages) {
            return kept(account, question, messages, deadline);
        } else if (read instanceof InboxContent.InboxRefused inboxRefused) {
            LOG.warnf("inbox of account %s: refused with %s", account, inboxRefused.code());
            inboxRepository.close(question);
            return ImportResult.failed(inboxRefused.code());
        }
        var reason = ((InboxContent.UnreadableInbox) read).reason();
        putAside(question, reason);
        return ImportResult.failed(reason);
    }

    /** A message that cannot be stored does not stop the others: it is noted, and tried again behind them. */
    private ImportResult kept(Account account, InboxFetch question, InboxContent.Messages read, Deadline deadline) {
        var all = read.messages();
        int from = Math.min(question.kept(), all.size());
        var failed = new TreeSet<>(question.failed());
        failed.removeIf(place -> place >= from);
        boolean goesOn = from < all.size() && failed.size() < MOST;
        var places = goesOn ? range(from, Math.min(all.size(), from + MOST)) : rotated(failed, question.tries());
        var tried = keep(account, all, places, deadline);
        failed.removeAll(tried.kept());
        failed.addAll(tried.failures().keySet());
        int until = goesOn ? from + tried.count() : from;
        if (until == all.size() && failed.isEmpty()) {
            inboxRepository.close(question);
            return new ImportResult(tried.count(), read.more(), null);
        }
        inboxRepository.kept(question, until, failed, !tried.kept().isEmpty());
        if (!tried.failures().isEmpty()) {
            throw tried.failures().get(tried.failures().firstKey());
        }
        return new ImportResult(tried.count(), false, UNFINISHED);
    }

    private static List<Integer> range(int from, int until) {
        return IntStream.range(from, until).boxed().toList();
    }

    /** Begins with other messages each time, because some of them may fail for ever. */
    private static List<Integer> rotated(Collection<Integer> failed, int tries) {
        var rotated = new ArrayList<>(failed);
        Collections.rotate(rotated, FAILURES * tries);
        return rotated;
    }

    /** @param failures of the messages that could not be stored, by their places */
    private record Tried(List<Integer> kept, SortedMap<Integer, RuntimeException> failures) {
        int count() {
            return kept.size() + failures.size();
        }
    }

    /** Stores as many as there is time for; after some failures the table itself is the cause. */
    private Tried keep(
            Account account, List<InboxContent.ReceivedMessage> all, List<Integer> places, Deadline deadline) {
        var tried = new Tried(new ArrayList<>(), new TreeMap<>());
        for (int place : places) {
            if (tried.failures().size() == FAILURES || deadline.isOver()) {
                break;
            }
            try {
                replyRepository.keep(reply(account, all.get(place)));
                tried.kept().add(place);
            } catch (RuntimeException | VirtualMachineError e) {
                tried.failures().put(place, new IllegalStateException("a message could not be kept", e));
            }
        }
        return tried;
    }

    /** An adapter that throws would throw again, so such an answer is kept for operators. */
    private InboxContent read(Account account, RawInboxAnswer raw) {
        var body = raw.body();
        if (body == null) {
            return new InboxContent.UnreadableInbox("a part of it is missing");
        }
        try {
            return providers
                    .of(account)
                    .read(account, new InboxResponse.RawResponse(raw.status(), raw.contentType(), body, raw.version()));
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf("inbox of account %s: the adapter threw %s", account, SafeStackTrace.of(e));
            return new InboxContent.UnreadableInbox("threw " + e.getClass().getName());
        }
    }

    private void putAside(InboxFetch question, String reason) {
        LOG.errorf("inbox of account %s: an answer is kept aside: %s", question.account(), reason);
        inboxRepository.putAside(question, reason);
        metrics.count(Metric.INBOX_ASIDE, question.account(), 1);
    }

    private static NewReply reply(Account account, InboxContent.ReceivedMessage receivedMessage) {
        return new NewReply(
                new InboundSms(
                        account.name(),
                        receivedMessage.from(),
                        receivedMessage.to(),
                        receivedMessage.at(),
                        receivedMessage.text(),
                        null,
                        null),
                "inbox\0" + receivedMessage.identity(),
                null,
                null,
                true);
    }
}
