package hoopoe.contract;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.account.session.Session;
import hoopoe.account.session.SessionStore;
import hoopoe.api.webhooks.WebhooksFunction;
import hoopoe.batch.AppFixture;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.BatchRequest;
import hoopoe.event.EventType;
import hoopoe.event.WebhookEndpoint;
import hoopoe.event.publish.AccountEvents;
import hoopoe.event.publish.ReplyEvents;
import hoopoe.event.webhook.WebhookStage;
import hoopoe.provider.CallbackContent.ReplyCallback;
import hoopoe.provider.SendOutcome;
import hoopoe.store.account.CreditRepository;
import hoopoe.store.event.EndpointChange.EndpointWritten;
import hoopoe.store.event.WebhookDeliveryRepository;
import hoopoe.store.event.WebhookEndpointRepository;
import hoopoe.testing.Api;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.SocketPeer;
import hoopoe.testing.StoreFixture;
import hoopoe.testing.WebhookEndpoints;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * What is told is as the document's {@code webhooks} say. Each group is told by the code itself, with all that it can have and with as
 * little: so a member is in the document if and only if the code tells it, and it is required if and only if it is always told.
 */
class EventPayloadTest {

    private static final Instant AT = Instant.parse("2026-03-01T04:00:40Z");

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
    void messagesAndBatchesAreToldAsTheDocumentSays() {
        appFixture.listener.listening();
        var batch = tickFixture.submitted(2, "ref");
        tickFixture.checkWhenDue(batch);
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        tickFixture.checkWhenDue(batch);
        tickFixture.calledBack(TickFixture.delivery("ref", 1, UNDELIVERED, "101"));
        tickFixture.checkWhenDue(batch);
        appFixture.provider.sending(order -> new SendOutcome.Rejected("-306", "no"));
        tickFixture.checkWhenDue(appFixture.admitted(new BatchRequest(
                null, "hello", null, null, null, "invoice", null, List.of(entry("+886900000001", "guest-1")), false)));

        var told = told();

        assertThat(told)
                .extracting(body -> body.path("type").asText())
                .contains(
                        "message.submitted",
                        "message.delivered",
                        "message.undelivered",
                        "message.rejected",
                        "batch.finished");
        assertAreAsDocumented(told, "message.submitted");
        assertAreAsDocumented(told, "batch.finished");
    }

    @Test
    void repliesAreToldAsTheDocumentSays() {
        appFixture.listener.listening();
        var replies = appFixture.beans.get(ReplyEvents.class);
        replies.tell(tickFixture.deadline());
        tickFixture.submitted(1, "ref");
        tickFixture.calledBack(new ReplyCallback(
                Optional.of("ref"),
                Optional.empty(),
                TickFixture.number(0),
                AT,
                "yes",
                Optional.empty(),
                Optional.of("25481979"),
                Optional.of("0900000000"),
                "one",
                false));
        tickFixture.calledBack(new ReplyCallback(
                Optional.empty(),
                Optional.empty(),
                null,
                null,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "two",
                true));
        replies.tell(tickFixture.deadline());
        assertAreAsDocumented(told(), "reply.received");
    }

    @Test
    void accountsAreToldAsTheDocumentSays() {
        appFixture.listener.listening();
        var sessions = appFixture.beans.get(SessionStore.class);
        sessions.change("main", session -> session.leased("me", LocalDate.of(2026, 3, 1), appFixture.clock.instant())
                .trying("me", "1", LocalDate.of(2026, 3, 1), appFixture.clock.instant())
                .blocked("me", "1", "-100", "no", appFixture.clock.instant()));
        tellOfAccount();
        sessions.replace("main", sessions.read("main"), Session.NONE);
        tellOfAccount();
        appFixture.beans.get(CreditRepository.class).put("main", new BigDecimal("5"), appFixture.clock.instant());
        tellOfAccount();

        var told = told();

        assertThat(told)
                .extracting(body -> body.path("type").asText())
                .contains("account.blocked", "account.available", "account.credit_low");
        assertAreAsDocumented(told, "account.blocked");
    }

    /** What an endpoint is told that says that it is gone, to the others; and what its owner asks for. */
    @Test
    void endpointsAreToldAsTheDocumentSays() throws Exception {
        assertAreAsDocumented(List.of(disabled(), test()), "webhook.test");
    }

    private static JsonNode disabled() throws Exception {
        try (var stage = new WebhookStage();
                var receiver = SocketPeer.saying(SocketPeer.http(410, "text/plain", ""))) {
            stage.tell(stage.register(receiver.url()), "one");
            stage.pump();
            assertThat(stage.told).hasSize(1);
            return Api.json(stage.told.get(0).body(false));
        }
    }

    private static JsonNode test() {
        var storeFixture = new StoreFixture();
        var endpoints = new WebhookEndpointRepository(storeFixture.table);
        var deliveries = new WebhookDeliveryRepository(storeFixture.table, storeFixture.clock);
        WebhookEndpoint endpoint = ((EndpointWritten)
                        endpoints.add(WebhookEndpoints.of(StoreFixture.CALLER, "https://hooks.example.com/")))
                .endpoint();
        var answer = storeFixture
                .beans(endpoints, deliveries, new SmallRyeConfigBuilder().build())
                .get(WebhooksFunction.class)
                .webhooks(ApiEvents.of("POST /v1/webhooks/{id}/test", endpoint.id(), ""));
        var event = Api.json(answer.getBody()).path("event_id").asText();
        return Api.json(deliveries.find(endpoint.id(), event).orElseThrow().body());
    }

    /** What the page shows of events and endpoints. */
    @Test
    void theSamplesOfThePageAreSome() throws Exception {
        var page = Files.readString(Path.of("src", "site", "events.md"));
        var samples = Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(found -> Api.json(found.group(1)))
                .toList();
        var bodies = Pattern.compile("-d '(\\{.*?})'")
                .matcher(page)
                .results()
                .map(found -> Api.json(found.group(1)))
                .toList();

        assertThat(samples).hasSize(2);
        assertThat(document.strictFaults(payload("message.delivered"), samples.get(0)))
                .isEmpty();
        assertThat(document.strictFaults(document.at("/components/schemas/Webhook"), samples.get(1)))
                .isEmpty();
        assertThat(bodies).singleElement().satisfies(body -> assertThat(
                        document.strictFaults(document.at("/components/schemas/WebhookRequest"), body))
                .isEmpty());
    }

    /** Each is as the group's schema says; together they have all its members, and always those that are required. */
    private void assertAreAsDocumented(List<JsonNode> all, String type) {
        var payload = payload(type);
        var group = types(payload).collect(Collectors.toSet());
        var told = all.stream()
                .filter(body -> group.contains(body.path("type").asText()))
                .toList();
        assertThat(told).isNotEmpty().allSatisfy(body -> assertThat(document.strictFaults(payload, body))
                .as(body.toString())
                .isEmpty());
        assertMembers(payload, told);
        assertMembers(
                payload.at("/properties/data"),
                told.stream().map(body -> body.path("data")).toList());
    }

    private static void assertMembers(JsonNode schema, List<JsonNode> told) {
        assertThat(told.stream().flatMap(value -> names(value).stream()))
                .as("told at all")
                .containsAll(names(schema.path("properties")));
        var always = told.stream()
                .map(EventPayloadTest::names)
                .reduce((one, other) -> {
                    one.retainAll(other);
                    return one;
                })
                .orElseThrow();
        assertThat(StreamSupport.stream(schema.path("required").spliterator(), false)
                        .map(JsonNode::asText))
                .as("always told")
                .containsExactlyInAnyOrderElementsOf(always);
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    private void tellOfAccount() {
        appFixture
                .beans
                .get(AccountEvents.class)
                .tell(appFixture.accounts.find("main").orElseThrow(), Duration.ofSeconds(5));
    }

    /** With numbers and texts, and without. */
    private List<JsonNode> told() {
        return appFixture.listener.taken().stream()
                .flatMap(event -> Stream.of(true, false).map(event::body))
                .map(Api::json)
                .toList();
    }

    private static BatchRequest.RequestedRecipient entry(String to, String reference) {
        return new BatchRequest.RequestedRecipient(to, null, Map.of(), null, null, null, reference, null);
    }

    private JsonNode payload(String type) {
        return payloads()
                .filter(payload -> types(payload).anyMatch(type::equals))
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
