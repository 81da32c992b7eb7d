package hoopoe.store.inbox;

import hoopoe.inbox.Reply;
import hoopoe.message.ReplyId;
import hoopoe.store.Keys;
import hoopoe.store.table.Table;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The replies of one day, newest first: its partitions merged as they are read. */
final class ReplyDay implements Iterator<Reply> {

    private static final int PAGE = 100;

    private final List<Shard> shards = new ArrayList<>();

    /** @param before only older replies than this one; null for all */
    ReplyDay(Table table, LocalDate day, @Nullable ReplyId before) {
        // "~" sorts behind every time.
        var bound = before == null ? "~" : before.toString();
        for (int shard = 0; shard < Keys.REPLY_SHARDS; shard++) {
            shards.add(new Shard(table, Keys.inbound(day, shard), bound));
        }
    }

    @Override
    public boolean hasNext() {
        return newest().isPresent();
    }

    @Override
    public Reply next() {
        return newest().orElseThrow(NoSuchElementException::new).rows.remove();
    }

    private Optional<Shard> newest() {
        return shards.stream()
                .filter(Shard::hasRow)
                .max(Comparator.comparing(shard -> shard.rows.element().id()));
    }

    private static final class Shard {

        private final Table table;
        private final String pk;
        private final String bound;
        private final Deque<Reply> rows = new ArrayDeque<>();
        private @Nullable Map<String, AttributeValue> next;
        private boolean ended;

        Shard(Table table, String pk, String bound) {
            this.table = table;
            this.pk = pk;
            this.bound = bound;
        }

        boolean hasRow() {
            while (rows.isEmpty() && !ended) {
                var itemPage = table.query(query -> query.keyConditionExpression("pk = :pk AND sk < :bound")
                        .expressionAttributeValues(
                                Map.of(":pk", AttributeValue.fromS(pk), ":bound", AttributeValue.fromS(bound)))
                        .exclusiveStartKey(next)
                        .scanIndexForward(false)
                        .consistentRead(true)
                        .limit(PAGE));
                itemPage.items().forEach(item -> rows.add(ReplyItem.read(item)));
                next = itemPage.next();
                ended = next == null;
            }
            return !rows.isEmpty();
        }
    }
}
