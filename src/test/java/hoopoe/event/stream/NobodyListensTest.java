package hoopoe.event.stream;

import static hoopoe.message.MessageState.DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.event.bus.BusSink;
import hoopoe.event.publish.EventSinks;
import hoopoe.event.webhook.QueueSink;
import hoopoe.platform.Json;
import hoopoe.store.Keys;
import hoopoe.store.StreamEvent;
import hoopoe.store.event.WebhookEndpointRepository;
import hoopoe.store.table.Key;
import hoopoe.testing.WebhookEndpoints;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The real sinks without a bus, and with a queue of webhooks for which nobody has an endpoint: a stack that was just deployed. */
class NobodyListensTest {

    private static final TypeReference<StreamEvent> EVENT = new TypeReference<>() {};
    private static final Map<String, Integer> NOTHING = Map.of();
    private static final Map<String, Integer> ONE_READ = Map.of("getItem", 1);

    /** Dispatch, batch, recipients, report and callbacks are read; begin, report, settled and end are written, the end with the usage. */
    private static final Map<String, Integer> CHECK =
            Map.of("getItem", 4, "queryPaginator", 1, "transactWriteItems", 2, "updateItem", 2);

    /** Who listens is asked for once a minute, by each environment. */
    private static final Map<String, Integer> WHO_LISTENS = Map.of("queryPaginator", 1);

    private final AppFixture appFixture = new AppFixture(
            "hoopoe.webhooks.queue",
            "http://127.0.0.1:1/000000000000/never-called",
            "aws.region",
            "us-east-1",
            "hoopoe.timing.function",
            "PT60S");
    private final TickFixture tickFixture = withRealSinks();
    private final PublishFunction function = appFixture.beans.get(PublishFunction.class);
    private Batch batch;

    private TickFixture withRealSinks() {
        var beans = appFixture.beans;
        beans.given(new EventSinks(Stream.of(beans.get(BusSink.class), beans.get(QueueSink.class)), appFixture.clock));
        return new TickFixture(appFixture);
    }

    /** From the send to the last state, by way of a callback: the tick finds nothing to do, and what it would have done costs the same. */
    @Test
    void theStreamCostsOneReadAMessage() {
        tickFixture.tick();
        appFixture.clock.move(Duration.ofMinutes(1));
        var idle = counted(tickFixture::tick);
        var send = counted(() -> send(1, "ref0"));
        var callback = counted(() -> callBack("ref0", 0));
        appFixture.clock.move(Duration.ofMinutes(1));
        var tick = counted(tickFixture::tick);
        assertIsSettled();

        assertThat(counted(() -> send(1, "ref1"))).isEqualTo(send);
        assertThat(counted(this::publish)).isEqualTo(ONE_READ);
        assertThat(counted(() -> callBack("ref1", 0))).isEqualTo(callback);
        var join = counted(this::publish);
        assertIsSettled();
        appFixture.clock.move(Duration.ofMinutes(1));
        assertThat(counted(tickFixture::tick)).isEqualTo(idle);

        assertThat(join).isEqualTo(difference(tick, idle));
        assertThat(join).isEqualTo(CHECK);
        assertNothingOfEvents();
    }

    @Test
    void eachLookAtADispatchThatWaitsIsOneRead() {
        send(3, "ref");
        assertThat(counted(this::publish)).isEqualTo(plus(ONE_READ, WHO_LISTENS));
        callBack("ref", 0);
        assertThat(counted(this::publish)).isEqualTo(ONE_READ);
        callBack("ref", 1);
        assertThat(counted(this::publish)).isEqualTo(ONE_READ);
        callBack("ref", 2);
        publish();
        assertIsSettled();
        assertNothingOfEvents();
    }

    /** Whose batch it is says the batch: one read more. */
    @Test
    void anotherCallersEndpointCostsNoWrite() {
        appFixture
                .beans
                .get(WebhookEndpointRepository.class)
                .add(WebhookEndpoints.of("another", "https://example.com/"));
        send(2, "ref");
        assertThat(counted(this::publish)).isEqualTo(plus(plus(ONE_READ, ONE_READ), WHO_LISTENS));
        callBack("ref", 0);
        assertThat(counted(this::publish)).isEqualTo(plus(ONE_READ, ONE_READ));
        callBack("ref", 1);
        assertThat(counted(this::publish)).isEqualTo(CHECK);
        assertIsSettled();
        assertThat(keys()).noneMatch(key -> key.contains("PUBLISHED"));
    }

    @Test
    void aReplyCostsNothing() {
        send(1, "ref");
        publish();
        tickFixture.calledBack(TickFixture.reply("ref", 0, "yes", appFixture.clock.instant()));
        assertThat(counted(() -> publish(new Key(Keys.FEED, "2026-03-01T04:00:00.000Z"))))
                .isEqualTo(NOTHING);
        assertNothingOfEvents();
    }

    private void callBack(String reference, int n) {
        tickFixture.calledBack(TickFixture.delivery(reference, n, DELIVERED, "100"));
    }

    private void send(int recipients, String reference) {
        batch = tickFixture.submitted(recipients, reference);
    }

    private void assertIsSettled() {
        assertThat(tickFixture.dispatch(batch).due()).isNull();
        assertThat(tickFixture.dispatch(batch).checks().counts()).containsOnlyKeys("delivered");
    }

    /** As the stream does when the dispatch has changed. */
    private void publish() {
        publish(Keys.dispatch(batch.id(), 0));
    }

    private void publish(Key key) {
        function.publish(Json.read(
                "{\"Records\":[{\"dynamodb\":{\"Keys\":{\"pk\":{\"S\":\"%s\"},\"sk\":{\"S\":\"%s\"}}}}]}"
                        .formatted(key.pk(), key.sk())
                        .getBytes(StandardCharsets.UTF_8),
                EVENT));
    }

    private Map<String, Integer> counted(Runnable work) {
        var before = operations();
        work.run();
        return difference(operations(), before);
    }

    private Map<String, Integer> operations() {
        var counts = new TreeMap<String, Integer>();
        Stream.concat(appFixture.faults.reads().stream(), appFixture.faults.names().stream())
                .forEach(name -> counts.merge(name, 1, Integer::sum));
        return counts;
    }

    private static Map<String, Integer> difference(Map<String, Integer> all, Map<String, Integer> before) {
        var left = new TreeMap<>(all);
        before.forEach((name, count) -> left.merge(name, -count, Integer::sum));
        left.values().removeIf(count -> count == 0);
        return left;
    }

    private static Map<String, Integer> plus(Map<String, Integer> one, Map<String, Integer> other) {
        var all = new TreeMap<>(one);
        other.forEach((name, count) -> all.merge(name, count, Integer::sum));
        return all;
    }

    private void assertNothingOfEvents() {
        assertThat(keys())
                .isNotEmpty()
                .noneMatch(key -> key.contains("PUBLISHED") || key.contains("WEBHOOK") || key.contains("TOLD"));
    }

    private List<String> keys() {
        return appFixture.healthy.scanPaginator(scan -> scan.tableName(appFixture.name)).items().stream()
                .map(item -> item.get("pk").s() + ' ' + item.get("sk").s())
                .toList();
    }
}
