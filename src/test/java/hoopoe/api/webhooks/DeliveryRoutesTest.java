package hoopoe.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.api.http.ApiGatewayAdapter;
import hoopoe.event.EndpointHealth;
import hoopoe.event.Event;
import hoopoe.event.EventType;
import hoopoe.event.WebhookDelivery;
import hoopoe.event.WebhookDelivery.DeliveryState;
import hoopoe.event.WebhookDelivery.PostAttempt;
import hoopoe.event.WebhookEndpoint;
import hoopoe.store.event.EndpointChange.EndpointWritten;
import hoopoe.store.event.WebhookDeliveryRepository;
import hoopoe.store.event.WebhookEndpointRepository;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.MetricLog;
import hoopoe.testing.StoreFixture;
import hoopoe.testing.WebhookEndpoints;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log of what was posted to an endpoint, and its repetition. */
class DeliveryRoutesTest {

    private static final String LIST = "GET /v1/webhooks/{id}/deliveries";
    private static final String TEST = "POST /v1/webhooks/{id}/test";
    private static final String RECOVER = "POST /v1/webhooks/{id}/recover";

    private final StoreFixture storeFixture = new StoreFixture();
    private final WebhookEndpointRepository endpoints = new WebhookEndpointRepository(storeFixture.table);
    private final WebhookDeliveryRepository deliveries =
            new WebhookDeliveryRepository(storeFixture.table, storeFixture.clock);
    private final WebhooksFunction function = function(Duration.ofSeconds(28));
    private final WebhookEndpoint endpoint =
            ((EndpointWritten) endpoints.add(WebhookEndpoints.of("local", "https://hooks.example.com/"))).endpoint();

    private WebhooksFunction function(Duration limit) {
        var adapter = new ApiGatewayAdapter(storeFixture.clock, limit, MetricLog.ignored());
        return storeFixture
                .beans(adapter, endpoints, deliveries, new SmallRyeConfigBuilder().build())
                .get(WebhooksFunction.class);
    }

    private APIGatewayV2HTTPResponse call(String route, String query, String body) {
        return call(function, route, query, body);
    }

    private APIGatewayV2HTTPResponse call(WebhooksFunction function, String route, String query, String body) {
        var event = ApiEvents.of(route, endpoint.id(), query);
        event.setBody(body);
        return function.webhooks(event);
    }

    private JsonNode list(String query) {
        var response = call(LIST, query, "");
        assertThat(response.getStatusCode()).as(response.getBody()).isEqualTo(200);
        return json(response);
    }

    private JsonNode recovered(Instant since) {
        var response = call(RECOVER, "", "{\"since\": \"" + since + "\"}");
        assertThat(response.getStatusCode()).as(response.getBody()).isEqualTo(202);
        return json(response);
    }

    private static JsonNode json(APIGatewayV2HTTPResponse response) {
        try {
            return new ObjectMapper().readTree(response.getBody());
        } catch (JsonProcessingException e) {
            throw new AssertionError(response.getBody(), e);
        }
    }

    private static void is(APIGatewayV2HTTPResponse response, int status, String code) {
        assertThat(response.getStatusCode()).as(response.getBody()).isEqualTo(status);
        assertThat(json(response).path("code").asText()).isEqualTo(code);
    }

    /** One of an event that was found so many seconds ago; the texts of an event are in its body. */
    private String delivery(int secondsAgo, UnaryOperator<WebhookDelivery> in) {
        var id = Event.id(storeFixture.clock.instant().minusSeconds(secondsAgo), "subject");
        var first = WebhookDelivery.first("local", endpoint.id(), id, EventType.MESSAGE_DELIVERED, "{\"canary\":1}");
        assertThat(deliveries.put(in.apply(first))).isPresent();
        return id;
    }

    private DeliveryState state(String event) {
        return deliveries.find(endpoint.id(), event).orElseThrow().state();
    }

    @Test
    void aDeliveryShowsItsAttemptsAndNotItsContent() {
        var at = storeFixture.clock.instant();
        var id = delivery(10, one -> one.with(new PostAttempt(at.minusSeconds(9), 503, null, 41))
                .with(new PostAttempt(at.minusSeconds(4), 0, "timeout", 15_002))
                .waiting(at.plusSeconds(30)));

        var response = call(LIST, "", "");

        assertThat(response.getBody()).isEqualTo("""
                {"deliveries":[{"event_id":"%s","type":"message.delivered","timestamp":"2026-03-01T03:59:50Z","state":"waiting",\
                "attempts":[{"at":"2026-03-01T03:59:51Z","status":503,"milliseconds":41},\
                {"at":"2026-03-01T03:59:56Z","error":"timeout","milliseconds":15002}],\
                "next_attempt_at":"2026-03-01T04:00:30Z"}]}""".formatted(id));
    }

    @Test
    void pagesHaveEachOnceTheNewestFirst() {
        var all = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            all.add(0, delivery(100 - i, WebhookDelivery::delivered));
        }

        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = list("limit=3" + cursor);
            page.path("deliveries").forEach(row -> seen.add(row.path("event_id").asText()));
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.path("next_cursor").asText()
                    : "";
        } while (!cursor.isEmpty());

        assertThat(seen).isEqualTo(all);
    }

    @Test
    void aStateIsLookedForBehindManyOthers() {
        var failed = delivery(1_000, WebhookDelivery::failed);
        for (int i = 0; i < 120; i++) {
            delivery(i, WebhookDelivery::delivered);
        }

        var found = list("state=failed");

        assertThat(found.path("deliveries")).hasSize(1);
        assertThat(found.at("/deliveries/0/event_id").asText()).isEqualTo(failed);
        assertThat(found.has("next_cursor")).isFalse();
        assertThat(list("state=parked").path("deliveries")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=lost", "limit=0", "limit=101", "from=2026-03-01T00:00:00Z"})
    void aWrongParameterIsRefused(String query) {
        is(call(LIST, query, ""), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "evt_x", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "RELEASE"})
    void onlyACursorIsACursor(String cursor) {
        is(call(LIST, "cursor=" + cursor, ""), 400, "cursor_invalid");
    }

    @Test
    void aTestIsDueAtOnce() {
        var response = call(TEST, "", "");

        assertThat(response.getStatusCode()).as(response.getBody()).isEqualTo(202);
        var id = json(response).path("event_id").asText();
        var delivery = deliveries.find(endpoint.id(), id).orElseThrow();
        assertThat(delivery.state()).isEqualTo(DeliveryState.WAITING);
        assertThat(delivery.due()).isEqualTo(storeFixture.clock.instant());
        assertThat(delivery.body()).isEqualTo("""
                {"id":"%s","type":"webhook.test","timestamp":"2026-03-01T04:00:00.000Z",\
                "data":{"caller":"local","webhook_id":"%s"}}""".formatted(id, endpoint.id()));
        assertThat(list("").path("deliveries")).hasSize(1);
    }

    @Test
    void whatWasNotDeliveredIsDueAgainAndNothingElse() {
        var now = storeFixture.clock.instant();
        var older = delivery(100, WebhookDelivery::failed);
        var failed = delivery(50, WebhookDelivery::failed);
        var parked = delivery(40, WebhookDelivery::parked);
        var waiting = delivery(30, one -> one.waiting(now.plus(Duration.ofHours(5))));
        var delivered = delivery(20, WebhookDelivery::delivered);

        assertThat(recovered(now.minusSeconds(50)).toString()).isEqualTo("{\"recovered\":3}");

        assertThat(List.of(failed, parked, waiting)).allSatisfy(event -> assertThat(
                        deliveries.find(endpoint.id(), event).orElseThrow().due())
                .isEqualTo(now));
        assertThat(state(older)).isEqualTo(DeliveryState.FAILED);
        assertThat(state(delivered)).isEqualTo(DeliveryState.DELIVERED);
        assertThat(recovered(now.plusSeconds(1)).path("recovered").asInt()).isZero();
        assertThat(recovered(Instant.parse("2020-02-02T20:20:20Z"))
                        .path("recovered")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void manyAreRecoveredPageByPage() {
        for (int i = 0; i < 250; i++) {
            delivery(i, WebhookDelivery::failed);
        }

        assertThat(recovered(storeFixture.clock.instant().minusSeconds(1_000))
                        .path("recovered")
                        .asInt())
                .isEqualTo(250);
    }

    @Test
    void whoseTimeEndsSaysFromWhenToGoOn() {
        delivery(10, WebhookDelivery::failed);

        var response = call(function(Duration.ofSeconds(3)), RECOVER, "", "{\"since\": \"2026-03-01T00:00:00Z\"}");

        assertThat(response.getBody()).isEqualTo("{\"recovered\":0,\"next_since\":\"2026-03-01T03:59:50Z\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"since\": \"yesterday\"}", "{\"since\": \"2026-03-01\"}"})
    void aTimeIsNeeded(String body) {
        var response = call(RECOVER, "", body);

        is(response, 400, "invalid_request");
        assertThat(json(response).at("/errors/0/pointer").asText()).isEqualTo("/since");
    }

    @Test
    void nothingIsPostedToOneThatIsDisabled() {
        delivery(10, WebhookDelivery::failed);
        endpoints.disable(endpoint);

        is(call(TEST, "", ""), 409, "webhook_disabled");
        is(call(RECOVER, "", "{\"since\": \"2026-03-01T00:00:00Z\"}"), 409, "webhook_disabled");
        assertThat(list("").path("deliveries")).hasSize(1);
    }

    @Test
    void whatIsParkedIsFreedByWhoeverEnablesTheEndpoint() {
        var seen = endpoint;
        for (int i = 0; i < EndpointHealth.FAILING_AFTER; i++) {
            seen = endpoints.failed(seen, storeFixture.clock.instant()).orElseThrow();
        }
        call("PATCH /v1/webhooks/{id}", "", "{\"description\": \"d\"}");
        assertThat(deliveries.findRelease(endpoint.id())).isEmpty();

        call("PATCH /v1/webhooks/{id}", "", "{\"state\": \"enabled\"}");

        assertThat(deliveries.findRelease(endpoint.id()))
                .hasValueSatisfying(release -> assertThat(release.caller()).isEqualTo("local"));
    }

    @ParameterizedTest
    @ValueSource(strings = {LIST, TEST, RECOVER})
    void anEndpointIsItsCallers(String route) {
        var event = ApiEvents.of(route, endpoint.id(), "");
        event.setBody("{\"since\": \"2026-03-01T00:00:00Z\"}");
        var other = new Grant("other", "key", KeyKind.LIVE, Set.of(Scope.values()));

        is(function.webhooks(ApiEvents.as(other, event)), 404, "webhook_not_found");
        assertThat(deliveries.newest(endpoint.id(), null, 10)).isEmpty();
    }
}
