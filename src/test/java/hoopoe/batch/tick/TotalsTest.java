package hoopoe.batch.tick;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.House;
import hoopoe.batch.Watch;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.message.MessageState;
import hoopoe.store.Batch;
import hoopoe.store.BatchTotals;
import hoopoe.store.Totals;
import hoopoe.testing.FakeProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** What summing up a settled batch costs when callbacks of many of its dispatches come late. */
class TotalsTest {

    private static final int MANY = 20;

    /** To read all dispatches of a batch that has as many. */
    private static final int SHARDS = 16;

    private final AtomicInteger reads = new AtomicInteger();
    private final Watch watch =
            new Watch(new House(counting(LocalDynamo.shared().client())));
    private final House house = watch.house;

    /** Counts the queries for dispatches. */
    private DynamoDbClient counting(DynamoDbClient client) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("queryPaginator") && isForDispatches(arguments[0])) {
                        reads.incrementAndGet();
                    }
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static boolean isForDispatches(Object request) {
        return request instanceof QueryRequest query
                && query.expressionAttributeValues().containsKey(":prefix")
                && "DISPATCH#"
                        .equals(query.expressionAttributeValues().get(":prefix").s());
    }

    private Batch submitted() {
        house.provider.dispatchSize(1).sending(FakeProvider::accepted);
        var batch = house.admitted(House.to(MANY));
        house.clock.move(Duration.ofMinutes(3));
        house.tick();
        return batch;
    }

    private void said(Batch batch, int n, MessageState state, String code) {
        watch.calledBack(Watch.delivery(house.dispatch(batch, n).reference(), n, state, code));
    }

    private int readsOfATick() {
        house.clock.move(Duration.ofMinutes(1));
        reads.set(0);
        watch.tick();
        return reads.get();
    }

    private Map<String, Integer> kept(Batch batch) {
        return new BatchTotals(watch.table)
                .find(watch.again(batch))
                .map(Totals::counts)
                .orElse(Map.of());
    }

    @Test
    void dispatchesAreReadOnceATickHoweverManyWereCalledBack() {
        var batch = submitted();
        for (int n = 0; n < MANY; n++) {
            said(batch, n, UNDELIVERED, "101");
        }
        assertThat(readsOfATick()).isEqualTo(SHARDS);
        assertThat(kept(batch)).isEqualTo(Map.of("undelivered", MANY));

        for (int n = 0; n < MANY; n++) {
            said(batch, n, DELIVERED, "100");
        }
        assertThat(readsOfATick()).isEqualTo(SHARDS);
        assertThat(kept(batch)).isEqualTo(Map.of("delivered", MANY));
    }

    @Test
    void theyAreNotReadWhereNothingSettled() {
        submitted();
        watch.provider.reporting((reference, page) -> Watch.page(1, 0, 0, false, DELIVERED, "100"));

        assertThat(readsOfATick()).isZero();
        assertThat(watch.provider.asked()).hasSize(MANY);
    }
}
