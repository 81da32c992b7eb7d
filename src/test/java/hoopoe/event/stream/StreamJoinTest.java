package hoopoe.event.stream;

import static hoopoe.message.MessageState.DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.event.Event;
import hoopoe.message.MessageState;
import hoopoe.observability.Metric;
import hoopoe.platform.Json;
import hoopoe.provider.ReportPage;
import hoopoe.store.Keys;
import hoopoe.store.StreamEvent;
import hoopoe.store.event.PublishedKey;
import hoopoe.store.event.PublishedRepository;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The function on the stream, over records of a table as the stream brings them. */
class StreamJoinTest {

    private static final TypeReference<StreamEvent> EVENT = new TypeReference<>() {};

    private final TickFixture tickFixture = new TickFixture("hoopoe.timing.function", "PT60S");
    private final AppFixture appFixture = tickFixture.appFixture;
    private volatile MessageState reported = MessageState.SUBMITTED;
    private final PublishFunction function = appFixture.beans.get(PublishFunction.class);

    /** Ten minutes of single sends, of which each is called back within a minute: one after another, since none touches another. */
    @Test
    void whatIsCalledBackCostsTheTickNothing() {
        int sent = 0;
        for (int minute = 0; minute < 10; minute++) {
            for (int i = 0; i < 6; i++) {
                var reference = "ref" + sent++;
                var batch = tickFixture.submitted(1, reference);
                publish(batch);
                appFixture.clock.move(Duration.ofSeconds(10));
                tickFixture.calledBack(TickFixture.delivery(reference, 0, DELIVERED, "100"));
                publish(batch);
            }
            assertThat(tickFixture.tick().due()).isZero();
        }
        assertThat(tickFixture.provider.asked()).isEmpty();
        assertThat(sum(Metric.MESSAGES_DELIVERED)).isEqualTo(sent);
    }

    /** Two events of each message, and one of the batch: each once, in calls of a hundred, for two writes of the table a dispatch. */
    @Test
    void tenThousandAreToldInFewCalls() {
        var batch = manySubmitted(10_000, 500);
        var calls = new AtomicInteger();
        appFixture.listener.listening().before(events -> calls.incrementAndGet());
        int writes = appFixture.faults.writes();

        publishAll(batch);
        assertThat(calls).hasValue(10_000 / 100);
        assertThat(appFixture.faults.writes() - writes).isEqualTo(2 * batch.dispatches());
        assertThat(types()).isEqualTo(Map.of("message.submitted", 10_000L));

        reported = MessageState.DELIVERED;
        for (int i = 0; i < 10 && tickFixture.again(batch).progress().settled().size() < batch.dispatches(); i++) {
            appFixture.clock.move(Duration.ofMinutes(2));
            tickFixture.tick();
        }
        publishAll(batch);

        assertThat(types())
                .isEqualTo(Map.of("message.submitted", 10_000L, "message.delivered", 10_000L, "batch.finished", 1L));
        assertThat(new HashSet<>(
                        appFixture.listener.taken().stream().map(Event::id).toList()))
                .hasSize(20_001);
        // The end of the batch is told with its first dispatch, or by two writes and a call of its own.
        int last = calls.get() - 2 * 10_000 / 100;
        assertThat(last).isBetween(0, 1);
        assertThat(eventWrites(batch)).isEqualTo(2 * (2 * batch.dispatches() + last));
    }

    /** A dispatch whose item cannot be read is the tick's; the others are looked at. */
    @Test
    void oneThatFailsHoldsUpNoOther() {
        appFixture.listener.listening();
        var batches = IntStream.range(0, 3)
                .mapToObj(i -> tickFixture.submitted(1, "ref" + i))
                .toList();
        appFixture.faults.at(1, Fault.LOST);
        publish(batches.toArray(Batch[]::new));
        batches.forEach(batch ->
                tickFixture.calledBack(TickFixture.delivery("ref" + batches.indexOf(batch), 0, DELIVERED, "100")));
        appFixture.faults.losing(batches.get(1).id());
        publish(batches.toArray(Batch[]::new));

        assertThat(tickFixture.dispatch(batches.get(0)).due()).isNull();
        assertThat(tickFixture.dispatch(batches.get(1)).due()).isNotNull();
        assertThat(tickFixture.dispatch(batches.get(2)).due()).isNull();
        assertThat(sum(Metric.INTERNAL_ERRORS)).isPositive();
    }

    /** In real time a record is some seconds old; how old the oldest was, is told. */
    @Test
    void saysHowLateItWas() {
        appFixture.clock.set("2026-03-01T04:00:07Z");
        function.publish(Json.read(
                "{\"Records\":[{\"dynamodb\":{\"Keys\":{},\"ApproximateCreationDateTime\":1772337600}}]}"
                        .getBytes(StandardCharsets.UTF_8),
                EVENT));

        assertThat(sum(Metric.PUBLISH_LAG)).isEqualTo(7);
    }

    private Batch manySubmitted(int messages, int each) {
        appFixture.provider.dispatchSize(each).maxRecipients(messages);
        Map<String, List<Integer>> numbers = new ConcurrentHashMap<>();
        var sends = new AtomicInteger();
        appFixture.provider.sending(order -> {
            var reference = "ref" + sends.getAndIncrement();
            numbers.put(
                    reference,
                    order.recipients().stream()
                            .map(recipient ->
                                    Integer.parseInt(recipient.to().e164().substring(5)))
                            .toList());
            return FakeProvider.accepted(reference);
        });
        tickFixture.provider.reporting((reference, page) -> new ReportPage(
                each,
                numbers.get(reference).stream()
                        .map(n -> TickFixture.row(n, reported, "100"))
                        .toList(),
                false));
        var batch = appFixture.admitted(AppFixture.to(messages));
        for (int i = 0; i < 10 && numbers.size() < batch.dispatches(); i++) {
            appFixture.clock.move(Duration.ofMinutes(3));
            tickFixture.tick();
        }
        return tickFixture.again(batch);
    }

    /** Each write of what was told is a version of its item. */
    private int eventWrites(Batch batch) {
        var told = appFixture.beans.get(PublishedRepository.class);
        return IntStream.range(0, batch.dispatches())
                .map(n -> told.find(PublishedKey.of(batch, n)).version())
                .sum();
    }

    private Map<String, Long> types() {
        return appFixture.listener.taken().stream()
                .collect(Collectors.groupingBy(event -> event.type().label(), Collectors.counting()));
    }

    private double sum(Metric metric) {
        appFixture.told.metrics().flush();
        return appFixture.told.sum(metric);
    }

    private void publish(Batch... batches) {
        function.publish(event(Stream.of(batches).map(batch -> key(batch, 0)).toList()));
    }

    private void publishAll(Batch batch) {
        function.publish(event(IntStream.range(0, batch.dispatches())
                .mapToObj(n -> key(batch, n))
                .toList()));
    }

    private static String key(Batch batch, int n) {
        var key = Keys.dispatch(batch.id(), n);
        return "{\"dynamodb\":{\"Keys\":{\"pk\":{\"S\":\"%s\"},\"sk\":{\"S\":\"%s\"}}}}".formatted(key.pk(), key.sk());
    }

    /** Each record twice: the stream may repeat. */
    private static StreamEvent event(List<String> records) {
        var all = new ArrayList<>(records);
        all.addAll(records);
        return Json.read(("{\"Records\":[" + String.join(",", all) + "]}").getBytes(StandardCharsets.UTF_8), EVENT);
    }
}
