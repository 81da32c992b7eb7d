package hoopoe.testing;

import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.prove.MemoryTable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The tables of fixtures: of DynamoDB Local, or with {@code -Dhoopoe.tables=memory} in memory. A run over mutants asks for that,
 * because it repeats the tests thousands of times.
 */
public final class FixtureTables {

    private static final boolean IN_MEMORY = "memory".equals(System.getProperty("hoopoe.tables"));

    private static final DynamoDbClient CLIENT =
            IN_MEMORY ? inMemory() : LocalDynamo.shared().client();

    private FixtureTables() {}

    /** Callers do not close it. */
    public static DynamoDbClient client() {
        return CLIENT;
    }

    /** @return the name of a new one, whose items do not expire */
    public static String create() {
        return IN_MEMORY ? "hoopoe-" + UUID.randomUUID() : LocalDynamo.shared().createLastingTable();
    }

    private static DynamoDbClient inMemory() {
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, new ByName());
    }

    /** A table is there when it is first asked for. */
    private static final class ByName implements InvocationHandler {

        /** Tests that are over have left their tables behind. */
        private static final int KEPT = 16;

        private final Map<String, MemoryTable> tables = new LinkedHashMap<>(KEPT, 1, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, MemoryTable> eldest) {
                return size() > KEPT;
            }
        };

        @Override
        public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
            if (!(args != null && args[0] instanceof SdkRequest request)) {
                return InvocationHandler.invokeDefault(proxy, method, args);
            }
            if (request instanceof DeleteTableRequest delete) {
                return deleted(delete.tableName());
            }
            try {
                return method.invoke(of(table(request)), args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private synchronized MemoryTable of(String name) {
            return tables.computeIfAbsent(name, absent -> new MemoryTable());
        }

        private synchronized DeleteTableResponse deleted(String name) {
            tables.remove(name);
            return DeleteTableResponse.builder().build();
        }

        private static String table(SdkRequest request) {
            if (request instanceof BatchGetItemRequest get) {
                return get.requestItems().keySet().iterator().next();
            }
            if (request instanceof BatchWriteItemRequest write) {
                return write.requestItems().keySet().iterator().next();
            }
            return request instanceof TransactWriteItemsRequest transaction
                    ? table(transaction.transactItems().get(0))
                    : request.getValueForField("TableName", String.class).orElseThrow();
        }

        private static String table(TransactWriteItem write) {
            return Stream.of(
                            Optional.ofNullable(write.put()).map(Put::tableName),
                            Optional.ofNullable(write.update()).map(Update::tableName),
                            Optional.ofNullable(write.delete()).map(Delete::tableName),
                            Optional.ofNullable(write.conditionCheck()).map(ConditionCheck::tableName))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
