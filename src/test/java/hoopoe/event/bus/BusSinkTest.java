package hoopoe.event.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.aws.AwsApi;
import hoopoe.aws.AwsJsonClient;
import hoopoe.aws.BatchCalls;
import hoopoe.event.Event;
import hoopoe.event.EventSink.SinkResult;
import hoopoe.event.EventType;
import hoopoe.local.bus.LocalBus;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.local.iam.Arn;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.platform.Json;
import hoopoe.testing.LogLines;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Over a socket, against a bus that reads the wire by code of its own and checks the signature. */
class BusSinkTest {

    private static final Instant AT = Instant.parse("2026-03-01T04:00:00.500Z");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final LocalBus bus = LocalBus.start(
            0,
            (principal, action, resource) ->
                    resource.equals(Arn.bus("hoopoe-dev")) && action.equals("events:PutEvents"));

    @AfterEach
    void close() {
        bus.close();
    }

    private BusSink sink(String name) {
        var credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("publish", LocalDynamo.CREDENTIAL));
        return new BusSink(
                Optional.of(name),
                () -> new AwsJsonClient(
                        AwsApi.EVENT_BRIDGE,
                        URI.create(bus.url()),
                        LocalDynamo.REGION,
                        credentials,
                        AwsJsonClient.http()));
    }

    private SinkResult give(List<Event> events) {
        return sink("hoopoe-dev").give(events, false, LIMIT);
    }

    private static Event event(int n) {
        return event(n, "hello");
    }

    private static Event event(int n, String text) {
        return new Event(
                Event.id(AT, "bat_1:" + n),
                EventType.MESSAGE_DELIVERED,
                AT,
                "shop",
                "taipei",
                Map.of("message_id", "msg_" + n, "version", n),
                Map.of("to", "+886912345678", "text", text));
    }

    private static List<Event> events(int number) {
        return IntStream.range(0, number).mapToObj(BusSinkTest::event).toList();
    }

    private List<String> shown() {
        return bus.events().stream()
                .map(event -> event.path("detail").path("id").asText())
                .toList();
    }

    private static List<String> ids(List<Event> events) {
        return events.stream().map(Event::id).toList();
    }

    @Test
    void anEventIsAnEntryWithItsPayload() {
        assertThat(give(events(1))).isEqualTo(SinkResult.all(events(1)));

        var shown = bus.events().get(0);
        assertThat(shown.path("source").asText()).isEqualTo("hoopoe");
        assertThat(shown.path("detail-type").asText()).isEqualTo("message.delivered");
        assertThat(shown.path("time").asText()).isEqualTo("2026-03-01T04:00:00Z");
        assertThat(shown.path("resources")).isEmpty();
        assertThat(shown.path("detail").toString()).isEqualTo(event(0).body(false));
        var request = bus.wire().last("PutEvents").orElseThrow().request();
        assertThat(request.header("X-Amz-Target")).hasValue("AWSEvents.PutEvents");
        assertThat(request.text()).doesNotContain("hello", "88691").contains("\"EventBusName\":\"hoopoe-dev\"");
    }

    @Test
    void withContentItHasNumbersAndTexts() {
        sink("hoopoe-dev").give(events(1), true, LIMIT);

        assertThat(bus.events().get(0).path("detail").path("data").path("text").asText())
                .isEqualTo("hello");
    }

    @Test
    void aBusIsNamedByItsArnToo() {
        assertThat(sink(Arn.bus("hoopoe-dev")).give(events(1), false, LIMIT).owed())
                .isEmpty();
    }

    @Test
    void aCallHasTenEventsAndAQuarterOfAMegabyteAtMost() {
        assertThat(give(events(25)).taken()).hasSize(25);
        assertThat(bus.wire().count("PutEvents")).isEqualTo(3);
        assertThat(shown()).isEqualTo(ids(events(25)));

        bus.wire().clear();
        var large = IntStream.range(0, 7)
                .mapToObj(n -> event(n, "é".repeat(50_000)))
                .toList();
        assertThat(sink("hoopoe-dev").give(large, true, LIMIT).owed()).isEmpty();
        assertThat(bus.wire().count("PutEvents")).isEqualTo(4);
    }

    /** The bus would refuse the call with all that goes along. */
    @Test
    void whatIsTooLargeForACallTakesNothingAlong() {
        var tooLarge = event(1, "x".repeat(300_000));

        assertThat(sink("hoopoe-dev").give(List.of(event(0), tooLarge, event(2)), true, LIMIT))
                .isEqualTo(new SinkResult(
                        List.of(event(0), event(2)), List.of(event(1, "x".repeat(300_000))), Optional.of("too_large")));
    }

    @Test
    void refusedEntriesAloneAreRepeated() {
        bus.refuse(2, "ThrottlingException");

        assertThat(give(events(10)).owed()).isEmpty();
        assertThat(shown()).containsExactlyInAnyOrderElementsOf(ids(events(10)));
        assertThat(bus.wire().exchanges("PutEvents").stream()
                        .map(exchange -> exchange.request().text().split("DetailType", -1).length - 1))
                .containsExactly(10, 2);
    }

    @Test
    void whatIsRefusedThreeTimesIsOwed() {
        bus.refuse(30, "InternalFailure");
        var result = give(events(10));

        assertThat(result).isEqualTo(new SinkResult(List.of(), events(10), Optional.of("InternalFailure")));
        assertThat(bus.wire().count("PutEvents")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"400, ThrottlingException", "500, InternalServiceError"})
    void whatPassesIsRepeated(int status, String code) {
        bus.faults().plan("PutEvents", 0, 2, Fault.refuses(status));
        assertThat(give(events(2)).owed()).isEmpty();

        bus.faults().always("PutEvents", Fault.refuses(status));
        bus.wire().clear();
        assertThat(give(events(12))).isEqualTo(new SinkResult(List.of(), events(12), Optional.of(code)));
        assertThat(bus.wire().count("PutEvents")).isEqualTo(3);
    }

    @Test
    void aBusThatGoesAwayInBetweenOwesTheRest() {
        bus.faults().plan("PutEvents", 1, 100, Fault.dropBeforeWork(Ending.CLOSE));

        var result = give(events(25));

        assertThat(ids(result.taken())).isEqualTo(ids(events(25)).subList(0, 10));
        assertThat(ids(result.owed())).isEqualTo(ids(events(25)).subList(10, 25));
        assertThat(result.code()).isPresent();
    }

    /** The same entries with the same content: a consumer knows them by their ids. */
    @Test
    void aLostAnswerIsARepeat() {
        bus.faults().next("PutEvents", Fault.dropAfterWork(Ending.RESET));

        assertThat(give(events(1)).owed()).isEmpty();
        assertThat(bus.events().stream().map(event -> event.path("detail")))
                .hasSize(2)
                .containsOnly(detail(event(0)));
    }

    private static JsonNode detail(Event event) {
        return Json.tree(event.body(false)).orElseThrow();
    }

    @Test
    void nobodyListens() {
        bus.server().refuse();

        assertThat(give(events(1))).isEqualTo(new SinkResult(List.of(), events(1), Optional.of("ConnectException")));
    }

    @Test
    void theTimeIsKept() {
        bus.faults().always("PutEvents", Fault.slow(Duration.ofSeconds(10)));
        var begin = System.nanoTime();

        assertThat(sink("hoopoe-dev")
                        .give(events(12), false, Duration.ofMillis(700))
                        .code())
                .hasValue("timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whatMayNotBeDoneIsOwedAndLoggedWithoutContent() {
        try (var log = LogLines.of(BatchCalls.class.getName())) {
            var result = sink("another").give(events(3), true, LIMIT);

            assertThat(result.code()).hasValue("AccessDeniedException");
            assertThat(result.owed()).hasSize(3);
            assertThat(log.all())
                    .containsExactly(
                            "PutEvents: AccessDeniedException, status 400, AWS request id unknown",
                            "PutEvents: AccessDeniedException, 3 of 3 entries are owed");
        }
        assertThat(bus.wire().count("PutEvents")).isEqualTo(1);
    }

    @Test
    void withoutABusNothingIsOwed() {
        var none = new BusSink(Optional.empty(), () -> {
            throw new IllegalStateException("nobody needs a client");
        });

        assertThat(none.listens("shop")).isFalse();
        assertThat(sink("hoopoe-dev").listens(null)).isTrue();
        assertThat(none.give(events(3), false, LIMIT)).isEqualTo(SinkResult.all(events(3)));
    }
}
