package hoopoe.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What needs looking after, as the index knows it: a hint. Whoever finds something reads it strongly and acts on that. */
@ApplicationScoped
public class DueItems {

    /** About as many as can be checked in a minute at half a second each, and some that need no provider. */
    private static final int MOST = 2000;

    private final Table table;
    private final int most;

    @Inject
    DueItems(Table table) {
        this(table, MOST);
    }

    /** @param most about how many are read */
    public DueItems(Table table, int most) {
        this.table = table;
        this.most = most;
    }

    /** The oldest of what is due. */
    public DueNow upTo(Instant now) {
        var items = new ArrayList<DueItem>();
        var more = false;
        for (int shard = 0; shard < Due.SHARDS; shard++) {
            more |= read(shard, now, 1 + most / Due.SHARDS, items);
        }
        items.sort(Comparator.comparing(DueItem::at));
        return new DueNow(items, more);
    }

    /**
     * Makes room for what else is due. Not where somebody has set another time, or counted a callback, since it was read.
     *
     * @param seen due, read strongly
     * @return whether it was as seen
     */
    public boolean putOff(Dispatch seen, Instant until) {
        var write = Due.set(DispatchWrite.at(seen.id()), until)
                .when("{state} = ?", seen.state().label())
                .attempt(Write.CHECK_ATTEMPT, UUID.randomUUID().toString());
        Due.whenStill(write, Objects.requireNonNull(seen.due()));
        return table.apply(DispatchWrite.whenQuiet(write, seen.events())).done();
    }

    /** @return whether there is more */
    private boolean read(int shard, Instant now, int most, List<DueItem> items) {
        Map<String, AttributeValue> next = Map.of();
        int left = most;
        do {
            var page = page(shard, now, left, next);
            page.items()
                    .forEach(item -> items.add(
                            new DueItem(Objects.requireNonNull(Due.of(item)), item.text(Key.PK), item.text(Key.SK))));
            left -= page.items().size();
            next = page.next();
        } while (next != null && left > 0);
        return next != null;
    }

    private Table.Page page(int shard, Instant now, int limit, Map<String, AttributeValue> start) {
        return table.query(query -> query.indexName(Due.INDEX)
                .keyConditionExpression("due_shard = :shard AND due_at < :now")
                .expressionAttributeValues(Map.of(
                        ":shard", AttributeValue.fromS(Due.shard(shard)),
                        ":now", AttributeValue.fromS(Due.upTo(now))))
                .exclusiveStartKey(start.isEmpty() ? null : start)
                .limit(limit));
    }
}
