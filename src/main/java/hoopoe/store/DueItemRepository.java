package hoopoe.store;

import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.store.dispatch.DispatchWrites;
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
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the due items from the index. They are hints: the caller reads each item strongly and acts on that. */
@ApplicationScoped
public class DueItemRepository {

    /** About as many as can be checked in a minute at half a second each, and some that need no provider. */
    private static final int MOST = 2000;

    private final Table table;
    private final int most;

    @Inject
    DueItemRepository(Table table) {
        this(table, MOST);
    }

    /** @param most about how many are read */
    public DueItemRepository(Table table, int most) {
        this.table = table;
        this.most = most;
    }

    /**
     * The items that were due when the index was read.
     *
     * @param items the oldest first
     * @param more whether more were due than were read
     */
    public record DueNow(List<DueItem> items, boolean more) {}

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

    /** The oldest due items. */
    public DueNow upTo(Instant now) {
        var items = new ArrayList<DueItem>();
        var more = false;
        for (int shard = 0; shard < DueIndex.SHARDS; shard++) {
            more |= read(shard, now, 1 + most / DueIndex.SHARDS, items);
        }
        items.sort(Comparator.comparing(DueItem::at));
        return new DueNow(items, more);
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

    /** @return whether more items are due */
    private boolean read(int shard, Instant now, int most, List<DueItem> items) {
        Map<String, AttributeValue> next = Map.of();
        int left = most;
        do {
            var itemPage = page(shard, now, left, next);
            itemPage.items()
                    .forEach(item -> items.add(new DueItem(
                            Objects.requireNonNull(DueIndex.of(item)), item.text(Key.PK), item.text(Key.SK))));
            left -= itemPage.items().size();
            next = itemPage.next();
        } while (next != null && left > 0);
        return next != null;
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
