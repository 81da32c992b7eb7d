package hoopoe.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import hoopoe.local.Every8d;
import hoopoe.local.Stack;
import hoopoe.local.lambda.Artifact;
import hoopoe.local.stage.CallbackAttempt;
import hoopoe.local.webhook.ReceivedWebhook;
import hoopoe.local.webhook.SignatureVerdict;
import hoopoe.local.webhook.WebhookReceiver;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Exchange;
import hoopoe.local.wire.Fault;
import hoopoe.store.event.WebhookEndpointRepository;
import hoopoe.store.table.Table;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.SharedStack;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Events of the packaged artifact: on the bus, and at the stack's receiver, verified by the reference library. The clock ticks only
 * where a test asks, so what callbacks complete is told by the table's stream.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsIT {

    /** From the provider's callback to the event. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final String NAME = "rebinding.example.com";
    private static final String PUBLIC = "93.184.216.34";

    @TempDir
    static Path folder;

    private Path hosts;
    private Stack stack;
    private Api api;
    private WebhookReceiver receiver;

    @BeforeAll
    void start() throws IOException {
        hosts = folder.resolve("hosts");
        resolve(PUBLIC);
        stack = Stack.builder()
                .timeout(Duration.ofMinutes(3))
                .settings(SharedStack.UNHURRIED)
                // Names are looked up in our file, and not remembered. An executable reads no such options.
                .settings(Map.of("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts + " -Dsun.net.inetaddr.ttl=0"))
                .parameter("EventBus", "new")
                .simulator(Every8d.on(0))
                .start();
        api = new Api(stack.url());
        receiver = stack.receiver();
    }

    private void resolve(String... addresses) throws IOException {
        Files.write(hosts, Stream.of(addresses).map(one -> one + ' ' + NAME).toList());
    }

    @AfterEach
    void forget() {
        receiver.faults().clear();
        api.get("/v1/webhooks").as(JsonNode.class).path("webhooks").forEach(webhook -> assertThat(
                        api.delete(path(webhook.path("id").asText())).statusCode())
                .isEqualTo(204));
        assertThat(stack.policies().denied()).isEmpty();
        assertThat(stack.queue().orElseThrow().dead()).isEmpty();
    }

    @AfterAll
    void close() {
        stack.close();
    }

    private static String path(String id) {
        return "/v1/webhooks/" + id;
    }

    private Response register(String url) {
        var registered = api.post("/v1/webhooks", "{\"url\": \"" + url + "\"}");
        assertThat(registered.statusCode()).as(Api.text(registered)).isEqualTo(201);
        return registered;
    }

    /** The call of README, after a message by which all functions have started. */
    @Test
    void bothAreToldOfEachMessageAndOfTheBatchWithinFiveSecondsOfTheCallbacks() throws Exception {
        api.awake();
        String secret = register(receiver.url()).path("secret");
        receiver.learn(secret);
        send("{\"text\": \"ready?\", \"recipients\": [{\"to\": \"0912345670\"}]}", 1);

        var batch = send("""
                {"text": "Your parcel is here.",
                 "recipients": [{"to": "0912345678"}, {"to": "+886922333444"}, {"to": "09123456789"}]}""", 2);

        var webhooks = of(batch);
        for (var webhook : webhooks) {
            new Webhook(secret).verify(webhook.body(), webhook.headers());
            assertThat(webhook.signature()).isEqualTo(SignatureVerdict.VERIFIED);
            assertThat(webhook.body()).doesNotContain("0912345", "91234567", "922333", "parcel");
        }
        assertThat(details()).containsAll(webhooks.stream().map(EventsIT::event).toList());
        var callbacks = List.of(callback("912345678"), callback("922333444"));
        for (int n = 0; n < callbacks.size(); n++) {
            assertSoon(callbacks.get(n), event(webhooks, "message_id", batch + '-' + n, "message.delivered"));
        }
        assertSoon(Collections.max(callbacks), event(webhooks, "batch_id", batch, "batch.finished"));
    }

    /** @return the batch's id, when all is told by webhook and on the bus */
    private String send(String body, int messages) throws Exception {
        var sent = api.send(body);
        assertThat(sent.statusCode()).as(Api.text(sent)).isEqualTo(202);
        String batch = sent.path("id");
        Await.until(
                "told by webhook",
                () -> of(batch).stream().map(EventsIT::event).toList(),
                events -> isAll(events, messages));
        Await.until(
                "told on the bus",
                () -> details().stream().filter(event -> isOf(event, batch)).toList(),
                events -> isAll(events, messages));
        return batch;
    }

    private static boolean isAll(List<JsonNode> events, int messages) {
        var types = events.stream().map(event -> event.path("type").asText()).toList();
        return Collections.frequency(types, "message.delivered") == messages
                && Collections.frequency(types, "batch.finished") == 1;
    }

    private static boolean isOf(JsonNode event, String batch) {
        return event.at("/data/batch_id").asText().equals(batch);
    }

    private List<ReceivedWebhook> of(String batch) {
        return receiver.received().stream()
                .filter(webhook -> isOf(event(webhook), batch))
                .toList();
    }

    private static JsonNode event(ReceivedWebhook webhook) {
        return Api.json(webhook.body());
    }

    private static ReceivedWebhook event(List<ReceivedWebhook> webhooks, String member, String about, String type) {
        return webhooks.stream()
                .filter(webhook -> event(webhook).at("/data/" + member).asText().equals(about))
                .filter(webhook -> event(webhook).path("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> details() {
        return stack.bus().events().stream().map(event -> event.path("detail")).toList();
    }

    /** When the callback for this number was answered. */
    private Instant callback(String number) {
        return stack.simulator(Every8d.class).simulator().callbacks().stream()
                .filter(attempt -> attempt.taken() && attempt.url().toString().contains(number))
                .map(CallbackAttempt::ended)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private void assertSoon(Instant callback, ReceivedWebhook webhook) {
        var id = webhook.header("webhook-id");
        var onTheBus = stack.bus().wire().exchanges("PutEvents").stream()
                .map(Exchange::request)
                .filter(request -> request.text().contains(id))
                .findFirst()
                .orElseThrow()
                .arrived();
        assertThat(Duration.between(callback, webhook.at())).as("by webhook").isLessThan(SOON);
        assertThat(Duration.between(callback, onTheBus)).as("on the bus").isLessThan(SOON);
    }

    /** What a receiver does, and what the log of deliveries says of it. */
    record FaultCase(String name, Fault fault, String state, Integer status, String error) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static List<FaultCase> faults() {
        return List.of(
                new FaultCase("500", Fault.refuses(500), "waiting", 500, null),
                new FaultCase("410", Fault.refuses(410), "failed", 410, null),
                new FaultCase("reset", Fault.dropBeforeWork(Ending.RESET), "waiting", null, "lost"),
                new FaultCase("slow", Fault.slow(Duration.ofSeconds(2)), "delivered", 200, null),
                new FaultCase("too slow", Fault.slow(Duration.ofSeconds(17)), "waiting", null, "timeout"),
                new FaultCase("endless", Fault.endless(), "delivered", 200, null),
                new FaultCase(
                        "redirect", Fault.redirects("http://169.254.169.254/latest/meta-data/"), "waiting", 307, null));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultOfTheReceiverEndsInItsRecord(FaultCase faultCase) throws Exception {
        String id = register(receiver.url()).path("id");
        receiver.faults().next(WebhookReceiver.OPERATION, faultCase.fault());

        assertRecord(id, test(id), faultCase.state(), faultCase.status(), faultCase.error());

        assertThat(api.get(path(id)).<String>path("state"))
                .isEqualTo(faultCase.state().equals("failed") ? "disabled" : "enabled");
    }

    /** Where a redirect leads to is not called, be it as near as the receiver itself. */
    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (var inside = WebhookReceiver.start(0)) {
            String id = register(receiver.url()).path("id");
            receiver.faults().next(WebhookReceiver.OPERATION, Fault.redirects(inside.url()));
            assertRecord(id, test(id), "waiting", 307, null);
            assertThat(inside.received()).isEmpty();
        }
    }

    /** Posts an event, and waits until it is known what became of it. */
    private JsonNode test(String id) throws Exception {
        String event = api.post(path(id) + "/test", "").path("event_id");
        api.tick();
        return Await.until("posted " + event, () -> delivery(id, event), delivery -> !delivery.path("attempts")
                .isEmpty());
    }

    private JsonNode delivery(String id, String event) {
        for (var delivery : api.get(path(id) + "/deliveries").as(JsonNode.class).path("deliveries")) {
            if (delivery.path("event_id").asText().equals(event)) {
                return delivery;
            }
        }
        throw new AssertionError("no delivery of " + event);
    }

    private static void assertRecord(String id, JsonNode delivery, String state, Integer status, String error) {
        var attempt = delivery.at("/attempts/0");
        assertThat(!attempt.hasNonNull("status") ? null : attempt.path("status").asInt())
                .as(id + ' ' + delivery)
                .isEqualTo(status);
        assertThat(attempt.path("error").asText(null)).isEqualTo(error);
        assertThat(delivery.path("state").asText()).isEqualTo(state);
        assertThat(delivery.has("next_attempt_at")).isEqualTo(state.equals("waiting"));
    }

    @Test
    void whatFailedIsRecoveredAndSignedByBothSecretsAfterARotation() throws Exception {
        var registered = register(receiver.url());
        String id = registered.path("id");
        receiver.faults().next(WebhookReceiver.OPERATION, Fault.refuses(500));
        var event = test(id).path("event_id").asText();
        String rotated = api.post(path(id) + "/rotate", "").path("secret");

        var recovered = api.post(path(id) + "/recover", "{\"since\": \"" + Instant.EPOCH + "\"}");
        assertThat(recovered.<Integer>path("recovered")).as(Api.text(recovered)).isEqualTo(1);
        api.tick();
        Await.until("delivered", () -> delivery(id, event).path("state").asText(), "delivered"::equals);

        var webhooks = receiver.received().stream()
                .filter(webhook -> webhook.header("webhook-id").equals(event))
                .toList();
        assertThat(webhooks).extracting(ReceivedWebhook::answered).containsExactly(500, 200);
        assertThat(webhooks)
                .extracting(ReceivedWebhook::body)
                .containsOnly(webhooks.get(0).body());
        for (var secret : List.of(registered.<String>path("secret"), rotated)) {
            new Webhook(secret).verify(webhooks.get(1).body(), webhooks.get(1).headers());
        }
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
    void whatLeadsInsideIsNeitherRegisteredNorMovedToNorCalled(String url) throws Exception {
        assertRefused(api.post("/v1/webhooks", "{\"url\": \"" + url + "\"}"));
        String id = register(receiver.url()).path("id");
        assertRefused(api.given().body("{\"url\": \"" + url + "\"}").patch(path(id)));

        move(id, url);
        var delivery = test(id);
        assertThat(delivery.at("/attempts/0/error").asText()).isIn("url", "address");
        assertThat(delivery.at("/attempts/0").has("status")).isFalse();
    }

    private static void assertRefused(Response refused) {
        assertThat(refused.statusCode()).as(Api.text(refused)).isEqualTo(422);
        assertThat(refused.contentType()).startsWith("application/problem+json");
        assertThat(refused.<String>path("type")).endsWith("#webhook_url_invalid");
    }

    /** As if it had been public when it was registered. */
    private void move(String id, String url) {
        new WebhookEndpointRepository(new Table(stack.dynamo().client(), stack.table()))
                .change(
                        "local",
                        id,
                        seen -> new WebhookEndpoint(
                                seen.caller(),
                                seen.id(),
                                url,
                                seen.types(),
                                seen.accounts(),
                                seen.content(),
                                seen.description(),
                                seen.secrets(),
                                seen.health(),
                                seen.createdAt(),
                                seen.revision()));
    }

    /** The name is public at registration. An executable's names come from the machine, so there AddressPolicyTest has to do. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "169.254.169.254", "10.1.2.3", "::ffff:10.1.2.3", "fd00:ec2::254"})
    void aNameThatLeadsInsideLaterIsNotCalled(String inside) throws Exception {
        assumeFalse(Artifact.unpack(Path.of("target", "function.zip")).isNative());
        var url = "https://" + NAME + '/';
        resolve(PUBLIC);
        String id = register(url).path("id");
        resolve(inside);
        assertRecord(id, test(id), "waiting", null, "address");
        resolve(PUBLIC, inside);
        assertRefused(api.post("/v1/webhooks", "{\"url\": \"" + url + "other\"}"));
        assertRecord(id, test(id), "waiting", null, "address");
    }
}
