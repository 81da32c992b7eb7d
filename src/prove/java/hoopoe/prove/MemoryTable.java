package hoopoe.prove;

import hoopoe.local.template.TableDefinition;
import hoopoe.prove.Expression.Scope;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * DynamoDB in memory: one table as {@code infra/data.yaml} says, with what {@code hoopoe.store.table} uses of it, and its
 * errors. {@code MemoryTablePropertyTest} holds it to DynamoDB Local. What is not here (projections, filters of queries, return
 * values, pages of scans) is refused. One operation is done at a time.
 */
public final class MemoryTable implements DynamoDbClient {

    private static final TableDefinition DEFINITION = TableDefinition.read(Path.of("infra", "data.yaml"));

    /** The term of a key condition that names the partition. */
    private static final Pattern HASH = Pattern.compile("^(#?\\w+) = (:\\w+)");

    private static final int ITEM = 400 * 1024;
    private static final int PAGE = 1024 * 1024;
    private static final int TRANSACTION = 100;
    private static final int TRANSACTION_BYTES = 4 * 1024 * 1024;
    private static final int BATCH_GET = 100;
    private static final int BATCH_GET_BYTES = 16 * 1024 * 1024;
    private static final int BATCH_WRITE = 25;
    private static final int PARTITION_KEY = 2048;
    private static final int SORT_KEY = 1024;

    /** Where an item lies in a partition: of an index, several may have the same place. */
    private record Place(String at, String pk, String sk) implements Comparable<Place> {

        private static final Comparator<Place> ORDER = Comparator.comparing(Place::at, AttributeValues::compare)
                .thenComparing(Place::pk, AttributeValues::compare)
                .thenComparing(Place::sk, AttributeValues::compare);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** What an item became. @param now null: it is deleted */
    record Change(
            @Nullable Map<String, AttributeValue> before,
            @Nullable Map<String, AttributeValue> now) {}

    /** Items by the values of two attributes, in order. */
    private static final class Partitions {

        private final String hash;
        private final String range;
        private final boolean keysOnly;
        private final Map<String, NavigableMap<Place, Map<String, AttributeValue>>> partitions = new TreeMap<>();

        Partitions(List<String> keys, boolean keysOnly) {
            this.hash = keys.get(0);
            this.range = keys.get(1);
            this.keysOnly = keysOnly;
        }

        private boolean holds(@Nullable Map<String, AttributeValue> item) {
            return item != null && item.containsKey(hash) && item.containsKey(range);
        }

        private Place place(Map<String, AttributeValue> item) {
            return new Place(text(item, range), text(item, "pk"), text(item, "sk"));
        }

        NavigableMap<Place, Map<String, AttributeValue>> partition(String name) {
            return partitions.getOrDefault(name, new TreeMap<>());
        }

        void apply(Change change) {
            var old = change.before;
            if (old != null && holds(old)) {
                partition(text(old, hash)).remove(place(old));
            }
            var now = change.now;
            if (now != null && holds(now)) {
                partitions
                        .computeIfAbsent(text(now, hash), name -> new TreeMap<>())
                        .put(place(now), keysOnly ? keys(now) : now);
            }
        }

        /** What names the item in this index. */
        private Map<String, AttributeValue> keys(Map<String, AttributeValue> item) {
            return Stream.of("pk", "sk", hash, range)
                    .distinct()
                    .collect(Collectors.toMap(name -> name, item::get, (one, same) -> one, TreeMap::new));
        }
    }

    /** One write, whatever request it came with. */
    private record Write(
            Map<String, AttributeValue> key,
            @Nullable Map<String, AttributeValue> put,
            boolean isDelete,
            @Nullable String update,
            @Nullable String condition,
            Map<String, String> names,
            Map<String, AttributeValue> values,
            @Nullable String onFailure) {

        /** @throws DynamoDbException where it could never be done */
        void check() {
            var used = new HashSet<String>();
            if (put != null) {
                checkItem(put);
            } else {
                checkKey(key);
            }
            if (condition != null) {
                var parsed = Expression.condition(condition);
                parsed.check(names, values);
                used.addAll(parsed.placeholders());
            }
            if (update != null) {
                var parsed = Expression.update(update);
                parsed.check(names, values);
                used.addAll(parsed.placeholders());
                if (parsed.changed(names).stream().anyMatch(Set.of("pk", "sk")::contains)) {
                    throw invalid("an update of a key");
                }
            }
            if (!used.containsAll(names.keySet()) || !used.containsAll(values.keySet())) {
                throw invalid("a name or a value is not used");
            }
            if (condition == null && update == null && !(names.isEmpty() && values.isEmpty())) {
                throw invalid("names or values without an expression");
            }
        }

        /** @return null where the condition does not hold; else what the item becomes */
        @Nullable Change of(@Nullable Map<String, AttributeValue> old) {
            var scope = new Scope(old == null ? Map.of() : old, names, values);
            if (condition != null && !Expression.condition(condition).holds(scope)) {
                return null;
            }
            if (isDelete) {
                return new Change(old, null);
            }
            if (put != null) {
                return new Change(old, put);
            }
            if (update == null && old != null) {
                return new Change(old, old);
            }
            var begun = new Scope(old == null ? key : old, names, values);
            var now = update == null ? key : Expression.update(update).apply(begun);
            checkItem(now);
            return new Change(old, now);
        }
    }

    private final Partitions items = new Partitions(DEFINITION.keys(), false);
    private final Map<String, Partitions> indexes = new LinkedHashMap<>();
    private final Deque<Change> late = new ArrayDeque<>();
    private final List<Change> changes = new ArrayList<>();
    private boolean indexesAreLate;

    public MemoryTable() {
        DEFINITION.indexes().forEach(index -> indexes.put(index.name(), new Partitions(index.keys(), true)));
    }

    /** While it is so, indexes do not change. */
    public synchronized void lateIndexes(boolean now) {
        indexesAreLate = now;
        while (!now && !late.isEmpty()) {
            index(late.remove());
        }
    }

    /** What was written since the last call, in order: the table's stream. */
    List<Change> changes() {
        var some = List.copyOf(changes);
        changes.clear();
        return some;
    }

    /** Every item, in order of their keys. */
    List<Map<String, AttributeValue>> all() {
        return items.partitions.values().stream()
                .flatMap(partition -> partition.values().stream())
                .toList();
    }

    /** Takes away what TTL would, long after it has ended. @param second since 1970 */
    void expire(long second) {
        all().stream()
                .filter(item -> item.containsKey(DEFINITION.expiry())
                        && Long.parseLong(item.get(DEFINITION.expiry()).n()) < second)
                .forEach(item -> done(new Change(item, null)));
    }

    @Nullable Map<String, AttributeValue> find(Map<String, AttributeValue> key) {
        return items.partition(text(key, "pk")).get(items.place(key));
    }

    private void done(Change change) {
        if (change.before == null && change.now == null) {
            return;
        }
        items.apply(change);
        if (indexesAreLate) {
            late.add(change);
        } else {
            index(change);
        }
        if (change.before == null || change.now == null || !change.before.equals(change.now)) {
            changes.add(change);
        }
    }

    private void index(Change change) {
        indexes.values().forEach(index -> index.apply(change));
    }

    // ---- requests

    @Override
    public synchronized GetItemResponse getItem(GetItemRequest request) {
        refuse(request.projectionExpression(), request.expressionAttributeNames());
        checkKey(request.key());
        var found = find(request.key());
        return GetItemResponse.builder().item(found).build();
    }

    @Override
    public synchronized PutItemResponse putItem(PutItemRequest request) {
        refuse(request.returnValuesAsString());
        apply(new Write(
                request.item(),
                AttributeValues.checked(request.item()),
                false,
                null,
                request.conditionExpression(),
                request.expressionAttributeNames(),
                AttributeValues.checked(request.expressionAttributeValues()),
                request.returnValuesOnConditionCheckFailureAsString()));
        return PutItemResponse.builder().build();
    }

    @Override
    public synchronized UpdateItemResponse updateItem(UpdateItemRequest request) {
        refuse(request.returnValuesAsString());
        apply(new Write(
                request.key(),
                null,
                false,
                request.updateExpression(),
                request.conditionExpression(),
                request.expressionAttributeNames(),
                AttributeValues.checked(request.expressionAttributeValues()),
                request.returnValuesOnConditionCheckFailureAsString()));
        return UpdateItemResponse.builder().build();
    }

    @Override
    public synchronized DeleteItemResponse deleteItem(DeleteItemRequest request) {
        refuse(request.returnValuesAsString());
        apply(new Write(
                request.key(),
                null,
                true,
                null,
                request.conditionExpression(),
                request.expressionAttributeNames(),
                AttributeValues.checked(request.expressionAttributeValues()),
                request.returnValuesOnConditionCheckFailureAsString()));
        return DeleteItemResponse.builder().build();
    }

    private void apply(Write write) {
        write.check();
        var old = find(write.key);
        var change = write.of(old);
        if (change == null) {
            throw ConditionalCheckFailedException.builder()
                    .message("The conditional request failed")
                    .item("ALL_OLD".equals(write.onFailure) ? old : null)
                    .statusCode(400)
                    .awsErrorDetails(details("ConditionalCheckFailedException"))
                    .writableStackTrace(false)
                    .build();
        }
        done(change);
    }

    @Override
    public synchronized TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        var writes = request.transactItems().stream().map(MemoryTable::write).toList();
        var keys = writes.stream().map(write -> place(write.key)).collect(Collectors.toSet());
        if (writes.isEmpty() || writes.size() > TRANSACTION || keys.size() < writes.size()) {
            throw invalid("a transaction without items, with too many, or with one twice");
        }
        writes.forEach(Write::check);
        var results = new ArrayList<Change>();
        var reasons = new ArrayList<CancellationReason>();
        for (var write : writes) {
            reasons.add(reason(write, results));
        }
        if (results.size() < writes.size()) {
            throw TransactionCanceledException.builder()
                    .message("Transaction cancelled")
                    .cancellationReasons(reasons)
                    .statusCode(400)
                    .awsErrorDetails(details("TransactionCanceledException"))
                    .writableStackTrace(false)
                    .build();
        }
        if (results.stream()
                        .mapToInt(change -> change.now == null ? 0 : AttributeValues.size(change.now))
                        .sum()
                > TRANSACTION_BYTES) {
            throw invalid("a transaction that is too large");
        }
        for (int i = 0; i < results.size(); i++) {
            if (request.transactItems().get(i).conditionCheck() == null) {
                done(results.get(i));
            }
        }
        return TransactWriteItemsResponse.builder().build();
    }

    private CancellationReason reason(Write write, List<Change> results) {
        var old = find(write.key);
        try {
            var change = write.of(old);
            if (change != null) {
                results.add(change);
                return CancellationReason.builder().code("None").build();
            }
        } catch (DynamoDbException e) {
            return CancellationReason.builder().code("ValidationError").build();
        }
        return CancellationReason.builder()
                .code("ConditionalCheckFailed")
                .message("The conditional request failed")
                .item("ALL_OLD".equals(write.onFailure) ? old : null)
                .build();
    }

    private static Write write(TransactWriteItem item) {
        if (item.put() != null) {
            var put = item.put();
            return new Write(
                    put.item(),
                    AttributeValues.checked(put.item()),
                    false,
                    null,
                    put.conditionExpression(),
                    put.expressionAttributeNames(),
                    AttributeValues.checked(put.expressionAttributeValues()),
                    put.returnValuesOnConditionCheckFailureAsString());
        } else if (item.update() != null) {
            var update = item.update();
            return new Write(
                    update.key(),
                    null,
                    false,
                    update.updateExpression(),
                    update.conditionExpression(),
                    update.expressionAttributeNames(),
                    AttributeValues.checked(update.expressionAttributeValues()),
                    update.returnValuesOnConditionCheckFailureAsString());
        } else if (item.delete() != null) {
            var delete = item.delete();
            return new Write(
                    delete.key(),
                    null,
                    true,
                    null,
                    delete.conditionExpression(),
                    delete.expressionAttributeNames(),
                    AttributeValues.checked(delete.expressionAttributeValues()),
                    delete.returnValuesOnConditionCheckFailureAsString());
        }
        var check = item.conditionCheck();
        return new Write(
                check.key(),
                null,
                true,
                null,
                check.conditionExpression(),
                check.expressionAttributeNames(),
                AttributeValues.checked(check.expressionAttributeValues()),
                check.returnValuesOnConditionCheckFailureAsString());
    }

    @Override
    public synchronized QueryResponse query(QueryRequest request) {
        refuse(request.projectionExpression(), request.filterExpression(), request.selectAsString());
        var index = request.indexName() == null ? items : indexes.get(request.indexName());
        if (index == null || index != items && Boolean.TRUE.equals(request.consistentRead())) {
            throw invalid("no such index, or a strong read of one");
        }
        if (request.limit() != null && request.limit() < 1) {
            throw invalid("a limit below 1");
        }
        var values = AttributeValues.checked(request.expressionAttributeValues());
        var names = request.expressionAttributeNames();
        var condition = Expression.condition(request.keyConditionExpression());
        condition.check(names, values);
        if (!condition
                .placeholders()
                .equals(Stream.concat(names.keySet().stream(), values.keySet().stream())
                        .collect(Collectors.toSet()))) {
            throw invalid("a name or a value is not used");
        }
        var hash = HASH.matcher(request.keyConditionExpression());
        if (!hash.find() || !names.getOrDefault(hash.group(1), hash.group(1)).equals(index.hash)) {
            throw invalid("a query without a partition");
        }
        if (values.values().stream()
                .anyMatch(value -> value.type() == Type.S && value.s().isEmpty())) {
            throw invalid("an empty key");
        }
        var partition = index.partition(values.get(hash.group(2)).s());
        return page(request, index, partition, item -> condition.holds(new Scope(item, names, values)));
    }

    private static QueryResponse page(
            QueryRequest request,
            Partitions index,
            NavigableMap<Place, Map<String, AttributeValue>> partition,
            Predicate<Map<String, AttributeValue>> isAsked) {
        var asked = Boolean.FALSE.equals(request.scanIndexForward()) ? partition.descendingMap() : partition;
        if (request.hasExclusiveStartKey() && !request.exclusiveStartKey().isEmpty()) {
            asked = asked.tailMap(index.place(request.exclusiveStartKey()), false);
        }
        var found = new ArrayList<Map<String, AttributeValue>>();
        int bytes = 0;
        Map<String, AttributeValue> last = null;
        for (var item : asked.values()) {
            if (isAsked.test(item)) {
                found.add(item);
                bytes += AttributeValues.size(item);
                if (found.size() == (request.limit() == null ? Integer.MAX_VALUE : request.limit()) || bytes > PAGE) {
                    last = index.keys(item);
                    break;
                }
            }
        }
        return QueryResponse.builder()
                .items(found)
                .count(found.size())
                .lastEvaluatedKey(last)
                .build();
    }

    /** In one page. The house does not scan; its tests do. */
    @Override
    public synchronized ScanResponse scan(ScanRequest request) {
        refuse(request.projectionExpression(), request.selectAsString(), request.limit(), request.segment());
        var index = request.indexName() == null ? items : indexes.get(request.indexName());
        if (index == null || index != items && Boolean.TRUE.equals(request.consistentRead())) {
            throw invalid("no such index, or a strong read of one");
        }
        var values = AttributeValues.checked(request.expressionAttributeValues());
        var filter = request.filterExpression() == null ? null : Expression.condition(request.filterExpression());
        var found = index.partitions.values().stream()
                .flatMap(partition -> partition.values().stream())
                .filter(item ->
                        filter == null || filter.holds(new Scope(item, request.expressionAttributeNames(), values)))
                .toList();
        return ScanResponse.builder().items(found).count(found.size()).build();
    }

    @Override
    public synchronized BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        var table = request.requestItems().keySet().iterator().next();
        var keys = request.requestItems().get(table).keys();
        if (request.requestItems().size() > 1
                || keys.isEmpty()
                || keys.size() > BATCH_GET
                || keys.stream().map(MemoryTable::place).distinct().count() < keys.size()) {
            throw invalid("a batch without keys, with too many, or with one twice");
        }
        keys.forEach(MemoryTable::checkKey);
        var found = new ArrayList<Map<String, AttributeValue>>();
        var left = new ArrayList<Map<String, AttributeValue>>();
        int bytes = 0;
        for (var key : keys) {
            var item = find(key);
            bytes += item == null ? 0 : AttributeValues.size(item);
            if (bytes > BATCH_GET_BYTES) {
                left.add(key);
            } else if (item != null) {
                found.add(item);
            }
        }
        var unread = KeysAndAttributes.builder().keys(left).consistentRead(true).build();
        return BatchGetItemResponse.builder()
                .responses(Map.of(table, found))
                .unprocessedKeys(left.isEmpty() ? Map.of() : Map.of(table, unread))
                .build();
    }

    @Override
    public synchronized BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
        var all = request.requestItems().values().stream().flatMap(List::stream).toList();
        if (request.requestItems().size() != 1
                || all.isEmpty()
                || all.size() > BATCH_WRITE
                || all.stream().map(one -> place(key(one))).distinct().count() < all.size()) {
            throw invalid("a batch without writes, with too many, or with one item twice");
        }
        all.forEach(one -> {
            if (one.putRequest() == null) {
                checkKey(key(one));
            } else {
                checkItem(AttributeValues.checked(key(one)));
            }
        });
        all.forEach(one -> done(new Change(
                find(key(one)),
                one.putRequest() == null
                        ? null
                        : AttributeValues.checked(one.putRequest().item()))));
        return BatchWriteItemResponse.builder().unprocessedItems(Map.of()).build();
    }

    private static Map<String, AttributeValue> key(WriteRequest write) {
        return write.putRequest() == null
                ? write.deleteRequest().key()
                : write.putRequest().item();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    // ---- what is refused

    private static void refuse(@Nullable Object... members) {
        for (var member : members) {
            if (member != null && !(member instanceof Map<?, ?> map && map.isEmpty())) {
                throw new UnsupportedOperationException("not in this table: " + member);
            }
        }
    }

    private static void checkKey(Map<String, AttributeValue> key) {
        if (key.size() != 2) {
            throw invalid("a key of other attributes");
        }
        checkText(key, "pk", PARTITION_KEY);
        checkText(key, "sk", SORT_KEY);
    }

    private static void checkItem(Map<String, AttributeValue> item) {
        checkText(item, "pk", PARTITION_KEY);
        checkText(item, "sk", SORT_KEY);
        for (var index : DEFINITION.indexes()) {
            for (var name : index.keys()) {
                if (item.containsKey(name)) {
                    checkText(item, name, name.equals(index.keys().get(0)) ? PARTITION_KEY : SORT_KEY);
                }
            }
        }
        if (AttributeValues.size(item) > ITEM) {
            throw invalid("an item that is too large");
        }
    }

    private static void checkText(Map<String, AttributeValue> item, String name, int most) {
        var value = item.get(name);
        if (value == null || value.type() != Type.S || value.s().isEmpty() || AttributeValues.bytes(value.s()) > most) {
            throw invalid("a key attribute that is missing, empty, too long, or no text: " + name);
        }
    }

    private static Place place(Map<String, AttributeValue> key) {
        checkText(key, "pk", PARTITION_KEY);
        checkText(key, "sk", SORT_KEY);
        return new Place("", text(key, "pk"), text(key, "sk"));
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return item.get(name).s();
    }

    private static AwsErrorDetails details(String code) {
        return AwsErrorDetails.builder().errorCode(code).build();
    }

    static DynamoDbException invalid(String why) {
        return (DynamoDbException) DynamoDbException.builder()
                .message(why)
                .statusCode(400)
                .awsErrorDetails(details("ValidationException"))
                .writableStackTrace(false)
                .build();
    }
}
