package hoopoe.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.message.MessageState;
import hoopoe.message.Ulid;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventTest {

    private static final Instant AT = Instant.parse("2026-03-01T04:00:00.123456Z");
    private static final String ID = Event.id(AT, "bat_1:2:3");

    private static Event event(Map<String, Object> data, Map<String, Object> content) {
        return new Event(ID, EventType.MESSAGE_DELIVERED, AT, "shop", "taipei", data, content);
    }

    @Test
    void thePayloadIsTheSameWhateverTheOrder() {
        var data = new HashMap<String, Object>(Map.of("version", 3, "final", true, "batch_id", "bat_1"));
        data.put("provider_code", null);
        data.put("counts", new HashMap<>(Map.of("z", 1, "a", 2, "m", 3)));

        assertThat(event(data, Map.of("to", "+886912345678")).body(false))
                .isEqualTo(
                        "{\"id\":\"" + ID
                                + "\",\"type\":\"message.delivered\",\"timestamp\":\"2026-03-01T04:00:00.123Z\","
                                + "\"data\":{\"batch_id\":\"bat_1\",\"counts\":{\"a\":2,\"m\":3,\"z\":1},\"final\":true,\"version\":3}}");
    }

    @Test
    void numbersAndTextsAreShownToThoseWhoAsk() {
        var event = event(Map.of("version", 1), Map.of("to", "+886912345678", "text", "canary"));

        assertThat(event.body(true)).contains("\"data\":{\"text\":\"canary\",\"to\":\"+886912345678\",\"version\":1}");
        assertThat(event.body(false)).doesNotContain("canary", "88691");
        assertThat(event.toString()).isEqualTo("Event[" + ID + ", message.delivered]");
    }

    @Test
    void anIdIsItsTimeAndSubject() {
        assertThat(ID).matches("evt_[0-9A-HJKMNP-TV-Z]{26}").isEqualTo(Event.id(AT, "bat_1:2:3"));
        assertThat(Ulid.time(ID.substring(4))).isEqualTo(Instant.parse("2026-03-01T04:00:00.123Z"));
        assertThat(Stream.of("bat_1:2:4", "bat_1:3:3", "bat_2:2:3").map(other -> Event.id(AT, other)))
                .doesNotContain(ID)
                .doesNotHaveDuplicates();
        assertThat(Event.id(AT.plusMillis(1), "a")).isGreaterThan(ID);
    }

    @Test
    void anIdOfAnotherTimeIsRefused() {
        assertThatThrownBy(() ->
                        new Event(ID, EventType.WEBHOOK_TEST, AT.plusSeconds(1), "shop", null, Map.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eachTypeHasItsName() {
        assertThat(Arrays.stream(EventType.values()).map(EventType::label))
                .containsExactly(
                        "message.scheduled",
                        "message.submitted",
                        "message.delivered",
                        "message.undelivered",
                        "message.failed",
                        "message.rejected",
                        "message.expired",
                        "message.cancelled",
                        "message.unconfirmed",
                        "message.unknown",
                        "batch.finished",
                        "reply.received",
                        "account.blocked",
                        "account.available",
                        "account.credit_low",
                        "webhook.disabled",
                        "webhook.test");
        assertThat(EventType.values())
                .allMatch(type -> EventType.of(type.label()).orElseThrow() == type);
        assertThat(EventType.of("message.sent")).isEmpty();
    }

    @Test
    void allStatesAreToldButThoseBeforeTheProviderHasTheMessage() {
        assertThat(Arrays.stream(MessageState.values())
                        .filter(state -> EventType.of(state).isEmpty()))
                .containsExactly(MessageState.ACCEPTED, MessageState.DISPATCHING);
    }
}
