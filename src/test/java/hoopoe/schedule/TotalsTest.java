package hoopoe.schedule;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.BatchTotal;
import hoopoe.batch.TickFixture;
import hoopoe.message.MessageState;
import hoopoe.store.batch.BatchTotalsRepository;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FixtureTables;
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
    private final TickFixture tickFixture = new TickFixture(new AppFixture(counting(FixtureTables.client())));
    private final AppFixture appFixture = tickFixture.appFixture;

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
        appFixture.provider.dispatchSize(1).sending(FakeProvider::accepted);
        var batch = appFixture.admitted(AppFixture.to(MANY));
        appFixture.clock.move(Duration.ofMinutes(3));
        appFixture.tick();
        return batch;
    }

    private void said(Batch batch, int n, MessageState state, String code) {
        tickFixture.calledBack(
                TickFixture.delivery(appFixture.dispatch(batch, n).submission().reference(), n, state, code));
    }

    private int readsOfATick() {
        appFixture.clock.move(Duration.ofMinutes(1));
        reads.set(0);
        tickFixture.tick();
        return reads.get();
    }

    private Map<String, Integer> kept(Batch batch) {
        return new BatchTotalsRepository(tickFixture.table)
                .find(tickFixture.again(batch))
                .map(BatchTotal::counts)
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
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(1, 0, 0, false, DELIVERED, "100"));

        assertThat(readsOfATick()).isZero();
        assertThat(tickFixture.provider.asked()).hasSize(MANY);
    }
}
