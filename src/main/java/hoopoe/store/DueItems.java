package hoopoe.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What needs looking after, as the index knows it: a hint. Whoever finds something reads it strongly and acts on that. */
@ApplicationScoped
public class DueItems {

    private final Table table;

    public DueItems(Table table) {
        this.table = table;
    }

    /** The oldest first, about {@code most} of them. */
    public List<DueItem> upTo(Instant now, int most) {
        var items = new ArrayList<DueItem>();
        for (int shard = 0; shard < Due.SHARDS; shard++) {
            read(shard, now, 1 + most / Due.SHARDS, items);
        }
        items.sort(Comparator.comparing(DueItem::at));
        return items;
    }

    private void read(int shard, Instant now, int most, List<DueItem> items) {
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
