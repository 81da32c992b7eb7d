package hoopoe.prove;

import hoopoe.prove.Scheduler.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** The table as workers reach it: each operation is an effect, and may fail as DynamoDB's do. */
final class WorkerClient implements DynamoDbClient {

    private static final Fault[] READ = {Fault.CRASH_BEFORE, Fault.FREEZE_BEFORE, Fault.FREEZE_AFTER, Fault.UNREACHED};
    private static final Fault[] WRITE = Fault.values();

    /** Puts of a batch meet no conflict. */
    private static final Fault[] BATCH = {
        Fault.CRASH_BEFORE,
        Fault.CRASH_AFTER,
        Fault.FREEZE_BEFORE,
        Fault.FREEZE_AFTER,
        Fault.LOST,
        Fault.UNREACHED,
        Fault.REPEATED
    };

    private static final Scheduler.Failing ALONE = failing(false);
    private static final Scheduler.Failing TOGETHER = failing(true);

    private final MemoryTable table;
    private final Scheduler scheduler;

    WorkerClient(MemoryTable table, Scheduler scheduler) {
        this.table = table;
        this.scheduler = scheduler;
    }

    private static Scheduler.Failing failing(boolean isTransaction) {
        return new Scheduler.Failing() {
            @Override
            public RuntimeException lost() {
                return SdkClientException.builder()
                        .message("no answer")
                        .writableStackTrace(false)
                        .build();
            }

            @Override
            public RuntimeException conflict() {
                return isTransaction
                        ? TransactionCanceledException.builder()
                                .message("conflict")
                                .cancellationReasons(CancellationReason.builder()
                                        .code("TransactionConflict")
                                        .build())
                                .writableStackTrace(false)
                                .build()
                        : TransactionConflictException.builder()
                                .message("conflict")
                                .writableStackTrace(false)
                                .build();
            }
        };
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        return read(() -> "reads " + name(request.key()), () -> table.getItem(request));
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        return read(
                () -> "reads "
                        + request.requestItems().values().stream()
                                .mapToInt(keys -> keys.keys().size())
                                .sum() + " items",
                () -> table.batchGetItem(request));
    }

    @Override
    public QueryResponse query(QueryRequest request) {
        return read(
                () -> "looks for " + (request.indexName() == null ? "" : request.indexName() + ' ')
                        + request.expressionAttributeValues().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(value -> value.getValue().s())
                                .toList(),
                () -> table.query(request));
    }

    private <T> T read(Supplier<String> what, Supplier<T> operation) {
        return scheduler.effect(what, ALONE, READ, operation);
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
        return write(() -> "puts " + name(request.item()), () -> table.putItem(request));
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        return write(
                () -> "updates " + name(request.key())
                        + changes(
                                request.updateExpression(),
                                request.expressionAttributeNames(),
                                request.expressionAttributeValues()),
                () -> table.updateItem(request));
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
        return write(() -> "deletes " + name(request.key()), () -> table.deleteItem(request));
    }

    private <T> T write(Supplier<String> what, Supplier<T> operation) {
        return scheduler.effect(what, ALONE, WRITE, operation);
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        return scheduler.effect(
                () -> "writes together "
                        + request.transactItems().stream()
                                .map(WorkerClient::name)
                                .toList(),
                TOGETHER,
                WRITE,
                () -> table.transactWriteItems(request));
    }

    @Override
    public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
        return scheduler.effect(
                () -> "puts "
                        + request.requestItems().values().stream()
                                .mapToInt(List::size)
                                .sum() + " items",
                ALONE,
                BATCH,
                () -> table.batchWriteItem(request));
    }

    private static String name(TransactWriteItem item) {
        if (item.put() != null) {
            return name(item.put().item());
        } else if (item.update() != null) {
            return name(item.update().key())
                    + changes(
                            item.update().updateExpression(),
                            item.update().expressionAttributeNames(),
                            item.update().expressionAttributeValues());
        }
        return item.delete() != null
                ? "delete " + name(item.delete().key())
                : "check " + name(item.conditionCheck().key());
    }

    private static String name(Map<String, AttributeValue> key) {
        return key.get("pk").s() + '/' + key.get("sk").s();
    }

    /** What tells a reader where the item goes; never a mark of an attempt, which no seed gives. */
    private static String changes(String update, Map<String, String> names, Map<String, AttributeValue> values) {
        if (update == null) {
            return "";
        }
        var changed = names.entrySet().stream()
                .filter(name -> List.of("state", "due_at", "reference", "erase", "settled", "spread", "pending")
                        .contains(name.getValue()))
                .sorted(Map.Entry.comparingByValue())
                .flatMap(name ->
                        value(update, name.getKey(), values).map(value -> name.getValue() + '=' + value).stream())
                .collect(Collectors.joining(", "));
        return changed.isEmpty() ? "" : " (" + changed + ')';
    }

    private static Optional<String> value(String update, String name, Map<String, AttributeValue> values) {
        var set = Pattern.compile(Pattern.quote(name) + " = (:v\\d+)").matcher(update);
        return set.find() && values.get(set.group(1)).s() != null
                ? Optional.of(values.get(set.group(1)).s())
                : Optional.empty();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
