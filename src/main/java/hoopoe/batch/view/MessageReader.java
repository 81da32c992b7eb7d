package hoopoe.batch.view;

import hoopoe.batch.Shown;
import hoopoe.batch.check.Evidence;
import hoopoe.store.Batch;
import hoopoe.store.Dispatch;
import hoopoe.store.Dispatches;
import hoopoe.store.Range;
import hoopoe.store.Recipient;
import hoopoe.store.Recipients;
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

/** The messages of a batch as the API shows them, in the order of their numbers. */
@ApplicationScoped
public class MessageReader {

    /** As many dispatches of a page are looked at for callbacks that are not yet joined. */
    private static final int LIVE = 3;

    private final Dispatches dispatches;
    private final Recipients recipients;
    private final Evidence evidence;
    private final Clock clock;

    public MessageReader(Dispatches dispatches, Recipients recipients, Evidence evidence, Clock clock) {
        this.dispatches = dispatches;
        this.recipients = recipients;
        this.evidence = evidence;
        this.clock = clock;
    }

    /** One message of a dispatch, which is not yet looked at. */
    private record Row(Shown shown, Recipient recipient) {
        int n() {
            return recipient.n();
        }
    }

    /** @param next number from which the next page goes on; null at the end */
    public record Page(List<MessageView> messages, @Nullable Integer next) {}

    /**
     * A page.
     *
     * @param from the lowest number that may be on it; numbers have gaps where entries were refused
     */
    public Page page(Batch batch, int from, int limit) {
        var there = dispatches.of(batch).stream().collect(Collectors.toMap(Dispatch::n, Function.identity()));
        var left = overlapping(batch, from);
        var rows = new ArrayList<Row>();
        for (int i = 0; i < left.size() && !isFull(rows, limit, batch.ranges().get(left.get(i))); i++) {
            rows(batch, left.get(i), there, i < LIVE)
                    .filter(row -> row.n() >= from)
                    .forEach(rows::add);
        }
        rows.sort(Comparator.comparingInt(Row::n));
        var page = rows.stream()
                .limit(limit)
                .map(row -> MessageView.of(row.shown(), row.recipient()))
                .toList();
        return new Page(page, rows.size() > limit ? rows.get(limit).n() : null);
    }

    /** A dispatch that is not yet created is as it will be then. */
    private Stream<Row> rows(Batch batch, int n, Map<Integer, Dispatch> there, boolean live) {
        var to = recipients.of(batch.id(), n);
        var dispatch = there.getOrDefault(n, Dispatch.waiting(batch, n, to.size(), batch.created()));
        var report = live ? evidence.live(dispatch, to) : evidence.written(dispatch);
        var shown = new Shown(batch, dispatch, report, clock.instant());
        return to.stream().map(recipient -> new Row(shown, recipient));
    }

    /** Ranges overlap: a number that comes again with another text is in a later dispatch. */
    private static List<Integer> overlapping(Batch batch, int from) {
        return IntStream.range(0, batch.dispatches())
                .filter(n -> batch.ranges().get(n).last() >= from)
                .boxed()
                .sorted(Comparator.comparingInt(n -> batch.ranges().get(n).first()))
                .toList();
    }

    /** One more than the page has is known, and no dispatch that is left has a lower number than those. */
    private static boolean isFull(List<Row> rows, int limit, Range next) {
        return rows.stream().filter(row -> row.n() < next.first()).count() > limit;
    }
}
