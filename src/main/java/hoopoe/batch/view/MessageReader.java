package hoopoe.batch.view;

import hoopoe.batch.Batch;
import hoopoe.batch.MessageRange;
import hoopoe.batch.Recipient;
import hoopoe.delivery.EffectiveStatus;
import hoopoe.delivery.check.StatusEvidence;
import hoopoe.dispatch.Dispatch;
import hoopoe.message.MessageState;
import hoopoe.store.batch.RecipientRepository;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the messages of a batch as the API shows them, in the order of their numbers. */
@ApplicationScoped
public class MessageReader {

    /** So many dispatches of a page are read with callbacks that are not merged yet. */
    private static final int LIVE = 3;

    /** So many dispatches are read for one page, however few messages of them it shows. */
    private static final int MOST_READ = 100;

    private final DispatchRepository dispatchRepository;
    private final RecipientRepository recipientRepository;
    private final StatusEvidence statusEvidence;
    private final Clock clock;

    public MessageReader(
            DispatchRepository dispatchRepository,
            RecipientRepository recipientRepository,
            StatusEvidence statusEvidence,
            Clock clock) {
        this.dispatchRepository = dispatchRepository;
        this.recipientRepository = recipientRepository;
        this.statusEvidence = statusEvidence;
        this.clock = clock;
    }

    /** A message of a dispatch, before its state is computed. */
    private record MessageRow(EffectiveStatus shown, Recipient recipient) {
        int n() {
            return recipient.n();
        }
    }

    /** @param next message number at which the next page begins; null at the end. A short page may not be the last */
    public record MessagePage(
            List<MessageView> messages, @Nullable Integer next) {}

    /**
     * Which messages of a batch a caller wants to see.
     *
     * @param state null for all
     * @param reference null for all
     * @param content whether the caller may see texts
     * @param from the lowest number that may be on the page; numbers have gaps where recipients were refused
     */
    public record MessageQuery(
            @Nullable MessageState state, @Nullable String reference, boolean content, int from, int limit) {

        boolean filters() {
            return state != null || reference != null;
        }

        boolean wants(MessageRow messageRow) {
            return messageRow.n() >= from
                    && (reference == null
                            || reference.equals(messageRow.recipient().reference()))
                    && (state == null || messageRow.shown().of(messageRow.recipient()) == state);
        }
    }

    /** Reads a page, which ends early where many dispatches have few messages that are wanted. */
    public MessagePage page(Batch batch, MessageQuery query) {
        var there = dispatchRepository.of(batch).stream()
                .collect(Collectors.toMap(dispatch -> dispatch.id().n(), Function.identity()));
        var left = overlapping(batch, query.from());
        var rows = new ArrayList<MessageRow>();
        int i = 0;
        while (i < left.size() && !ends(query, i, rows, batch.ranges().get(left.get(i)))) {
            rows(batch, left.get(i), there.get(left.get(i)), i < LIVE)
                    .filter(query::wants)
                    .forEach(rows::add);
            i++;
        }
        var next = i < left.size() ? batch.ranges().get(left.get(i)).first() : null;
        rows.removeIf(messageRow -> next != null && messageRow.n() >= next);
        rows.sort(Comparator.comparingInt(MessageRow::n));
        var contents = new HashMap<String, MessageContent>(); // because most batches have one text
        var page = rows.stream()
                .limit(query.limit())
                .map(messageRow -> MessageView.of(
                        messageRow.shown(),
                        messageRow.recipient(),
                        content(batch, messageRow.recipient(), query.content(), contents),
                        true))
                .toList();
        return new MessagePage(
                page,
                rows.size() > query.limit()
                        ? Integer.valueOf(rows.get(query.limit()).n())
                        : next);
    }

    /** The message of that number. @param content whether the caller may see its text */
    public Optional<MessageView> find(Batch batch, int number, boolean content) {
        return IntStream.range(0, batch.dispatches())
                .filter(n -> batch.ranges().get(n).first() <= number
                        && batch.ranges().get(n).last() >= number)
                .boxed()
                .flatMap(n ->
                        rows(batch, n, dispatchRepository.find(batch.id(), n).orElse(null), true))
                .filter(messageRow -> messageRow.n() == number)
                .findFirst()
                .map(messageRow -> MessageView.of(
                        messageRow.shown(),
                        messageRow.recipient(),
                        MessageContent.of(batch, messageRow.recipient(), content),
                        false));
    }

    private static MessageContent content(
            Batch batch, Recipient recipient, boolean shown, Map<String, MessageContent> known) {
        return recipient.erased() == null
                ? known.computeIfAbsent(
                        MessageContent.textOf(batch, recipient), text -> MessageContent.of(batch, text, shown))
                : MessageContent.of(batch, recipient, shown);
    }

    /** @param there null where it does not exist yet: then it is shown as it will be created */
    private Stream<MessageRow> rows(Batch batch, int n, @Nullable Dispatch there, boolean live) {
        var to = recipientRepository.of(batch.id(), n);
        var dispatch = there == null
                ? Dispatch.waiting(batch, n, to.size(), batch.lifetime().created())
                : there;
        var deliveryReport = live ? statusEvidence.live(dispatch, to) : statusEvidence.written(dispatch);
        var effectiveStatus = new EffectiveStatus(batch, dispatch, deliveryReport, clock.instant());
        return to.stream().map(recipient -> new MessageRow(effectiveStatus, recipient));
    }

    /** Ranges overlap: a repeated phone number with another text is in a later dispatch. */
    private static List<Integer> overlapping(Batch batch, int from) {
        return IntStream.range(0, batch.dispatches())
                .filter(n -> batch.ranges().get(n).last() >= from)
                .boxed()
                .sorted(Comparator.comparingInt(n -> batch.ranges().get(n).first()))
                .toList();
    }

    /**
     * Whether the page ends before the next dispatch: more rows than it holds are known and no remaining dispatch has a lower
     * number, or enough was read for it and the next page will begin further on.
     */
    private static boolean ends(MessageQuery query, int read, List<MessageRow> rows, MessageRange next) {
        return query.filters() && read >= MOST_READ && next.first() > query.from()
                || rows.stream()
                                .filter(messageRow -> messageRow.n() < next.first())
                                .count()
                        > query.limit();
    }
}
