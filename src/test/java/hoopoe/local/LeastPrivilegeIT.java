package hoopoe.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.access.Scope;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.local.every8d.Switch;
import hoopoe.local.webhook.WebhookReceiver;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.Bodies;
import hoopoe.testing.HastyStack;
import hoopoe.testing.IssuedKeys;
import hoopoe.testing.PanelTenant;
import hoopoe.testing.PremiumTenant;
import hoopoe.testing.SharedStack;
import hoopoe.testing.TableGate;
import hoopoe.testing.TableGate.Moment;
import hoopoe.testing.Tenant;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The template lets each function do what it does, and nothing else. The stack denies what is not allowed, here as in all other tests
 * of the packaged artifact; this one does all that there is to do, and fails over what is allowed and was never needed.
 */
class LeastPrivilegeIT {

    /** More dispatches than one transaction creates. */
    private static final int MANY = 100;

    private final TableGate gate = new TableGate(LocalDynamo.shared().endpoint());
    private final WebhookReceiver sore = receiver(500);
    private final WebhookReceiver left = receiver(410);
    private Tenant main;
    private Tenant wide;
    private PremiumTenant premium;
    private PanelTenant panel;
    private Stack stack;
    private Api api;
    private String gone = "";

    @BeforeEach
    void begin() {
        stack = start();
        api = new Api(stack.url());
    }

    @AfterEach
    void close() {
        stack.close();
        gate.close();
        sore.close();
        left.close();
    }

    @Test
    void whatIsAllowedIsWhatIsNeeded() throws Exception {
        tell();

        Await.until("all that is allowed is used", this::superfluous, Map::isEmpty);
        assertThat(stack.policies().denied()).isEmpty();
    }

    private Stack start() {
        return Stack.builder()
                .parameter("EventBus", "new")
                .timeout(Duration.ofMinutes(3))
                .settings(SharedStack.UNHURRIED)
                .settings(Map.of(
                        "quarkus.dynamodb.endpoint-override", gate.url(),
                        "hoopoe.default-account", "main",
                        "hoopoe.timing.untouched", "1s",
                        "hoopoe.timing.lease", "1s",
                        "hoopoe.timing.longest-function", "1s"))
                .simulator((url, given) -> main = new Tenant("main", url, Map.of()))
                .simulator((url, given) -> wide = new Tenant("wide", url, Map.of("dispatch-size", "1")))
                .simulator((url, given) -> premium = new PremiumTenant("premium", url))
                .simulator((url, given) -> panel = new PanelTenant("panel"))
                .start();
    }

    private void tell() throws Exception {
        api.awake();
        issuesKeys();
        listens();
        credits();
        sends();
        reads();
        registersAnEndpoint();
        forgets();
        takesBack();
        answersByPremiumSms();
        emptiesAnInbox();
        diesInTheMiddle();
        Await.until("disabled", () -> ok(api.get(gone)).path("state"), "disabled"::equals);
        assertThat(api.given().body("{\"state\": \"enabled\"}").patch(gone).statusCode())
                .isEqualTo(200);
    }

    /** One takes what it is told, one is gone, of which the first is told, and one fails. */
    private void listens() {
        registered(stack.receiver().url());
        registered(sore.url());
        gone = registered(left.url());
    }

    private String registered(String url) {
        var registered = api.post("/v1/webhooks", "{\"url\": \"" + url + "\"}");
        assertThat(registered.statusCode()).as(Api.text(registered)).isEqualTo(201);
        return registered.header("Location");
    }

    private static WebhookReceiver receiver(int status) {
        var receiver = WebhookReceiver.start(0);
        receiver.faults().always(WebhookReceiver.OPERATION, Fault.refuses(status));
        return receiver;
    }

    private void issuesKeys() throws InterruptedException {
        var keys = new IssuedKeys(stack);
        keys.revoke(keys.create("shop", "live", Scope.BATCHES_READ));
        stack.invoke("keys", "{\"list\": {}}".getBytes(StandardCharsets.UTF_8));
    }

    private void credits() throws Exception {
        ok(api.get("/v1/accounts"));
        ok(api.get("/v1/accounts/main/credit"));
        ok(api.delete("/v1/accounts/main/session", "Idempotency-Key", "close"));
        ok(api.get("/v1/accounts/wide/credit"));
    }

    /** One that is called back and replied to, with a number that is none; and one that only an operator's word settles. */
    private void sends() throws Exception {
        var sent = api.send(
                "{\"text\": \"hello\", \"recipients\": [{\"to\": \"0912345907\"}, {\"to\": \"none\"}]}",
                "Idempotency-Key",
                "send");
        api.tickUntilMessages(accepted(sent), "delivered");
        Await.until("replied", () -> api.replies(sent.path("id")), replies -> !replies.isEmpty());

        main.every8d().switches().set(Switch.Callbacks.OFF);
        main.every8d().faults().next("sendSMS", Fault.dropAfterWork(Ending.CLOSE));
        var lost = api.send(Bodies.to(main, 1));
        api.awaitState(accepted(lost), "in_progress");
        ok(api.post("/v1/batches/" + lost.path("id") + "/dispatches/0/confirm", "{}"));
    }

    private void reads() throws Exception {
        ok(api.get("/v1/batches"));
        ok(api.get("/v1/replies"));
        ok(api.post("/v1/messages/search", "{\"to\": \"+886912345907\"}"));
        ok(api.get("/v1/usage"));
    }

    /** What was sent first, with its callbacks and its reply. */
    private void forgets() throws Exception {
        var asked = api.post("/v1/erasures", "{\"to\": \"+886912345907\"}");
        assertThat(asked.statusCode()).as(Api.text(asked)).isEqualTo(202);
        Await.until(
                "forgotten",
                () -> {
                    api.tick();
                    return ok(api.get(asked.header("Location"))).path("state");
                },
                "finished"::equals);
    }

    private void registersAnEndpoint() throws Exception {
        var path = registered("http://127.0.0.1:9/");
        ok(api.get(path));
        ok(api.get("/v1/webhooks"));
        ok(api.get(path + "/deliveries"));
        assertThat(api.delete(path).statusCode()).isEqualTo(204);
    }

    private void takesBack() throws Exception {
        var later = Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        var sent = api.send("{\"text\": \"later\", \"send_at\": \"" + later
                + "\", \"recipients\": [{\"to\": \"0912345678\"}, {\"to\": \"0912345679\"}]}");
        ok(api.delete("/v1/batches/" + accepted(sent), "Idempotency-Key", "erase"));
    }

    /** What was received is given back where nothing was sent, by the call and by the stream; and what was lost is sent again. */
    private void answersByPremiumSms() throws Exception {
        var lost = received(0);
        premium.text421().faults().next("smsSendBillXML", Fault.dropBeforeWork(Ending.CLOSE));
        var unconfirmed = accepted(answer(lost));
        api.awaitMessages(unconfirmed, "unconfirmed");

        premium.text421().server().refuse();
        try {
            accepted(answer(received(0)));
            var both = accepted(answer(received(0), received(1)));
            Await.until("given back by the stream", () -> stack.policies().used("dispatch"), used -> used.toString()
                    .contains("DeleteItem"));
            assertThat(api.batch(both).path("state").asText()).isEqualTo("accepted");
            Await.until(
                    "resent",
                    () -> api.post("/v1/batches/" + unconfirmed + "/dispatches/0/resend", "{}"),
                    answer -> answer.statusCode() == 202);
            // The stream may bring a record again, however late.
            stack.invoke("dispatch", record(unconfirmed));
        } finally {
            premium.text421().server().accept();
        }
    }

    /** Two dispatches, so that the stream has them sent; and an answer that the panel keeps. */
    private void emptiesAnInbox() throws Exception {
        var to = IntStream.range(0, 61)
                .mapToObj(n -> "{\"to\": \"+98912123%04d\"}".formatted(n * 10))
                .collect(Collectors.joining(", "));
        var sent = api.send("{\"account\": \"panel\", \"text\": \"سلام\", \"recipients\": [" + to + "]}");
        panel.receive("+989121230000", "سلام");
        api.tickUntilMessages(accepted(sent), "delivered");
    }

    /** Of a hundred dispatches none is there yet; the clock goes on with them, and finds them cancelled. */
    private void diesInTheMiddle() throws Exception {
        var hold = gate.hold("send", 6, Moment.BEFORE);
        var call = CompletableFuture.runAsync(() -> api.send(Bodies.to(wide, MANY)), HastyStack.ASIDE);
        hold.await();
        stack.kill("send");
        hold.drop();
        call.join();
        var batch = ok(api.get("/v1/batches?account=wide"))
                .as(JsonNode.class)
                .at("/batches/0/id")
                .asText();
        api.delete("/v1/batches/" + batch);
        api.tickUntilMessages(batch, "cancelled");
        assertThat(wide.asked("sendSMS")).isZero();
    }

    /** By function. */
    private Map<String, TreeSet<String>> superfluous() throws Exception {
        api.tick();
        var superfluous = new TreeMap<String, TreeSet<String>>();
        for (var function : stack.policies().functions()) {
            var unused = new TreeSet<>(stack.policies().granted(function));
            unused.removeAll(stack.policies().used(function));
            if (!unused.isEmpty()) {
                superfluous.put(function, unused);
            }
        }
        return superfluous;
    }

    /** From the number that {@link #answer} sends the {@code n}th to. */
    private String received(int n) {
        return premium.receive("42190172705" + n, "čo?").receivedId();
    }

    private Response answer(String... receivedIds) throws Exception {
        var to = IntStream.range(0, receivedIds.length)
                .mapToObj(n -> "{\"to\": \"+42190172705%d\", \"received_id\": \"%s\"}".formatted(n, receivedIds[n]))
                .collect(Collectors.joining(", "));
        return api.send("{\"account\": \"premium\", \"text\": \"to\", \"recipients\": [" + to + "]}");
    }

    private static byte[] record(String batch) {
        return """
                {"Records": [{"eventName": "INSERT", "dynamodb": {"SequenceNumber": "1",
                 "Keys": {"pk": {"S": "BATCH#%s#0"}, "sk": {"S": "DISPATCH#00000"}}}}]}
                """.formatted(batch).getBytes(StandardCharsets.UTF_8);
    }

    private static String accepted(Response answer) {
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(202);
        return answer.path("id");
    }

    private static Response ok(Response answer) {
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        return answer;
    }
}
