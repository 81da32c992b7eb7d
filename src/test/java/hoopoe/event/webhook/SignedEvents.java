package hoopoe.event.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.event.Event;
import hoopoe.event.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Events as they are posted, signed here and now, for {@code src/local/python/events_check.py}: a line of JSON for each, with its headers,
 * its body, and what a receiver answers and says.
 */
public final class SignedEvents {

    private static final String BATCH = "bat_01M81WY9BWAJ2YZM27T6AAYQQ3";
    private static final String MESSAGE = BATCH + "-0";

    private SignedEvents() {}

    /** @param arguments the receiver's secret, and another */
    public static void main(String[] arguments) throws IOException {
        var now = Instant.now();
        var own = List.of(arguments[0]);
        var other = List.of(arguments[1]);
        var submitted = event(now, EventType.MESSAGE_SUBMITTED, version(1));
        var delivered = event(now, EventType.MESSAGE_DELIVERED, version(2));
        var test = event(now, EventType.WEBHOOK_TEST, Map.of());
        var reply = event(now, EventType.REPLY_RECEIVED, Map.of("batch_id", BATCH));
        var later = event(now.plusSeconds(1), EventType.REPLY_RECEIVED, Map.of("batch_id", BATCH));
        var blocked = event(now, EventType.ACCOUNT_BLOCKED, Map.of("version", 1));
        var low = event(now, EventType.ACCOUNT_CREDIT_LOW, Map.of("version", 1));
        print(delivered, now, own, 204, "message.delivered " + MESSAGE);
        print(delivered, now.plusSeconds(5), own, 204, "");
        print(submitted, now, own, 204, "");
        print(test, now, List.of(arguments[1], arguments[0]), 204, "webhook.test ");
        print(reply, now, own, 204, "reply.received ");
        print(later, now, own, 204, "reply.received ");
        print(blocked, now, own, 204, "account.blocked ");
        print(low, now, own, 204, "account.credit_low ");
        print(event(now, EventType.MESSAGE_FAILED, version(3)), now, other, 401, "");
        print(event(now, EventType.MESSAGE_FAILED, version(3)), now.minus(Duration.ofMinutes(10)), own, 401, "");
    }

    private static Map<String, Object> version(int version) {
        return Map.of("batch_id", BATCH, "message_id", MESSAGE, "version", version);
    }

    private static Event event(Instant at, EventType type, Map<String, Object> members) {
        var data = new TreeMap<String, Object>(Map.of("account", "every8d", "caller", "shop"));
        data.putAll(members);
        return new Event(Event.id(at, type.label()), type, at, "shop", "every8d", data, Map.of("text", "Grüß dich ✓"));
    }

    private static void print(Event event, Instant at, List<String> secrets, int status, String says)
            throws IOException {
        var body = event.body(true);
        var headers = WebhookSignature.headers(event.id(), at, body.getBytes(StandardCharsets.UTF_8), secrets);
        System.out.println(new ObjectMapper()
                .writeValueAsString(Map.of("headers", headers, "body", body, "status", status, "says", says)));
    }
}
