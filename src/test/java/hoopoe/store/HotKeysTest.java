package hoopoe.store;

import static hoopoe.message.MessageState.DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FixtureTables;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** What messages write in the places that they share; {@code src/site/scale.md} says what follows from it. */
@DisabledIfSystemProperty(named = "hoopoe.tables", matches = "memory", disabledReason = "no units are read there")
class HotKeysTest {

    /** By index, and {@code batch} for the item of a batch. */
    private final Map<String, Double> written = new ConcurrentHashMap<>();

    private final TickFixture tickFixture = new TickFixture(new AppFixture(counting(FixtureTables.client())));

    private DynamoDbClient counting(DynamoDbClient client) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    try {
                        if (arguments == null || arguments.length != 1) {
                            return method.invoke(client, arguments);
                        }
                        var answer = method.invoke(client, asking(arguments[0]));
                        consumed(answer).forEach(this::count);
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Object asking(Object request) {
        if (request instanceof UpdateItemRequest update) {
            countItem(update.key());
            return update.toBuilder()
                    .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                    .build();
        } else if (request instanceof PutItemRequest put) {
            countItem(put.item());
            return put.toBuilder()
                    .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                    .build();
        } else if (request instanceof DeleteItemRequest delete) {
            return delete.toBuilder()
                    .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                    .build();
        } else if (request instanceof TransactWriteItemsRequest transaction) {
            transaction.transactItems().forEach(item -> {
                if (item.update() != null) {
                    countItem(item.update().key());
                } else if (item.put() != null) {
                    countItem(item.put().item());
                }
            });
            return transaction.toBuilder()
                    .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                    .build();
        }
        return request;
    }

    private static List<ConsumedCapacity> consumed(Object answer) {
        if (answer instanceof UpdateItemResponse update) {
            return List.of(update.consumedCapacity());
        } else if (answer instanceof PutItemResponse put) {
            return List.of(put.consumedCapacity());
        } else if (answer instanceof DeleteItemResponse delete) {
            return List.of(delete.consumedCapacity());
        }
        return answer instanceof TransactWriteItemsResponse transaction ? transaction.consumedCapacity() : List.of();
    }

    private void count(ConsumedCapacity capacity) {
        capacity.globalSecondaryIndexes()
                .forEach((index, units) -> written.merge(index, units.capacityUnits(), Double::sum));
    }

    private void countItem(Map<String, AttributeValue> item) {
        if (item.get("sk").s().equals("BATCH")) {
            written.merge("batch", 1.0, Double::sum);
        }
    }

    private Batch sent(int messages) {
        tickFixture.provider.dispatchSize(1).sending(FakeProvider::accepted);
        var batch = tickFixture.appFixture.admitted(AppFixture.to(messages));
        tickFixture.appFixture.clock.move(Duration.ofMinutes(3));
        tickFixture.appFixture.tick();
        return batch;
    }

    private String settled(Batch batch) {
        tickFixture.appFixture.clock.move(Duration.ofMinutes(2));
        tickFixture.tick();
        assertThat(tickFixture.again(batch).progress().settled()).hasSize(batch.dispatches());
        return "%.0f, %.0f".formatted(written.get("due"), written.get("batch"));
    }

    private void report() {
        tickFixture.provider.reportingOf(query -> {
            int n = Integer.parseInt(query.messages().get(0).to().e164().substring(5));
            return TickFixture.page(1, n, n + 1, false, DELIVERED, "100");
        });
    }

    private static String row(String what, String figures) {
        return String.format(Locale.ROOT, "| %s | %s |", what, figures.replace(", ", " | "));
    }

    @Test
    void thePageSaysWhatIsCounted() throws IOException {
        report();
        var asked = row("one message, its provider is asked", settled(sent(1)));
        written.clear();
        var called = sent(1);
        tickFixture.calledBack(
                TickFixture.delivery(tickFixture.dispatch(called).submission().reference(), 0, DELIVERED, "100"));
        var told = row("one message, its provider calls back", settled(called));
        written.clear();

        assertThat(Files.readString(Path.of("src", "site", "scale.md"))).contains(asked, told);
        var many = sent(20);
        assertThat(settled(many)).endsWith(", " + (many.dispatches() + 2));
    }
}
