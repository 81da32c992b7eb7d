package hoopoe.prove;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.dynamo.LocalDynamo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A table in memory and one of DynamoDB Local, with the same random operations on both. */
final class TablePair {

    private static final List<String> NAMES =
            List.of("state", "fence", "events", "due_shard", "due_at", "list", "list_at", "t", "m", "l");

    /** Kinds of values that are taken, by their number in {@link #any}. */
    private static final int[] WELL_FORMED = {0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13};

    private final Random random;
    private final LocalDynamo local = LocalDynamo.shared();
    final String table = local.createLastingTable();
    private final MemoryTable memory = new MemoryTable();
    final Map<String, Integer> answers = new TreeMap<>();
    long localNanos;
    long memoryNanos;
    private int places;

    // placeholders of the request that is being made
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();

    TablePair(long seed) {
        random = new Random(seed);
    }

    /** So many random operations, and the whole table at the end. */
    TablePair play(int operations) {
        for (int i = 0; i < operations; i++) {
            both("operation " + i, operation());
        }
        both("all", all());
        both("scan", scanned(ScanRequest.builder()));
        both("scan of an index", scanned(ScanRequest.builder().indexName("due")));
        both(
                "scan for a state",
                scanned(ScanRequest.builder()
                        .filterExpression("#s = :s")
                        .expressionAttributeNames(Map.of("#s", "state"))
                        .expressionAttributeValues(Map.of(":s", text("accepted")))));
        return this;
    }

    /** @throws AssertionError where they answer in two ways */
    void both(String which, Function<DynamoDbClient, String> operation) {
        long start = System.nanoTime();
        var expected = answer(local.client(), operation);
        long between = System.nanoTime();
        var actual = answer(memory, operation);
        localNanos += between - start;
        memoryNanos += System.nanoTime() - between;
        answers.merge(
                expected.matches("written|[A-Z]\\w+Exception.*") ? expected.replaceFirst(" .*", "") : "read",
                1,
                Integer::sum);
        assertThat(actual).as("%s: %s", which, asked).isEqualTo(expected);
    }

    private static String answer(DynamoDbClient client, Function<DynamoDbClient, String> operation) {
        try {
            return operation.apply(client);
        } catch (ConditionalCheckFailedException e) {
            return e.awsErrorDetails().errorCode() + ' ' + (e.hasItem() ? AttributeValues.text(e.item()) : "nothing");
        } catch (TransactionCanceledException e) {
            // DynamoDB Local says it now so, now so; the AWS documentation has it among the reasons
            if (e.cancellationReasons().stream()
                    .anyMatch(reason -> reason.code().equals("ValidationError"))) {
                return "ValidationException";
            }
            return e.awsErrorDetails().errorCode()
                    + ' '
                    + e.cancellationReasons().stream().map(TablePair::text).toList();
        } catch (DynamoDbException e) {
            return e.awsErrorDetails().errorCode();
        }
    }

    private static String text(CancellationReason reason) {
        return reason.code() + (reason.hasItem() ? AttributeValues.text(reason.item()) : "");
    }

    private String asked = "";

    private Function<DynamoDbClient, String> operation() {
        names.clear();
        values.clear();
        int kind = random.nextInt(100);
        if (kind < 15) {
            var item = item();
            var condition = random.nextInt(3) == 0 ? null : condition(2);
            return asked("put " + item + " if " + condition, client -> {
                client.putItem(put -> put.tableName(table)
                        .item(item)
                        .conditionExpression(condition)
                        .expressionAttributeNames(some(names))
                        .expressionAttributeValues(some(values))
                        .returnValuesOnConditionCheckFailure("ALL_OLD"));
                return "written";
            });
        } else if (kind < 55) {
            var key = key();
            var update = update();
            var condition = random.nextInt(3) == 0 ? null : condition(2);
            return asked("update " + key + ' ' + update + " if " + condition, client -> {
                client.updateItem(change -> change.tableName(table)
                        .key(key)
                        .updateExpression(update)
                        .conditionExpression(condition)
                        .expressionAttributeNames(some(names))
                        .expressionAttributeValues(some(values))
                        .returnValuesOnConditionCheckFailure("ALL_OLD"));
                return "written";
            });
        } else if (kind < 60) {
            var key = key();
            var condition = random.nextInt(3) == 0 ? null : condition(1);
            return asked("delete " + key + " if " + condition, client -> {
                client.deleteItem(delete -> delete.tableName(table)
                        .key(key)
                        .conditionExpression(condition)
                        .expressionAttributeNames(some(names))
                        .expressionAttributeValues(some(values))
                        .returnValuesOnConditionCheckFailure("ALL_OLD"));
                return "written";
            });
        } else if (kind < 75) {
            // one of each item: of two of the same, DynamoDB Local may say that their conditions fail before it says
            // that they are two
            var keys = Stream.generate(this::key)
                    .distinct()
                    .limit(1 + random.nextInt(4))
                    .toList();
            var writes = keys.stream().map(this::transactional).toList();
            return asked("transaction " + writes, client -> {
                client.transactWriteItems(transaction -> transaction.transactItems(writes));
                return "written";
            });
        } else if (kind < 80) {
            var key = key();
            return asked("get " + key, client -> {
                var found = client.getItem(get -> get.tableName(table).key(key).consistentRead(true));
                return found.hasItem() ? AttributeValues.text(found.item()) : "nothing";
            });
        } else if (kind < 84) {
            return batchGet();
        } else if (kind < 88) {
            return batchWrite();
        }
        return query();
    }

    Function<DynamoDbClient, String> asked(String what, Function<DynamoDbClient, String> operation) {
        asked = what + " with " + names + values;
        var theNames = Map.copyOf(names);
        var theValues = Map.copyOf(values);
        return client -> {
            names.clear();
            names.putAll(theNames);
            values.clear();
            values.putAll(theValues);
            return operation.apply(client);
        };
    }

    private static <T> Map<String, T> some(Map<String, T> map) {
        return map.isEmpty() ? null : Map.copyOf(map);
    }

    private TransactWriteItem transactional(Map<String, AttributeValue> key) {
        names.clear();
        values.clear();
        int kind = random.nextInt(10);
        if (kind < 3) {
            var put = Put.builder().tableName(table).item(item(key));
            if (random.nextBoolean()) {
                put.conditionExpression(condition(1));
            }
            return TransactWriteItem.builder()
                    .put(put.expressionAttributeNames(some(names))
                            .expressionAttributeValues(some(values))
                            .returnValuesOnConditionCheckFailure("ALL_OLD")
                            .build())
                    .build();
        } else if (kind < 7) {
            var update = Update.builder().tableName(table).key(key).updateExpression(update());
            if (random.nextInt(3) > 0) {
                update.conditionExpression(condition(1));
            }
            return TransactWriteItem.builder()
                    .update(update.expressionAttributeNames(some(names))
                            .expressionAttributeValues(some(values))
                            .returnValuesOnConditionCheckFailure("ALL_OLD")
                            .build())
                    .build();
        } else if (kind < 8) {
            return TransactWriteItem.builder()
                    .delete(Delete.builder().tableName(table).key(key).build())
                    .build();
        }
        var condition = condition(1);
        return TransactWriteItem.builder()
                .conditionCheck(ConditionCheck.builder()
                        .tableName(table)
                        .key(key)
                        .conditionExpression(condition)
                        .expressionAttributeNames(some(names))
                        .expressionAttributeValues(some(values))
                        .returnValuesOnConditionCheckFailure("ALL_OLD")
                        .build())
                .build();
    }

    private Function<DynamoDbClient, String> batchGet() {
        var keys =
                IntStream.range(0, 1 + random.nextInt(6)).mapToObj(i -> key()).toList();
        return asked("batch get " + keys, client -> client
                .batchGetItem(batch -> batch.requestItems(Map.of(
                        table,
                        KeysAndAttributes.builder()
                                .keys(keys)
                                .consistentRead(true)
                                .build())))
                .responses()
                .get(table)
                .stream()
                .map(AttributeValues::text)
                .sorted()
                .toList()
                .toString());
    }

    private Function<DynamoDbClient, String> batchWrite() {
        var writes = IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> random.nextInt(4) > 0
                        ? WriteRequest.builder()
                                .putRequest(put -> put.item(item()))
                                .build()
                        : WriteRequest.builder()
                                .deleteRequest(delete -> delete.key(key()))
                                .build())
                .toList();
        return asked("batch write " + writes, client -> {
            client.batchWriteItem(batch -> batch.requestItems(Map.of(table, writes)));
            return "written";
        });
    }

    /** All pages of it, each with what tells that there is another. */
    private Function<DynamoDbClient, String> query() {
        var query = QueryRequest.builder().tableName(table);
        var index = pick("", "", "due", "list");
        var hash = index.isEmpty() ? "pk" : index.equals("due") ? "due_shard" : "list";
        var range = index.isEmpty() ? "sk" : hash.equals("list") ? "list_at" : "due_at";
        var hashes = index.isEmpty() ? List.of("P#0", "P#1", "P#2") : List.of("0", "1");
        var condition = name(hash) + " = " + value(text(hashes.get(random.nextInt(hashes.size()))));
        condition += switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> " AND begins_with(" + name(range) + ", " + value(text(pick("A", "B", "0000", ""))) + ')';
            case 2 -> " AND " + name(range) + pick(" = ", " < ", " <= ", " > ", " >= ") + value(text(range(index)));
            default ->
                " AND " + name(range) + " BETWEEN " + value(text(range(index))) + " AND " + value(text(range(index)));
        };
        query.keyConditionExpression(condition)
                .expressionAttributeNames(some(names))
                .expressionAttributeValues(some(values));
        if (!index.isEmpty()) {
            query.indexName(index);
        } else {
            query.consistentRead(random.nextBoolean());
        }
        if (random.nextBoolean()) {
            query.limit(random.nextInt(5));
        }
        if (random.nextBoolean()) {
            query.scanIndexForward(random.nextBoolean());
        }
        var request = query.build();
        return asked("query " + request, client -> pages(client, request));
    }

    static String pages(DynamoDbClient client, QueryRequest request) {
        var pages = new ArrayList<String>();
        Map<String, AttributeValue> start = null;
        do {
            var from = start;
            var page = client.query(request.toBuilder().exclusiveStartKey(from).build());
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
            pages.add(page.items().stream().map(AttributeValues::text).toList() + " then "
                    + (start == null ? "no more" : AttributeValues.text(start)));
        } while (start != null);
        // where a page ends with the last item, DynamoDB Local knows it if the range ends there; DynamoDB never does
        return pages.toString().replaceFirst(" then \\{[^{]*}, \\[\\] then no more]$", " then no more]");
    }

    private String range(String index) {
        return index.isEmpty() ? sk() : String.format("%06d", random.nextInt(places + 2));
    }

    private Function<DynamoDbClient, String> all() {
        return client -> Stream.of("P#0", "P#1", "P#2")
                .map(pk -> pages(
                        client,
                        QueryRequest.builder()
                                .tableName(table)
                                .keyConditionExpression("pk = :pk")
                                .expressionAttributeValues(Map.of(":pk", text(pk)))
                                .build()))
                .collect(Collectors.joining());
    }

    /** In no order. */
    private Function<DynamoDbClient, String> scanned(ScanRequest.Builder scan) {
        return client -> client.scanPaginator(scan.tableName(table).build()).items().stream()
                .map(AttributeValues::text)
                .sorted()
                .collect(Collectors.joining());
    }

    // ---- items, keys, values

    private Map<String, AttributeValue> key() {
        if (random.nextInt(150) == 0) {
            return odd(
                    Map.of("pk", text("P#0"), "sk", number("1")),
                    Map.of("pk", text("P#0")),
                    Map.of("pk", text("P#0"), "sk", text("")));
        }
        return Map.of("pk", text("P#" + random.nextInt(3)), "sk", text(sk()));
    }

    private String sk() {
        return pick("A", "B", "C", "AB", "A\u00e9", "A\uffee", "A\ud83d\ude00");
    }

    @SafeVarargs
    private <T> T odd(T... some) {
        return some[random.nextInt(some.length)];
    }

    private String pick(String... some) {
        return odd(some);
    }

    private Map<String, AttributeValue> item() {
        return item(key());
    }

    private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
        var item = new HashMap<>(key);
        for (int i = random.nextInt(5); i > 0; i--) {
            var name = NAMES.get(random.nextInt(NAMES.size()));
            item.put(name, valueOf(name));
        }
        return item;
    }

    /** Mostly as the product has it under this name. */
    private AttributeValue valueOf(String name) {
        return valueOf(name, 60);
    }

    private AttributeValue valueOf(String name, int oddOneIn) {
        if (random.nextInt(oddOneIn) == 0) {
            return any(2);
        }
        return switch (name) {
            case "due_shard", "list" -> text(pick("0", "1"));
            case "due_at", "list_at" ->
                text(String.format("%06d", places++)); // no two in one place: their order is nobody's
            case "fence", "events" -> number(pick("0", "1", "2", "3", "1.50", "-7", "1e3"));
            case "state" -> text(pick("accepted", "dispatching", "submitted", ""));
            case "t" -> set();
            case "m" ->
                random.nextInt(4) == 0
                        ? AttributeValue.fromM(Map.of())
                        : AttributeValue.fromM(Map.of("a", any(1), "b", number("5")));
            default ->
                random.nextInt(4) == 0
                        ? AttributeValue.fromL(List.of())
                        : AttributeValue.fromL(List.of(any(1), text("x"), number("1.0")));
        };
    }

    private AttributeValue set() {
        return odd(
                AttributeValue.fromSs(List.of("a", "b")),
                AttributeValue.fromSs(List.of("b")),
                AttributeValue.fromSs(List.of("c", "a")),
                AttributeValue.fromNs(List.of("1", "2.0")),
                AttributeValue.fromNs(List.of("2")));
    }

    private AttributeValue any(int depth) {
        return switch (random.nextInt(20) == 0
                ? 6 + random.nextInt(2)
                : WELL_FORMED[random.nextInt(depth > 0 ? 12 : 8)]) {
            case 0 -> text(pick("", "a", "ab", "é\ud83d\ude00"));
            case 1 -> number(pick("0", "-0", "5", "5.0", "123456789012345678901234567890.12345678", "1e40"));
            case 2 -> AttributeValue.fromB(SdkBytes.fromUtf8String(pick("", "a", "ab")));
            case 3 -> AttributeValue.fromBool(random.nextBoolean());
            case 4 -> AttributeValue.fromNul(true);
            case 5 -> set();
            case 6 -> AttributeValue.fromSs(odd(List.of(), List.of("a", "a")));
            case 7 -> odd(AttributeValue.fromNs(List.of("1", "1.0")), number("x"));
            case 8 -> AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("a")));
            case 9 -> text("a");
            case 10, 11 ->
                AttributeValue.fromL(IntStream.range(0, random.nextInt(3))
                        .mapToObj(i -> any(depth - 1))
                        .toList());
            default -> AttributeValue.fromM(Map.of("a", any(depth - 1)));
        };
    }

    static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue number(String number) {
        return AttributeValue.fromN(number);
    }

    // ---- expressions

    private String name(String attribute) {
        var name = "#" + attribute;
        names.put(name, attribute);
        return name;
    }

    private String value(AttributeValue value) {
        var name = ":v" + values.size();
        values.put(name, value);
        return name;
    }

    private String path() {
        return switch (random.nextInt(12)) {
            case 0 -> name("m") + '.' + name(pick("a", "b", "c"));
            case 1 -> name("l") + '[' + random.nextInt(3) + ']';
            case 2 -> name("m") + ".a." + name("a");
            default -> name(NAMES.get(random.nextInt(NAMES.size())));
        };
    }

    /** Not a key of an index: DynamoDB Local takes values of other types for one, in an update. */
    private String target() {
        return Stream.generate(this::path)
                .filter(path -> !isKey(path.substring(1)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isKey(String attribute) {
        return Set.of("due_shard", "due_at", "list", "list_at").contains(attribute);
    }

    private String condition(int depth) {
        if (depth > 0 && random.nextBoolean()) {
            return switch (random.nextInt(6)) {
                case 0 -> "NOT " + condition(depth - 1);
                case 1, 2 -> condition(depth - 1) + " OR " + condition(depth - 1);
                case 3 -> '(' + condition(depth - 1) + ") AND (" + condition(depth - 1) + ')';
                default -> condition(depth - 1) + " AND " + condition(depth - 1);
            };
        }
        var attribute = NAMES.get(random.nextInt(NAMES.size()));
        return switch (random.nextInt(15)) {
            case 0, 1, 2 -> "attribute_not_exists(" + (random.nextBoolean() ? name("pk") : path()) + ')';
            case 3, 4 -> "attribute_exists(" + (random.nextBoolean() ? name("pk") : path()) + ')';
            case 5, 6, 7 ->
                name(attribute) + pick(" = ", " <> ", " < ", " <= ", " > ", " >= ") + value(valueOf(attribute));
            case 8 -> path() + pick(" = ", " <> ", " < ", " >= ") + path();
            case 9 -> name(attribute) + " IN (" + value(valueOf(attribute)) + ", " + value(valueOf(attribute)) + ')';
            case 10 -> name(attribute) + " BETWEEN " + value(valueOf(attribute)) + " AND " + value(valueOf(attribute));
            case 11 -> "size(" + path() + ')' + pick(" = ", " > ", " <= ") + value(number(pick("0", "1", "2", "4")));
            case 12 ->
                "begins_with(" + path() + ", "
                        + value(odd(
                                text("a"), text("00"), text(""), AttributeValue.fromB(SdkBytes.fromUtf8String("a"))))
                        + ')';
            case 13 -> "contains(" + path() + ", " + value(odd(text("a"), number("2"), number("1"), text("x"))) + ')';
            default ->
                "attribute_type(" + path() + ", " + value(text(pick("S", "N", "M", "L", "SS", "BOOL", "NULL", "X")))
                        + ')';
        };
    }

    private String update() {
        var sets = new ArrayList<String>();
        var adds = new ArrayList<String>();
        var deletes = new ArrayList<String>();
        var removes = new ArrayList<String>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            var attribute = NAMES.get(random.nextInt(NAMES.size()));
            switch (random.nextInt(14)) {
                case 0, 1, 2, 3, 4 ->
                    sets.add(name(attribute) + " = "
                            + value(valueOf(attribute, isKey(attribute) ? Integer.MAX_VALUE : 60)));
                case 5 -> sets.add(target() + " = " + value(any(1)));
                case 6 -> sets.add(name("fence") + " = " + name("fence") + pick(" + ", " - ") + value(number("1")));
                case 7 -> sets.add(target() + " = if_not_exists(" + path() + ", " + value(any(1)) + ')');
                case 8 ->
                    sets.add(name("l") + " = list_append("
                            + (random.nextBoolean()
                                    ? name("l") + ", " + value(valueOf("l"))
                                    : value(valueOf("l")) + ", " + name("l"))
                            + ')');
                case 9, 10 ->
                    adds.add(odd(
                            name("events") + ' ' + value(number(pick("1", "-1", "0.5"))),
                            name("t") + ' ' + value(set()),
                            target() + ' ' + value(any(0))));
                case 11 -> deletes.add(odd(name("t"), name("t"), path()) + ' ' + value(set()));
                case 12 -> sets.add(target() + " = " + path());
                default -> removes.add(path());
            }
        }
        return Stream.of(
                        clause("SET ", sets),
                        clause("ADD ", adds),
                        clause("DELETE ", deletes),
                        clause("REMOVE ", removes))
                .filter(clause -> !clause.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String clause(String verb, List<String> actions) {
        return actions.isEmpty() ? "" : verb + String.join(", ", actions);
    }
}
