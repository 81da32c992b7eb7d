package hoopoe.contract;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.access.Scope;
import hoopoe.local.Stack;
import hoopoe.local.stage.Timings;
import hoopoe.local.template.ThrottleDefinition;
import hoopoe.local.text421.SentMessage;
import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.testing.Api;
import hoopoe.testing.HastyStack;
import hoopoe.testing.IssuedKeys;
import hoopoe.testing.PanelTenant;
import hoopoe.testing.PremiumTenant;
import hoopoe.testing.SharedStack;
import hoopoe.testing.Tenant;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the trials are made on: the stack of all, one whose table can be made to fail, one that is too slow, one that is broken and one that is full. */
final class StackFixture implements AutoCloseable {

    private static final Duration NEVER = Duration.ofDays(1);

    /** API Gateway's 30 s are not the subject where a function fails to start, and on a busy machine that takes its time. */
    private static final Duration COLD = Duration.ofMinutes(3);

    private static final Answer DENIED = Answer.of(
            400, "application/x-amz-json-1.0", "{\"__type\":\"com.amazon.coral.service#AccessDeniedException\"}");
    private static final Answer CONFLICT = Answer.of(
            400,
            "application/x-amz-json-1.0",
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionConflictException\"}");
    private static final Answer CANCELED = Answer.of(
            400,
            "application/x-amz-json-1.0",
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
                    + "\"CancellationReasons\":[{\"Code\":\"TransactionConflict\"}]}");

    private final SharedStack shared;
    private final HastyStack hasty;
    private final Tenant tenant;
    private final Tenant troubled;
    private final PremiumTenant premium;
    private final PanelTenant panel;
    private final Map<Scope, String> keys = new EnumMap<>(Scope.class);
    private String tester = "";
    private @Nullable Stack slow;
    private @Nullable Stack broken;
    private @Nullable Stack crowded;
    private @Nullable Stack off;
    private int newcomers;

    StackFixture(SharedStack shared, HastyStack hasty) {
        this.shared = shared;
        this.hasty = hasty;
        this.tenant = shared.tenant();
        this.troubled = hasty.tenant();
        this.premium = shared.premium();
        this.panel = shared.panel();
    }

    Api api() {
        return shared.api();
    }

    Tenant tenant() {
        return tenant;
    }

    /** One that no other trial has. */
    Tenant ownTenant() {
        return shared.tenant();
    }

    PremiumTenant premium() {
        return premium;
    }

    PanelTenant panel() {
        return panel;
    }

    /** The account whose table can be made to fail. */
    Tenant troubled() {
        return troubled;
    }

    /** The same, with an account that no other case uses: there is no session. */
    Tenant ownTroubled() {
        return hasty.tenant();
    }

    /** As if its credit had never been queried. */
    void forgetCredit(Tenant of) {
        var stack = shared.stack();
        stack.dynamo().client().deleteItem(delete -> delete.tableName(stack.table())
                .key(Map.of(
                        "pk", AttributeValue.fromS("BALANCE#" + of.name()),
                        "sk", AttributeValue.fromS("BALANCE"))));
    }

    /** Sets an attribute of a batch: the time when it must have gone out does not come while a test waits for it. */
    void amendBatch(String batch, String name, String value) {
        amend(shared.stack(), Map.of("pk", "BATCH#" + batch, "sk", "BATCH"), name, value);
    }

    /** Sets an attribute of a batch's first dispatch. */
    void amendDispatch(String batch, String name, String value) {
        amend(shared.stack(), firstDispatch(batch), name, value);
    }

    /** The same of a batch that the table holds which can be made to fail. */
    void amendTroubledDispatch(String batch, String name, String value) {
        amend(hasty.stack(), firstDispatch(batch), name, value);
    }

    private static Map<String, String> firstDispatch(String batch) {
        return Map.of("pk", "BATCH#" + batch + "#0", "sk", "DISPATCH#00000");
    }

    /** No check of a batch's first dispatch begins before then. */
    void holdCheck(String batch, String until) {
        set(shared.stack(), firstDispatch(batch), "check_until", until, "pk");
    }

    private static void amend(Stack stack, Map<String, String> key, String name, String value) {
        set(stack, key, name, value, name);
    }

    /** @param standing an attribute that must be there */
    private static void set(Stack stack, Map<String, String> key, String name, String value, String standing) {
        stack.dynamo().client().updateItem(update -> update.tableName(stack.table())
                .key(Map.of(
                        "pk", AttributeValue.fromS(key.get("pk")),
                        "sk", AttributeValue.fromS(key.get("sk"))))
                .updateExpression("SET #n = :v")
                .conditionExpression("attribute_exists(#s)")
                .expressionAttributeNames(Map.of("#n", name, "#s", standing))
                .expressionAttributeValues(Map.of(":v", AttributeValue.fromS(value))));
    }

    /** By a caller whose key is valid but lacks the scope. */
    Api barred(String neededScope) throws InterruptedException {
        var other = neededScope.equals(Scope.BATCHES_READ.text()) ? Scope.BATCHES_WRITE : Scope.BATCHES_READ;
        if (!keys.containsKey(other)) {
            keys.put(other, new IssuedKeys(shared.stack()).create("barred", "live", other));
        }
        return api().as(keys.get(other));
    }

    /** By a caller with a test key, which has all scopes for simulated accounts. */
    Api testing() throws InterruptedException {
        if (tester.isEmpty()) {
            tester = new IssuedKeys(shared.stack()).create("tester", "test", Scope.values());
        }
        return api().as(tester);
    }

    /** By a caller of whom nothing is stored yet. */
    Api newcomer() throws InterruptedException {
        return api().as(new IssuedKeys(shared.stack()).create("newcomer-" + newcomers++, "live", Scope.values()));
    }

    /** Where no queue for webhooks is configured. */
    Api withoutWebhooks() {
        if (off == null) {
            off = Stack.builder()
                    .timeout(COLD)
                    .settings(Map.of("hoopoe.webhooks.queue", ""))
                    .start();
        }
        return new Api(off.url());
    }

    /** By functions without permission for the table; only the authorizer has it. */
    Api denied() {
        hasty.gate()
                .answer((function, operation) -> function.equals("authorize") ? Optional.empty() : Optional.of(DENIED));
        return hasty.api();
    }

    /** By functions whose every write meets another's. */
    Api contended() {
        hasty.gate().answer((function, operation) -> switch (operation) {
            case "TransactWriteItems" -> Optional.of(CANCELED);
            case "PutItem", "UpdateItem", "DeleteItem" -> Optional.of(CONFLICT);
            default -> Optional.empty();
        });
        return hasty.api();
    }

    /** By functions that write a single item in peace, and several at once never. */
    Api contendedAtOnce() {
        hasty.gate()
                .answer((function, operation) ->
                        operation.equals("TransactWriteItems") ? Optional.of(CANCELED) : Optional.empty());
        return hasty.api();
    }

    /** By functions whose table does its part again. */
    Api mended() {
        hasty.gate().answer((function, operation) -> Optional.empty());
        return hasty.api();
    }

    /** By a gateway that does not wait, and functions that have to start: an executable that runs may be quicker than it. */
    Api slow() {
        if (slow == null) {
            slow = Stack.builder().timeout(Duration.ofMillis(1)).start();
        }
        slow.environments().keySet().stream()
                .filter(function -> !function.equals("authorize"))
                .forEach(slow::kill);
        return new Api(slow.url());
    }

    /** By a gateway that refuses all calls. */
    Api crowded() {
        if (crowded == null) {
            crowded = Stack.builder().limits(new ThrottleDefinition(0, 0)).start();
        }
        return new Api(crowded.url());
    }

    /** By functions that do not start. */
    Api broken() {
        if (broken == null) {
            broken = Stack.builder()
                    .timeout(COLD)
                    .settings(Map.of("hoopoe.timing.function", "soon"))
                    .start();
        }
        return new Api(broken.url());
    }

    /** A batch that the provider holds, by its id. */
    String scheduled(Tenant to) throws Exception {
        return sent(api(), to.name(), "\"send_at\": \"" + later() + "\",", "0912345678");
    }

    /** A batch that is under way. */
    String sent() throws Exception {
        return sent(api(), tenant.name(), "", "0912345678");
    }

    /** A batch whose one dispatch may or may not have been sent, by its id. */
    String unconfirmed(Api by, Tenant of) throws Exception {
        of.every8d().faults().next("sendSMS", Fault.dropBeforeWork(Ending.RESET));
        var id = sent(by, of.name(), "", "0912345678");
        assertThat(by.batch(id).path("counts").path("unconfirmed").asInt()).isEqualTo(1);
        return id;
    }

    /** The same by a provider whose messages go by references of ours. */
    String unconfirmedPremium() throws Exception {
        premium.text421().timings(new Timings(NEVER, NEVER, NEVER, Duration.ofMillis(50)));
        premium.text421().faults().next("smsSendBillXML", Fault.dropAfterWork(Ending.CLOSE));
        return answered(premium.receive("421901727051", "WEATHER").receivedId()).path("id");
    }

    /** A callback reports the one message of such a batch; the provider has not been polled yet. */
    void reportPremium(String id) throws Exception {
        var reference = api().batch(id).at("/dispatches/0/reference").asText();
        assertThat(premium.text421().report(reference, SentMessage.DELIVERED)).isTrue();
        api().awaitMessages(id, "delivered");
    }

    /** A batch that answers a received SMS. */
    Response answered(String receivedId) throws Exception {
        return api().send("""
                {"account": "%s", "text": "hello", "recipients": [{"to": "0901727051", "received_id": "%s"}]}""".formatted(premium.name(), receivedId));
    }

    /** A batch with all that can come of one: two delivered, one of whom replies, one refused by its number. */
    String told() throws Exception {
        String id = api().send("""
                        {"account": "%s", "text": "Hello {{name}}", "subject": "s", "reference": "r", "validity_seconds": null,
                         "recipients": [{"to": "0912345678", "variables": {"name": "Lin"}, "reference": "one"},
                                        {"to": "0912345907", "variables": {"name": "Wu"}}, {"to": "09"}]}""".formatted(tenant.name())).path("id");
        api().tickUntilMessages(id, "delivered");
        return id;
    }

    String sent(Api by, String account, String members, String to) throws Exception {
        var answer = by.send("{\"account\": \"%s\", %s \"text\": \"hello\", \"recipients\": [{\"to\": \"%s\"}]}"
                .formatted(account, members, to));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(202);
        return answer.path("id");
    }

    static String key() {
        return UUID.randomUUID().toString();
    }

    static String later() {
        return Instant.now()
                .plus(Duration.ofHours(1))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    @Override
    public void close() {
        mended();
        if (slow != null) {
            slow.close();
        }
        if (broken != null) {
            broken.close();
        }
        if (crowded != null) {
            crowded.close();
        }
        if (off != null) {
            off.close();
        }
    }
}
