package hoopoe.store;

import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.store.dispatch.DispatchWrites;
import hoopoe.store.table.Item;
import hoopoe.store.table.Key;
import hoopoe.store.table.Table;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the due items from the index. They are hints: the caller reads each item strongly and acts on that. */
@ApplicationScoped
public class DueItemRepository {

    /** About as many as a tick checks in a minute at half a second each, and some that need no provider. */
    private static final int MOST = 2000;

    private final Table table;
    private final int most;

    @Inject
    DueItemRepository(Table table) {
        this(table, MOST);
    }

    /** @param most about how many a page has */
    public DueItemRepository(Table table, int most) {
        this.table = table;
        this.most = most;
    }

    /**
     * An item that was due when the index was read: a hint.
     *
     * @param at since when it is due
     */
    public record DueItem(Instant at, String pk, String sk) {

        private static final String BATCH = "BATCH#";

        public Optional<DispatchId> dispatch() {
            return DispatchId.of(pk, sk);
        }

        /** A batch whose dispatches are not all created. */
        public Optional<String> batch() {
            return sk.equals("BATCH") && pk.startsWith(BATCH)
                    ? Optional.of(pk.substring(BATCH.length()))
                    : Optional.empty();
        }
    }

    /** Pages of what was due at an instant, in the shards that are asked for. */
    public DuePages upTo(Instant now, IntPredicate shards) {
        return new DuePages(now, shards);
    }

    /** Since when the oldest item of all shards is due; empty where none is. */
    public Optional<Instant> oldest(Instant now) {
        return IntStream.range(0, DueIndex.SHARDS)
                .mapToObj(shard -> page(shard, now, 1, Map.of()))
                .flatMap(itemPage -> itemPage.items().stream())
                .map(DueItemRepository::due)
                .min(Comparator.naturalOrder());
    }

    private static Instant due(Item item) {
        return Objects.requireNonNull(DueIndex.of(item));
    }

    /**
     * Goes once through what was due at an instant, page by page: an item that is put off meanwhile, or stays due, is not met
     * again. For one thread.
     */
    public final class DuePages {

        private final Instant now;

        /** By shard, where its next page starts; a shard that is read to its end is left out. */
        private final Map<Integer, Map<String, AttributeValue>> starts = new TreeMap<>();

        private DuePages(Instant now, IntPredicate shards) {
            this.now = now;
            IntStream.range(0, DueIndex.SHARDS).filter(shards).forEach(shard -> starts.put(shard, Map.of()));
        }

        /** Whether more is due than was read. */
        public boolean more() {
            return !starts.isEmpty();
        }

        /** From each shard its oldest items that were not read yet. @return the oldest first */
        public List<DueItem> next() {
            var items = new ArrayList<DueItem>();
            var shards = List.copyOf(starts.keySet());
            shards.forEach(shard -> read(shard, 1 + most / shards.size(), items));
            items.sort(Comparator.comparing(DueItem::at));
            return items;
        }

        private void read(int shard, int most, List<DueItem> items) {
            var start = starts.get(shard);
            int left = most;
            while (start != null && left > 0) {
                var itemPage = page(shard, now, left, start);
                itemPage.items()
                        .forEach(item -> items.add(new DueItem(due(item), item.text(Key.PK), item.text(Key.SK))));
                left -= itemPage.items().size();
                start = itemPage.next();
            }
            if (start == null) {
                starts.remove(shard);
            } else {
                starts.put(shard, start);
            }
        }
    }

    /**
     * Puts a dispatch off, to make room for other due items. Refused where its due time changed, or a callback was counted,
     * since it was read.
     *
     * @param seen due, read strongly
     * @return whether it was as seen
     */
    public boolean putOff(Dispatch seen, Instant until) {
        var write = DueIndex.set(DispatchWrites.at(seen.id()), until)
                .when("{state} = ?", seen.state().label())
                .checkAttempt();
        DueIndex.whenStill(write, Objects.requireNonNull(seen.due()));
        return table.apply(DispatchWrites.whenQuiet(write, seen.checks().events()))
                .done();
    }

    private Table.ItemPage page(int shard, Instant now, int limit, Map<String, AttributeValue> start) {
        return table.query(query -> query.indexName(DueIndex.INDEX)
                .keyConditionExpression("due_shard = :shard AND due_at < :now")
                .expressionAttributeValues(Map.of(
                        ":shard", AttributeValue.fromS(DueIndex.shard(shard)),
                        ":now", AttributeValue.fromS(DueIndex.upTo(now))))
                .exclusiveStartKey(start.isEmpty() ? null : start)
                .limit(limit));
    }
}
