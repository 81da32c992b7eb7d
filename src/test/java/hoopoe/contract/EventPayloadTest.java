package hoopoe.contract;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.batch.AppFixture;
import hoopoe.batch.TickFixture;
import hoopoe.event.Event;
import hoopoe.event.EventType;
import hoopoe.provider.SendOutcome;
import hoopoe.testing.Api;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What is told is as the document's {@code webhooks} say. */
class EventPayloadTest {

    private final OpenApi document = OpenApi.read();
    private final TickFixture tickFixture = new TickFixture();
    private final AppFixture appFixture = tickFixture.appFixture;

    @Test
    void everyTypeHasOnePayload() {
        assertThat(payloads().flatMap(EventPayloadTest::types))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(EventType.values()).map(EventType::label).toList());
    }

    /** They would make operations of a client of it, where it is one who is called, and one of them a program that does not compile. */
    @Test
    void generatorsOfClientsLeaveThemOut() {
        assertThat(document.at("/webhooks")).isNotEmpty().allMatch(hook -> hook.at("/post/x-internal")
                .asBoolean());
    }

    @Test
    void whatIsToldIsOneOfThem() {
        appFixture.listener.listening();
        var batch = tickFixture.submitted(2, "ref");
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        tickFixture.checkWhenDue(batch);
        tickFixture.calledBack(TickFixture.delivery("ref", 1, UNDELIVERED, "101"));
        tickFixture.checkWhenDue(batch);
        appFixture.provider.sending(order -> new SendOutcome.Rejected("-306", "no"));
        tickFixture.checkWhenDue(appFixture.admitted(AppFixture.to(1)));

        var told = appFixture.listener.taken();

        assertThat(told.stream().map(Event::type))
                .contains(
                        EventType.MESSAGE_DELIVERED,
                        EventType.MESSAGE_UNDELIVERED,
                        EventType.MESSAGE_REJECTED,
                        EventType.BATCH_FINISHED);
        assertThat(told).allSatisfy(event -> {
            for (var withContent : List.of(true, false)) {
                var body = event.body(withContent);
                assertThat(document.strictFaults(payload(event), Api.json(body)))
                        .as(body)
                        .isEmpty();
            }
        });
    }

    private JsonNode payload(Event event) {
        return payloads()
                .filter(payload -> types(payload).anyMatch(event.type().label()::equals))
                .findFirst()
                .orElseThrow();
    }

    private Stream<JsonNode> payloads() {
        return StreamSupport.stream(document.at("/webhooks").spliterator(), false)
                .map(hook -> document.resolved(hook.at("/post/requestBody/content/application~1json/schema")));
    }

    private static Stream<String> types(JsonNode payload) {
        return StreamSupport.stream(payload.at("/properties/type/enum").spliterator(), false)
                .map(JsonNode::asText);
    }
}
