package hoopoe.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The table in memory answers as DynamoDB Local does: the same random operations on both, and the same table at the end. */
class MemoryTablePropertyTest {

    private static final int OPERATIONS = Integer.getInteger("hoopoe.prove.operations", 20_000);
    private static final long SEED = Long.getLong("hoopoe.prove.seed", 14);

    /** Of each processor one: DynamoDB Local takes most of the time. */
    private static final int PAIRS = 2;

    /** On pairs of tables, side by side. */
    @Test
    void sameAnswers() throws InterruptedException, ExecutionException {
        var threads = Executors.newFixedThreadPool(PAIRS);
        try {
            var answers = new TreeMap<String, Integer>();
            var localNanos = 0L;
            var memoryNanos = 0L;
            for (var played : threads.invokeAll(LongStream.range(SEED, SEED + PAIRS)
                    .<Callable<TablePair>>mapToObj(seed -> () -> new TablePair(seed).play(OPERATIONS / PAIRS))
                    .toList())) {
                var pair = played.get();
                pair.answers.forEach((answer, times) -> answers.merge(answer, times, Integer::sum));
                localNanos += pair.localNanos;
                memoryNanos += pair.memoryNanos;
            }
            assertThat(answers.keySet())
                    .as("every kind of answer is met")
                    .contains(
                            "written",
                            "ConditionalCheckFailedException",
                            "TransactionCanceledException",
                            "ValidationException");
            System.out.printf(
                    "table in memory: %d operations, %.1f µs each; DynamoDB Local %.0f µs each; %s%n",
                    OPERATIONS, memoryNanos / 1e3 / OPERATIONS, localNanos / 1e3 / OPERATIONS, answers);
        } finally {
            threads.shutdownNow();
        }
    }

    /** How large items, transactions, pages and batches may be. */
    @Test
    void sameLimits() {
        var pair = new TablePair(SEED);
        for (int size : new int[] {400 * 1024, 400 * 1024 + 1, 1024}) {
            pair.both("item", pair.asked("put of " + size + " bytes", put(pair, sized("X", size))));
            pair.both("item", pair.asked("update to " + size + " bytes", client -> {
                client.updateItem(change -> change.tableName(pair.table)
                        .key(Map.of("pk", TablePair.text("P#0"), "sk", TablePair.text("U")))
                        .updateExpression("SET big = :big")
                        .expressionAttributeValues(
                                Map.of(":big", sized("U", size).get("big"))));
                return "written";
            }));
        }
        for (int i = 0; i < 60; i++) {
            pair.both("many", put(pair, sized(String.format("Y%02d", i), 300 * 1024)));
        }
        for (var query : List.of(
                QueryRequest.builder(),
                QueryRequest.builder().scanIndexForward(false),
                QueryRequest.builder().limit(2))) {
            var request = query.tableName(pair.table)
                    .keyConditionExpression("pk = :pk AND begins_with(sk, :y)")
                    .expressionAttributeValues(Map.of(":pk", TablePair.text("P#0"), ":y", TablePair.text("Y0")))
                    .build();
            pair.both("pages", client -> TablePair.pages(client, request));
        }
        pair.both("batch get", client -> {
            var keys = IntStream.range(0, 60)
                    .mapToObj(i -> Map.of("pk", TablePair.text("P#0"), "sk", TablePair.text(String.format("Y%02d", i))))
                    .toList();
            var found = client.batchGetItem(get -> get.requestItems(Map.of(
                    pair.table,
                    KeysAndAttributes.builder().keys(keys).consistentRead(true).build())));
            return found.responses().get(pair.table).size() + " and "
                    + found.unprocessedKeys().get(pair.table).keys().size();
        });
        for (int n : new int[] {13, 14, 100, 101}) {
            int bytes = n < 50 ? 300 * 1024 : 1024;
            pair.both("transaction of " + n, client -> {
                client.transactWriteItems(transaction -> transaction.transactItems(IntStream.range(0, n)
                        .mapToObj(i -> TransactWriteItem.builder()
                                .put(Put.builder()
                                        .tableName(pair.table)
                                        .item(sized("T" + i, bytes))
                                        .build())
                                .build())
                        .toList()));
                return "written";
            });
        }
        for (int n : new int[] {25, 26}) {
            pair.both("batch of " + n, client -> {
                client.batchWriteItem(batch -> batch.requestItems(Map.of(
                        pair.table,
                        IntStream.range(0, n)
                                .mapToObj(i -> WriteRequest.builder()
                                        .putRequest(put -> put.item(sized("B" + i, 100)))
                                        .build())
                                .toList())));
                return "written";
            });
        }
    }

    private static Function<DynamoDbClient, String> put(TablePair pair, Map<String, AttributeValue> item) {
        return client -> {
            client.putItem(put -> put.tableName(pair.table).item(item));
            return "written";
        };
    }

    private static Map<String, AttributeValue> sized(String sk, int bytes) {
        int rest = bytes - "pkP#0sk".length() - sk.length() - "big".length();
        return Map.of("pk", TablePair.text("P#0"), "sk", TablePair.text(sk), "big", TablePair.text("x".repeat(rest)));
    }
}
