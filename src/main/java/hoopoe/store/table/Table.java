package hoopoe.store.table;

import hoopoe.config.Setting;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The one DynamoDB table: strong reads, and writes whose refusal is a result and not an exception. */
@ApplicationScoped
public class Table {

    /** The most items of one request. */
    private static final int BATCH_WRITE = 25;

    private static final int BATCH_GET = 100;

    private static final Duration THROTTLED = Duration.ofSeconds(10);

    private final DynamoDbClient client;
    private final String name;
    private final Pauses pauses;

    @Inject
    Table(Config config) {
        this(
                DynamoDbClientFactory.client(config, Setting.STORE_CALL_TIMEOUT.duration(config))
                        .build(),
                Setting.TABLE.text(config).orElseThrow());
    }

    @PreDestroy
    void close() {
        client.close();
    }

    public Table(DynamoDbClient client, String name) {
        this(client, name, Pauses.REAL);
    }

    /** @param pauses between the tries of a write */
    public Table(DynamoDbClient client, String name, Pauses pauses) {
        this.client = client;
        this.name = name;
        this.pauses = pauses;
    }

    Pauses pauses() {
        return pauses;
    }

    /** How a write, or a transaction, ended. */
    public sealed interface WriteResult {

        /** The items are written, by this attempt or an earlier one of ours. */
        record Written() implements WriteResult {}

        /**
         * A condition did not hold, and nothing was written.
         *
         * @param standing for each write of the transaction whose condition failed, the item as it stands; empty where there
         *     is none
         */
        record ConditionFailed(Map<Integer, Optional<Item>> standing) implements WriteResult {
            public boolean by(int write) {
                return standing.containsKey(write);
            }
        }

        /** Another writer is writing the same items now, or the table is throttled. Nothing was written. */
        record Conflict() implements WriteResult {}

        default boolean done() {
            return this instanceof Written;
        }
    }

    /** A strongly consistent read. */
    public Optional<Item> get(Key key) {
        var found =
                client.getItem(get -> get.tableName(name).key(key.attributes()).consistentRead(true));
        return found.hasItem() ? Optional.of(new Item(found.item())) : Optional.empty();
    }

    /** Many items at once, each read strongly; those that are not there are left out. In no order. */
    public List<Item> getAll(Set<Key> keys) {
        return getAll(keys, true);
    }

    /** The same, for half the price and perhaps as they were a moment ago. */
    public List<Item> glance(Set<Key> keys) {
        return getAll(keys, false);
    }

    private List<Item> getAll(Set<Key> keys, boolean strongly) {
        var all = List.copyOf(keys);
        var items = new ArrayList<Item>();
        for (int from = 0; from < all.size(); from += BATCH_GET) {
            items.addAll(getSome(all.subList(from, Math.min(all.size(), from + BATCH_GET)), strongly));
        }
        return items;
    }

    private List<Item> getSome(List<Key> keys, boolean strongly) {
        var items = new ArrayList<Item>();
        var left = new ArrayList<>(keys.stream().map(Key::attributes).toList());
        untilTaken(() -> {
            var asked = KeysAndAttributes.builder()
                    .keys(List.copyOf(left))
                    .consistentRead(strongly)
                    .build();
            var found = client.batchGetItem(batch -> batch.requestItems(Map.of(name, asked)));
            found.responses().getOrDefault(name, List.of()).forEach(item -> items.add(new Item(item)));
            left.clear();
            if (found.unprocessedKeys().containsKey(name)) {
                left.addAll(found.unprocessedKeys().get(name).keys());
            }
            return left.isEmpty();
        });
        return items;
    }

    /** All items of a partition whose sort key begins with {@code prefix}, strongly consistent, in order. */
    public List<Item> query(String pk, String prefix) {
        return all(
                "pk = :pk AND begins_with(sk, :prefix)",
                Map.of(":pk", AttributeValue.fromS(pk), ":prefix", AttributeValue.fromS(prefix)));
    }

    /** All items of a partition, strongly consistent, in order. */
    public List<Item> query(String pk) {
        return all("pk = :pk", Map.of(":pk", AttributeValue.fromS(pk)));
    }

    private List<Item> all(String condition, Map<String, AttributeValue> values) {
        var items = new ArrayList<Item>();
        var request = QueryRequest.builder()
                .tableName(name)
                .consistentRead(true)
                .keyConditionExpression(condition)
                .expressionAttributeValues(values)
                .build();
        client.queryPaginator(request).items().forEach(item -> items.add(new Item(item)));
        return items;
    }

    /** For what {@link #query(String, String)} does not cover: ranges, limits, and indexes (hints, and never strong). */
    public ItemPage query(Consumer<QueryRequest.Builder> query) {
        var request = QueryRequest.builder().tableName(name);
        query.accept(request);
        var found = client.query(request.build());
        return new ItemPage(
                found.items().stream().map(Item::new).toList(),
                found.hasLastEvaluatedKey() ? found.lastEvaluatedKey() : null);
    }

    /** @param next where the next page begins; null after the last */
    public record ItemPage(List<Item> items, @Nullable Map<String, AttributeValue> next) {}

    /** One write, by the same rules as {@link #transact}, at half the price. */
    public WriteResult apply(Write write) {
        try {
            write.send(client, name);
            return new WriteResult.Written();
        } catch (ConditionalCheckFailedException e) {
            var standing =
                    e.hasItem() && !e.item().isEmpty() ? Optional.of(new Item(e.item())) : Optional.<Item>empty();
            return refusedOrOurs(List.of(write), Map.of(0, standing));
        } catch (TransactionConflictException e) {
            return new WriteResult.Conflict();
        } catch (SdkException e) {
            return doneOrLost(List.of(write), e);
        }
    }

    /** All writes or none. At most 100 writes of 100 different items, 4 MB. */
    public WriteResult transact(List<Write> writes) {
        try {
            client.transactWriteItems(TransactWriteItemsRequest.builder()
                    .transactItems(writes.stream()
                            .map(write -> write.transactional(name))
                            .toList())
                    .build());
            return new WriteResult.Written();
        } catch (TransactionCanceledException e) {
            return refused(writes, e);
        } catch (TransactionInProgressException e) {
            return new WriteResult.Conflict();
        } catch (SdkException e) {
            return doneOrLost(writes, e);
        }
    }

    /** Puts items that have no other writer, many at once and in no order. Throttled items are put again for a while. */
    public void putAll(List<Item> items) {
        for (int from = 0; from < items.size(); from += BATCH_WRITE) {
            putSome(items.subList(from, Math.min(items.size(), from + BATCH_WRITE)));
        }
    }

    private void putSome(List<Item> items) {
        var left = new ArrayList<>(items.stream()
                .map(item -> WriteRequest.builder()
                        .putRequest(put -> put.item(item.attributes()))
                        .build())
                .toList());
        untilTaken(() -> {
            var throttled = client.batchWriteItem(batch -> batch.requestItems(Map.of(name, List.copyOf(left))))
                    .unprocessedItems()
                    .getOrDefault(name, List.of());
            left.clear();
            left.addAll(throttled);
            return left.isEmpty();
        });
    }

    /** Repeats a request whose items are throttled. */
    private void untilTaken(BooleanSupplier isTaken) {
        ConflictRetry.until(this, THROTTLED, () -> isTaken.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .orElseThrow(() -> new IllegalStateException("throttled for " + THROTTLED));
    }

    /** After a lost answer only a read of the items tells whether they were written. */
    private WriteResult doneOrLost(List<Write> writes, SdkException lost) {
        var done = writes.stream().filter(Write::isMarked).findFirst().filter(write -> get(write.key())
                .filter(write::left)
                .isPresent());
        if (done.isPresent()) {
            return new WriteResult.Written();
        }
        throw lost;
    }

    private static WriteResult refused(List<Write> writes, TransactionCanceledException e) {
        var reasons = e.cancellationReasons();
        var standing = new TreeMap<Integer, Optional<Item>>();
        for (int i = 0; i < reasons.size(); i++) {
            var reason = reasons.get(i);
            if ("ConditionalCheckFailed".equals(reason.code())) {
                standing.put(
                        i,
                        reason.hasItem() && !reason.item().isEmpty()
                                ? Optional.of(new Item(reason.item()))
                                : Optional.empty());
            } else if (isFailure(reason)) {
                throw e;
            }
        }
        if (standing.isEmpty()) {
            return new WriteResult.Conflict();
        }
        return refusedOrOurs(writes, standing);
    }

    private static WriteResult refusedOrOurs(List<Write> writes, Map<Integer, Optional<Item>> standing) {
        return ours(writes, standing) ? new WriteResult.Written() : new WriteResult.ConditionFailed(standing);
    }

    private static boolean isFailure(CancellationReason reason) {
        return reason.code() != null
                && !reason.code().equals("None")
                && !reason.code().equals("TransactionConflict")
                && !reason.code().equals("ThrottlingError")
                && !reason.code().equals("ProvisionedThroughputExceeded");
    }

    /** Whether the item that failed the condition was left by an earlier try of this very write. */
    private static boolean ours(List<Write> writes, Map<Integer, Optional<Item>> standing) {
        return standing.entrySet().stream().anyMatch(entry -> entry.getValue()
                .filter(writes.get(entry.getKey())::left)
                .isPresent());
    }
}
