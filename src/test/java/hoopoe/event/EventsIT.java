package hoopoe.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import hoopoe.local.Every8d;
import hoopoe.local.Stack;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.SharedStack;
import hoopoe.testing.SocketPeer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Events of the packaged artifact: on the bus, and at a receiver that verifies them by the reference library. The clock never ticks,
 * so they come by the table's stream.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsIT {

    private Stack stack;
    private Api api;

    @BeforeAll
    void start() {
        stack = Stack.builder()
                .timeout(Duration.ofMinutes(3))
                .settings(SharedStack.UNHURRIED)
                .parameter("EventBus", "new")
                .simulator(Every8d.on(0))
                .start();
        api = new Api(stack.url());
    }

    @AfterAll
    void close() {
        stack.close();
    }

    /** The call of README: the second number is none, and is refused. */
    @Test
    void bothAreToldOfEachMessageAndOfTheBatch() throws Exception {
        api.awake();
        try (var receiver = SocketPeer.saying(SocketPeer.http(200, "text/plain", ""))) {
            var registered = api.post("/v1/webhooks", "{\"url\": \"" + receiver.url() + "\"}");
            assertThat(registered.statusCode()).as(Api.text(registered)).isEqualTo(201);
            String secret = registered.path("secret");

            var sent = api.send("""
                    {"text": "Hello 你好", "recipients": [
                      {"to": "0912345678"}, {"to": "09123456789"}, {"to": "+886 922-333-444"}]}""");
            assertThat(sent.statusCode()).as(Api.text(sent)).isEqualTo(202);
            Await.until("told by webhook", () -> types(bodies(receiver)), EventsIT::isAll);
            Await.until("told on the bus", () -> types(details()), EventsIT::isAll);

            for (var request : receiver.requests()) {
                new Webhook(secret).verify(body(request), headers(request));
                assertThat(body(request)).doesNotContain("0912345", "91234567", "922333", "Hello");
            }
            assertThat(details()).containsAll(bodies(receiver));
        }
        assertThat(stack.policies().denied()).isEmpty();
        assertThat(stack.queue().orElseThrow().dead()).isEmpty();
    }

    private static boolean isAll(List<String> types) {
        return types.contains("batch.finished")
                && types.stream().filter("message.delivered"::equals).count() == 2;
    }

    private List<JsonNode> details() {
        return stack.bus().events().stream().map(event -> event.path("detail")).toList();
    }

    private static List<JsonNode> bodies(SocketPeer receiver) {
        return receiver.requests().stream()
                .map(request -> Api.json(body(request)))
                .toList();
    }

    private static String body(String request) {
        return request.substring(request.indexOf("\r\n\r\n") + 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://93.184.216.34/",
                "https://127.0.0.2/",
                "https://10.0.0.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://[::ffff:93.184.216.34]/",
                "https://[fd00:ec2::254]/",
                "https://2130706433/",
                "https://localhost/"
            })
    void whatLeadsInsideIsNotRegistered(String url) {
        var refused = api.post("/v1/webhooks", "{\"url\": \"" + url + "\"}");
        assertThat(refused.statusCode()).as(Api.text(refused)).isBetween(400, 422);
        assertThat(refused.contentType()).startsWith("application/problem+json");
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    private static Map<String, List<String>> headers(String request) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        request.substring(0, request.indexOf("\r\n\r\n"))
                .lines()
                .skip(1)
                .forEach(line -> headers.put(
                        line.substring(0, line.indexOf(':')),
                        List.of(line.substring(line.indexOf(':') + 1).strip())));
        return headers;
    }
}
