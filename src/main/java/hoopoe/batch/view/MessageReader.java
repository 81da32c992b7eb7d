package hoopoe.batch.view;

import hoopoe.batch.Batch;
import hoopoe.batch.MessageRange;
import hoopoe.batch.Recipient;
import hoopoe.delivery.EffectiveStatus;
import hoopoe.delivery.check.StatusEvidence;
import hoopoe.dispatch.Dispatch;
import hoopoe.store.batch.RecipientRepository;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

    /** @param next message number at which the next page begins; null at the end */
    public record MessagePage(
            List<MessageView> messages, @Nullable Integer next) {}

    /**
     * Reads a page.
     *
     * @param from the lowest number that may be on it; numbers have gaps where recipients were refused
     */
    public MessagePage page(Batch batch, int from, int limit) {
        var there = dispatchRepository.of(batch).stream()
                .collect(Collectors.toMap(dispatch -> dispatch.id().n(), Function.identity()));
        var left = overlapping(batch, from);
        var rows = new ArrayList<MessageRow>();
        for (int i = 0; i < left.size() && !isFull(rows, limit, batch.ranges().get(left.get(i))); i++) {
            rows(batch, left.get(i), there, i < LIVE)
                    .filter(messageRow -> messageRow.n() >= from)
                    .forEach(rows::add);
        }
        rows.sort(Comparator.comparingInt(MessageRow::n));
        var page = rows.stream()
                .limit(limit)
                .map(messageRow -> MessageView.of(messageRow.shown(), messageRow.recipient()))
                .toList();
        return new MessagePage(page, rows.size() > limit ? rows.get(limit).n() : null);
    }

    /** A dispatch that does not exist yet is shown as it will be created. */
    private Stream<MessageRow> rows(Batch batch, int n, Map<Integer, Dispatch> there, boolean live) {
        var to = recipientRepository.of(batch.id(), n);
        var dispatch = there.getOrDefault(
                n, Dispatch.waiting(batch, n, to.size(), batch.lifetime().created()));
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

    /** Whether more rows than the page holds are known, and no remaining dispatch has a lower number. */
    private static boolean isFull(List<MessageRow> rows, int limit, MessageRange next) {
        return rows.stream().filter(messageRow -> messageRow.n() < next.first()).count() > limit;
    }
}
