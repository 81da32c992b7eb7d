package hoopoe.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.event.EndpointHealth;
import hoopoe.event.EndpointState;
import hoopoe.event.webhook.AddressPolicy;
import hoopoe.store.event.WebhookEndpointRepository;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.StoreFixture;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksFunctionTest {

    private static final String URL = "https://hooks.example.com/sms?token=t";

    private final StoreFixture storeFixture = new StoreFixture();
    private final WebhookEndpointRepository endpoints = new WebhookEndpointRepository(storeFixture.table);
    private final WebhooksFunction function = function(Map.of("hoopoe.webhooks.queue", "https://queue"));

    private WebhooksFunction function(Map<String, String> settings) {
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
        var policy = new AddressPolicy(false, WebhooksFunctionTest::resolve);
        return storeFixture.beans(config, policy, endpoints).get(WebhooksFunction.class);
    }

    /** Public, but one. */
    private static InetAddress[] resolve(String host) throws UnknownHostException {
        if (host.startsWith("nowhere")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {
            InetAddress.getByAddress(host.startsWith("inside") ? new byte[] {10, 0, 0, 1} : new byte[] {8, 8, 8, 8})
        };
    }

    private APIGatewayV2HTTPResponse call(APIGatewayV2HTTPEvent event) {
        return function.webhooks(event);
    }

    private APIGatewayV2HTTPResponse call(String route, String id) {
        return call(ApiEvents.of(route, id, ""));
    }

    private static APIGatewayV2HTTPEvent event(String route, String id, String body) {
        var event = ApiEvents.of(route, id, "");
        event.setBody(body);
        return event;
    }

    private APIGatewayV2HTTPResponse create(String body) {
        return call(event("POST /v1/webhooks", "", body));
    }

    private APIGatewayV2HTTPResponse patch(String id, String body) {
        return call(event("PATCH /v1/webhooks/{id}", id, body));
    }

    private JsonNode made(String body) {
        var response = create(body);
        assertThat(response.getStatusCode()).as(response.getBody()).isEqualTo(201);
        return json(response);
    }

    private String made() {
        return made("{\"url\": \"" + URL + "\"}").path("id").asText();
    }

    private static JsonNode json(APIGatewayV2HTTPResponse response) {
        try {
            return new ObjectMapper().readTree(response.getBody());
        } catch (JsonProcessingException e) {
            throw new AssertionError(response.getBody(), e);
        }
    }

    private static void is(APIGatewayV2HTTPResponse response, int status, String code, String pointer) {
        assertThat(response.getStatusCode()).as(response.getBody()).isEqualTo(status);
        assertThat(json(response).path("code").asText()).isEqualTo(code);
        assertThat(json(response).at("/errors/0/pointer").asText()).isEqualTo(pointer);
    }

    private static Grant grant(String caller, KeyKind kind, Scope... scopes) {
        return new Grant(caller, "key", kind, Set.of(scopes));
    }

    @Test
    void theSecretIsShownOnceAndTheEndpointAlways() {
        var response = create("""
                {"url": "HTTPS://Hooks.Example.com/sms?token=t", "types": ["reply.received", "message.delivered"],
                 "accounts": ["main"], "content": true, "description": "orders"}""");

        assertThat(response.getStatusCode()).as(response.getBody()).isEqualTo(201);
        var made = json(response);
        var id = made.path("id").asText();
        assertThat(id).matches("wh_[0-9A-HJKMNP-TV-Z]{26}");
        assertThat(response.getHeaders()).containsEntry("Location", "/v1/webhooks/" + id);
        var secret = made.path("secret").asText();
        assertThat(secret).startsWith("whsec_");
        var stored = endpoints.find("local", id).orElseThrow();
        assertThat(stored.secrets().signing(storeFixture.clock.instant())).containsExactly(secret);
        assertThat(call("GET /v1/webhooks/{id}", id).getBody()).isEqualTo("""
                {"id":"%s","url":"https://hooks.example.com/sms?token=t","types":["message.delivered","reply.received"],\
                "accounts":["main"],"content":true,"description":"orders","state":"enabled","failures":0,\
                "created_at":"2026-03-01T04:00:00Z"}""".formatted(id));
        assertThat(json(call("GET /v1/webhooks", "")).path("webhooks")).hasSize(1);
        assertThat(call("GET /v1/webhooks", "").getBody()).contains(id).doesNotContain(secret);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"url\": \"https://nowhere.example.com/\"} | 422 | webhook_url_invalid | /url",
                "{\"url\": \"https://inside.example.com/\"} | 422 | webhook_url_invalid | /url",
                "{\"url\": \"http://hooks.example.com/\"} | 422 | webhook_url_invalid | /url",
                "{\"url\": \"\"} | 422 | webhook_url_invalid | /url",
                "{} | 400 | invalid_request | /url",
                "{\"url\": 5} | 400 | invalid_request | /url",
                "{\"url\": \"https://a.example\", \"types\": [\"reply.received\", \"sms\"]} | 400 | invalid_request | /types/1",
                "{\"url\": \"https://a.example\", \"types\": [null]} | 400 | invalid_request | /types/0",
                "{\"url\": \"https://a.example\", \"accounts\": [null]} | 400 | invalid_request | /accounts/0",
                "{\"url\": \"https://a.example\", \"accounts\": [\"MAIN\"]} | 404 | account_not_found | /accounts/0",
                "{\"url\": \"https://user@a.example\"} | 422 | webhook_url_invalid | /url",
                "{\"url\": \"https://b\u00fccher.example\"} | 422 | webhook_url_invalid | /url",
                "{\"url\": \"https://0x7f.1/\"} | 422 | webhook_url_invalid | /url",
                "{\"url\": null} | 400 | invalid_request | /url",
                "{\"url\": \"https://a.example\", \"types\": \"sms\"} | 400 | invalid_request | /types",
                "{\"url\": \"https://a.example\", \"accounts\": [\"nobody\"]} | 404 | account_not_found | /accounts/0",
                "{\"url\": \"https://a.example\", \"secret\": \"mine\"} | 400 | unknown_field | /secret",
                "{\"url\": \"https://a.example\", \"description\": \"\\ud800\"} | 400 | invalid_request | /description",
            })
    void whatIsWrongIsPointedAt(String body, int status, String code, String pointer) {
        is(create(body), status, code, pointer);
    }

    @Test
    void whatIsTooLongIsRefused() {
        is(
                create("{\"url\": \"" + URL + "\", \"description\": \"" + "a".repeat(201) + "\"}"),
                400,
                "invalid_request",
                "/description");
        is(
                create("{\"url\": \"" + URL + "\", \"accounts\": [\"main\"" + ",\"main\"".repeat(100) + "]}"),
                400,
                "invalid_request",
                "/accounts");
    }

    @Test
    void whoeverAsksAnotherTimeIsToldWhichEndpointThereIs() {
        var id = made();

        var again = create("{\"url\": \"" + URL + "\"}");

        is(again, 409, "webhook_url_in_use", "/url");
        assertThat(json(again).path("detail").asText()).contains(id);
        var secret =
                json(call("POST /v1/webhooks/{id}/rotate", id)).path("secret").asText();
        assertThat(endpoints.find("local", id).orElseThrow().secrets().current())
                .isEqualTo(secret);
    }

    @Test
    void tenAreEnough() {
        for (int i = 0; i < 10; i++) {
            made("{\"url\": \"" + URL + i + "\"}");
        }

        is(create("{\"url\": \"" + URL + "\"}"), 409, "too_many_webhooks", "");
    }

    @Test
    void withoutAQueueThereAreNone() {
        var off = function(Map.of()).webhooks(event("POST /v1/webhooks", "", "{\"url\": \"" + URL + "\"}"));

        is(off, 422, "webhooks_off", "");
    }

    @Test
    void anEndpointIsItsCallersAndOfItsKindOfKey() {
        var id = made();

        for (var other :
                List.of(grant("other", KeyKind.LIVE, Scope.values()), grant("local", KeyKind.TEST, Scope.values()))) {
            for (var route :
                    List.of("GET /v1/webhooks/{id}", "DELETE /v1/webhooks/{id}", "POST /v1/webhooks/{id}/rotate")) {
                is(call(ApiEvents.as(other, ApiEvents.of(route, id, ""))), 404, "webhook_not_found", "");
            }
            is(
                    call(ApiEvents.as(other, event("PATCH /v1/webhooks/{id}", id, "{\"state\": \"disabled\"}"))),
                    404,
                    "webhook_not_found",
                    "");
            var list = call(ApiEvents.as(other, ApiEvents.of("GET /v1/webhooks", "", "")));
            assertThat(json(list).path("webhooks")).isEmpty();
        }
    }

    @Test
    void itsScopeIsNeededAndForContentThatOfMessagesToo() {
        var all = EnumSet.allOf(Scope.class);
        all.remove(Scope.WEBHOOKS);
        var none = new Grant("local", "key", KeyKind.LIVE, all);
        is(call(ApiEvents.as(none, ApiEvents.of("GET /v1/webhooks", "", ""))), 403, "forbidden_scope", "");

        var only = grant("local", KeyKind.LIVE, Scope.WEBHOOKS);
        var body = "{\"url\": \"" + URL + "\", \"content\": true}";
        is(call(ApiEvents.as(only, event("POST /v1/webhooks", "", body))), 403, "forbidden_scope", "");
        var plain = call(ApiEvents.as(only, event("POST /v1/webhooks", "", body.replace("true", "false"))));
        assertThat(plain.getStatusCode()).as(plain.getBody()).isEqualTo(201);
    }

    @Test
    void aTestKeyReachesOnlySimulatedAccounts() {
        var test = grant("local", KeyKind.TEST, Scope.values());
        var body = "{\"url\": \"" + URL + "\", \"accounts\": [\"%s\"]}";

        is(
                call(ApiEvents.as(test, event("POST /v1/webhooks", "", body.formatted(StoreFixture.ACCOUNT)))),
                403,
                "account_live_only",
                "/accounts/0");
        var made = call(ApiEvents.as(test, event("POST /v1/webhooks", "", body.formatted(StoreFixture.SIMULATED))));
        assertThat(made.getStatusCode()).as(made.getBody()).isEqualTo(201);
        assertThat(endpoints.callersListening()).containsExactly("test:local");
    }

    @Test
    void aChangeLeavesWhatItDoesNotName() {
        var id = made("{\"url\": \"" + URL + "\", \"types\": [\"reply.received\"], \"description\": \"d\"}")
                .path("id")
                .asText();

        var changed = json(patch(id, "{\"url\": \"https://other.example.com/\", \"accounts\": [\"main\"]}"));

        assertThat(changed.path("url").asText()).isEqualTo("https://other.example.com/");
        assertThat(changed.path("types").toString()).isEqualTo("[\"reply.received\"]");
        assertThat(changed.path("accounts").toString()).isEqualTo("[\"main\"]");
        assertThat(changed.path("description").asText()).isEqualTo("d");
        assertThat(changed.has("secret")).isFalse();
        var emptied = json(patch(id, "{\"types\": [], \"accounts\": [], \"description\": \"\"}"));
        assertThat(emptied.path("types")).isEmpty();
        assertThat(emptied.path("accounts")).isEmpty();
        assertThat(emptied.has("description")).isFalse();
        assertThat(json(patch(id, "{}"))).isEqualTo(emptied);
    }

    @Test
    void aChangeIsCheckedLikeANewOne() {
        var id = made();
        made("{\"url\": \"https://other.example.com/\"}");

        is(patch(id, "{\"url\": \"https://inside.example.com/\"}"), 422, "webhook_url_invalid", "/url");
        is(patch(id, "{\"url\": \"https://other.example.com/\"}"), 409, "webhook_url_in_use", "/url");
        is(patch(id, "{\"types\": [\"sms\"]}"), 400, "invalid_request", "/types/0");
        is(patch(id, "{\"accounts\": [\"main\", \"nobody\"]}"), 404, "account_not_found", "/accounts/1");
        is(patch(id, "{\"content\": true}"), 400, "unknown_field", "/content");
        is(patch(id, "{\"state\": \"failing\"}"), 400, "invalid_request", "/state");
        is(patch("wh_none", "{\"state\": \"enabled\"}"), 404, "webhook_not_found", "");
    }

    @Test
    void whoeverEnablesOneBeginsAnew() {
        var id = made();
        var seen = endpoints.find("local", id).orElseThrow();
        for (int i = 0; i < EndpointHealth.FAILING_AFTER; i++) {
            seen = endpoints.failed(seen, storeFixture.clock.instant()).orElseThrow();
        }
        var failing = json(call("GET /v1/webhooks/{id}", id));
        assertThat(failing.path("state").asText()).isEqualTo("failing");
        assertThat(failing.path("failures").asInt()).isEqualTo(5);
        assertThat(failing.path("first_failed_at").asText()).isEqualTo("2026-03-01T04:00:00Z");
        assertThat(failing.path("next_attempt_at").asText()).isEqualTo("2026-03-01T04:01:00Z");

        var disabled = json(patch(id, "{\"state\": \"disabled\"}"));
        assertThat(disabled.path("state").asText()).isEqualTo("disabled");
        assertThat(disabled.path("failures").asInt()).isEqualTo(5);
        patch(id, "{\"url\": \"https://other.example.com/\"}");
        assertThat(endpoints.find("local", id).orElseThrow().health().state()).isEqualTo(EndpointState.DISABLED);

        var enabled = json(patch(id, "{\"state\": \"enabled\"}"));
        assertThat(enabled.path("state").asText()).isEqualTo("enabled");
        assertThat(endpoints.find("local", id).orElseThrow().health()).isEqualTo(EndpointHealth.GOOD);
    }

    @Test
    void aNewAddressHasNotFailedYet() {
        var id = made();
        endpoints.failed(endpoints.find("local", id).orElseThrow(), storeFixture.clock.instant());

        patch(id, "{\"description\": \"same address\"}");
        assertThat(endpoints.find("local", id).orElseThrow().health().failures())
                .isEqualTo(1);
        patch(id, "{\"url\": \"https://other.example.com/\"}");

        assertThat(endpoints.find("local", id).orElseThrow().health()).isEqualTo(EndpointHealth.GOOD);
    }

    @Test
    void afterARotationTheOldSecretSignsForADay() {
        var made = made("{\"url\": \"" + URL + "\"}");
        var id = made.path("id").asText();

        var rotated = json(call("POST /v1/webhooks/{id}/rotate", id));

        assertThat(rotated.path("secret").asText())
                .startsWith("whsec_")
                .isNotEqualTo(made.path("secret").asText());
        assertThat(rotated.path("previous_secret_until").asText()).isEqualTo("2026-03-02T04:00:00Z");
        var secrets = endpoints.find("local", id).orElseThrow().secrets();
        assertThat(secrets.signing(storeFixture.clock.instant()))
                .containsExactly(
                        rotated.path("secret").asText(), made.path("secret").asText());
        storeFixture.clock.move(Duration.ofDays(1));
        assertThat(json(call("GET /v1/webhooks/{id}", id)).has("previous_secret_until"))
                .isFalse();
    }

    @Test
    void whatIsDeletedIsGone() {
        var id = made();

        var deleted = call("DELETE /v1/webhooks/{id}", id);

        assertThat(deleted.getStatusCode()).isEqualTo(204);
        assertThat(deleted.getBody()).isEmpty();
        assertThat(deleted.getHeaders()).doesNotContainKey("Content-Type");
        is(call("DELETE /v1/webhooks/{id}", id), 404, "webhook_not_found", "");
        is(call("GET /v1/webhooks/{id}", id), 404, "webhook_not_found", "");
        assertThat(endpoints.callersListening()).isEmpty();
        assertThat(made()).isNotEqualTo(id);
    }

    /** Longer than a key of the table, among others. */
    @ParameterizedTest
    @ValueSource(strings = {"", "wh_", "WH_01KJKRV5G0YBP1CB76VE99NK3D", "wh_01KJKRV5G0YBP1CB76VE99NK3D#", "wh_測", "x"})
    void whatIsNoIdIsNobodys(String id) {
        for (var one : List.of(id, id + "0".repeat(2_000))) {
            is(call("GET /v1/webhooks/{id}", one), 404, "webhook_not_found", "");
            is(call("DELETE /v1/webhooks/{id}", one), 404, "webhook_not_found", "");
            is(call("POST /v1/webhooks/{id}/rotate", one), 404, "webhook_not_found", "");
            is(call("POST /v1/webhooks/{id}/test", one), 404, "webhook_not_found", "");
            is(call("GET /v1/webhooks/{id}/deliveries", one), 404, "webhook_not_found", "");
            is(patch(one, "{\"state\": \"enabled\"}"), 404, "webhook_not_found", "");
        }
    }

    @Test
    void theListHasNoParameters() {
        is(call(ApiEvents.of("GET /v1/webhooks", "", "limit=1")), 400, "invalid_request", "");
    }
}
