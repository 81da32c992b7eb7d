package hoopoe.batch;

import hoopoe.store.Batch;
import hoopoe.store.Dispatch;
import hoopoe.store.Dispatches;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The messages of a batch as the API shows them, in the order of their numbers. */
@ApplicationScoped
public class MessageReader {

    /** As many dispatches of a page are looked at for callbacks that are not yet joined. */
    private static final int LIVE = 3;

    private final Dispatches dispatches;
    private final Standing standing;

    public MessageReader(Dispatches dispatches, Standing standing) {
        this.dispatches = dispatches;
        this.standing = standing;
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
        var messages = new ArrayList<Standing.Message>();
        for (int i = 0;
                i < left.size()
                        && !isFull(
                                messages, limit, batch.ranges().get(left.get(i)).first());
                i++) {
            int n = left.get(i);
            standing.of(batch, n, there.get(n), i < LIVE).stream()
                    .filter(message -> message.recipient().n() >= from)
                    .forEach(messages::add);
        }
        messages.sort(Comparator.comparingInt(message -> message.recipient().n()));
        var page = messages.stream().limit(limit).map(MessageView::of).toList();
        return new Page(
                page, messages.size() > limit ? messages.get(limit).recipient().n() : null);
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
    private static boolean isFull(List<Standing.Message> messages, int limit, int first) {
        return messages.stream()
                        .filter(message -> message.recipient().n() < first)
                        .count()
                > limit;
    }
}
