package hoopoe.api.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.access.Scope;
import hoopoe.local.LocalKeys;
import hoopoe.local.template.FunctionDefinition;
import hoopoe.local.template.RouteDefinition;
import hoopoe.local.template.Template;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.Bodies;
import hoopoe.testing.IssuedKeys;
import hoopoe.testing.SharedStack;
import hoopoe.testing.Tenant;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of key may do on every route of the template. */
@ExtendWith(SharedStack.Extension.class)
class AccessIT {

    private static final Template TEMPLATE = Template.read(Path.of("template.yaml"));

    /** In the place of every variable of a path. */
    private static final String NONE = "0";

    private final SharedStack shared;
    private final Api api;
    private final IssuedKeys keys;

    AccessIT(SharedStack shared) {
        this.shared = shared;
        this.api = shared.api();
        this.keys = new IssuedKeys(shared.stack());
    }

    static Stream<RouteDefinition> routes() {
        return TEMPLATE.functions().stream()
                .map(FunctionDefinition::routes)
                .flatMap(List::stream)
                .filter(route -> !route.open());
    }

    /** What a route needs. One that is none of these has no place in the template before it has one here. */
    private static Scope scope(RouteDefinition route) {
        var key = route.key();
        if (key.contains(" /v1/webhooks")) {
            return Scope.WEBHOOKS;
        } else if (key.contains(" /v1/erasures")) {
            return Scope.PEOPLE_ERASE;
        } else if (key.equals("GET /v1/accounts/{account}/credit")) {
            return Scope.ACCOUNTS_ADMIN;
        } else if (key.startsWith("GET /v1/") || key.equals("POST /v1/messages/search")) {
            return Scope.BATCHES_READ;
        } else if (key.equals("POST /v1/batches") || key.equals("DELETE /v1/batches/{id}")) {
            return Scope.BATCHES_WRITE;
        } else if (key.equals("DELETE /v1/accounts/{account}/session")
                || key.matches("POST /v1/batches/\\{id}/dispatches/\\{n}/(confirm|resend)")) {
            return Scope.ACCOUNTS_ADMIN;
        }
        throw new AssertionError("nobody has said which scope " + key + " needs");
    }

    @Test
    void onlyCallbacksTheContractAndTheConsolesFilesAreOpen() {
        assertThat(TEMPLATE.functions().stream()
                        .flatMap(function -> function.routes().stream())
                        .filter(RouteDefinition::open)
                        .map(RouteDefinition::key))
                .allMatch(key -> key.matches("(GET|POST|HEAD) /callbacks/\\{account}/\\{token}"
                        + "|GET /v1/(errors|openapi\\.json)|GET /console(/\\{version}/\\{file})?"));
        assertThat(TEMPLATE.authorizer().orElseThrow().byRoute()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void whoeverHasNoKeyGetsNowhere(RouteDefinition route) throws Exception {
        var answer = call(api.as(""), route, NONE);

        assertThat(Api.text(answer)).isEqualTo("401 {\"message\":\"Unauthorized\"}");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void whoeverHasNoneOfOursGetsNoFurther(RouteDefinition route) throws Exception {
        var wrong = LocalKeys.LIVE.substring(0, LocalKeys.LIVE.length() - 1) + '1';

        for (var key : List.of("x", "hpk_live_", wrong, LocalKeys.LIVE.replace("live_", "test_"))) {
            assertThat(Api.text(call(api.as(key), route, NONE))).isEqualTo("403 {\"message\":\"Forbidden\"}");
        }
        assertThat(Api.text(send(api.as(""), route, NONE, "Authorization", "Basic dXNlcjpwYXNz")))
                .isEqualTo("403 {\"message\":\"Forbidden\"}");
    }

    @Test
    void eachRouteNeedsItsScopeAndNoOther() throws Exception {
        for (var held : Scope.values()) {
            var caller = api.as(keys.create("scoped-" + held.ordinal(), "live", held));
            for (var route : routes().toList()) {
                var answer = call(caller, route, NONE);
                if (held == scope(route)) {
                    assertThat(answer.statusCode())
                            .as("%s %s %s", held, route.key(), Api.text(answer))
                            .isNotIn(401, 403, 500);
                } else {
                    assertThat(answer.statusCode() + answer.jsonPath().getString("code"))
                            .as("%s %s", held, route.key())
                            .isEqualTo("403forbidden_scope");
                }
            }
        }
    }

    @Test
    void nobodySeesAnothersBatchesByAnyRoute() throws Exception {
        var one = api.as(keys.create("one", "live", Scope.values()));
        var other = api.as(keys.create("other", "live", Scope.BATCHES_READ, Scope.BATCHES_WRITE));
        var tenant = shared.tenant();
        var batch = one.send(answered(tenant), "Idempotency-Key", "same");
        assertThat(batch.statusCode()).as(Api.text(batch)).isEqualTo(202);
        String id = batch.path("id");
        one.awaitMessages(id, "delivered");
        Await.until("answered", () -> one.replies(id), some -> !some.isEmpty());

        for (var route : routes().toList()) {
            if (route.path().startsWith("/v1/batches/{id}")) {
                var refused = call(other, route, id);
                assertThat(refused.statusCode() + refused.jsonPath().getString("code"))
                        .as(route.key())
                        .isEqualTo(scope(route) == Scope.ACCOUNTS_ADMIN ? "403forbidden_scope" : "404batch_not_found");
                assertThat(call(one, route, id).statusCode())
                        .as("%s by its owner", route.key())
                        .isIn(200, 409);
            } else if (route.key().equals("POST /v1/batches")) {
                var own = other.send(answered(tenant), "Idempotency-Key", "same");
                assertThat(own.statusCode()).as(Api.text(own)).isEqualTo(202);
                assertThat(own.asString()).doesNotContain(id);
            } else {
                assertThat(call(other, route, tenant.name()).asString())
                        .as(route.key())
                        .doesNotContain(id);
            }
        }
        assertThat(other.replies(id)).isEmpty();
        assertThat(one.get("/v1/batches").asString()).contains(id);
        assertThat(one.get("/v1/replies").asString()).contains(id);
        assertThat(one.batch(id).at("/counts/delivered").asInt()).isEqualTo(1);
    }

    @Test
    void nobodySeesAnothersEndpointsByAnyRoute() throws Exception {
        var one = api.as(keys.create("listener", "live", Scope.values()));
        var other = api.as(keys.create("eavesdropper", "live", Scope.values()));
        var registered = one.post("/v1/webhooks", "{\"url\": \"http://127.0.0.1:9/\"}");
        assertThat(registered.statusCode()).as(Api.text(registered)).isEqualTo(201);
        String id = registered.path("id");

        for (var route : routes().filter(route -> route.path().startsWith("/v1/webhooks/{id}"))
                .toList()) {
            var body = route.path().endsWith("/recover") ? "{\"since\": \"2026-11-22T00:00:00Z\"}" : "{}";
            var refused = other.given()
                    .body(body)
                    .request(route.method(), route.path().replace("{id}", id));
            assertThat(refused.statusCode() + refused.jsonPath().getString("code"))
                    .as(route.key())
                    .isEqualTo("404webhook_not_found");
        }
        assertThat(other.get("/v1/webhooks").asString()).doesNotContain(id);
        assertThat(one.get("/v1/webhooks").asString()).contains(id).doesNotContain("whsec_");
    }

    @Test
    void whoLooksAfterAccountsReadsAnyBatchAndSettlesItAndNoMore() throws Exception {
        var one = api.as(keys.create("looked-after", "live", Scope.BATCHES_READ, Scope.BATCHES_WRITE));
        var operator = api.as(keys.create("operator", "live", Scope.values()));
        String path = "/v1/batches/" + one.send(Bodies.to(shared.tenant(), 1)).path("id");

        assertThat(operator.get(path + "?include=dispatches").as(JsonNode.class).path("dispatches"))
                .hasSize(1);
        assertThat(operator.post(path + "/dispatches/0/confirm", "{}")
                        .jsonPath()
                        .getString("code"))
                .isEqualTo("dispatch_not_unconfirmed");
        assertThat(operator.post(path + "/dispatches/0/resend", "{}").jsonPath().getString("code"))
                .isEqualTo("dispatch_not_unconfirmed");
        assertThat(operator.get(path + "/messages").jsonPath().getString("code"))
                .isEqualTo("batch_not_found");
        assertThat(operator.delete(path).jsonPath().getString("code")).isEqualTo("batch_not_found");
        assertThat(operator.get("/v1/batches").as(JsonNode.class).path("batches"))
                .isEmpty();
    }

    @Test
    void nobodyCancelsAnothersBatch() throws Exception {
        var one = api.as(keys.create("planner", "live", Scope.values()));
        var other = api.as(keys.create("meddler", "live", Scope.values()));
        var plan = one.send("""
                {"account": "%s", "text": "x", "send_at": "%s", "recipients": [{"to": "+886912345678"}]}""".formatted(shared.tenant().name(), later()));
        assertThat(plan.statusCode()).as(Api.text(plan)).isEqualTo(202);

        assertThat(other.delete("/v1/batches/" + plan.path("id")).jsonPath().getString("code"))
                .isEqualTo("batch_not_found");

        assertThat(one.batch(plan.path("id")).path("state").asText()).isNotEqualTo("cancelled");
        assertThat(one.delete("/v1/batches/" + plan.path("id")).statusCode()).isIn(200, 202);
    }

    @Test
    void idempotencyKeysAreEachCallersOwn() throws Exception {
        var one = api.as(keys.create("first", "live", Scope.values()));
        var other = api.as(keys.create("second", "live", Scope.values()));
        var body = Bodies.to(shared.tenant(), 1);

        var ofOne = one.send(body, "Idempotency-Key", "order-1");
        var ofOther = other.send(body, "Idempotency-Key", "order-1");

        assertThat(ofOther.statusCode()).isEqualTo(202);
        assertThat(ofOther.header("Idempotent-Replayed")).isNull();
        assertThat(ofOther.jsonPath().getString("id"))
                .isNotEqualTo(ofOne.jsonPath().getString("id"));
        assertThat(one.send(body, "Idempotency-Key", "order-1").jsonPath().getString("id"))
                .isEqualTo(ofOne.jsonPath().getString("id"));
    }

    @Test
    void whileKeysRotateBothAreTheSameCallers() throws Exception {
        var old = keys.create("rotating", "live", Scope.values());
        var batch = api.as(old).send(Bodies.to(shared.tenant(), 1), "Idempotency-Key", "once");
        var next = keys.create("rotating", "live", Scope.values());

        assertThat(api.as(next).batch(batch.path("id")).path("id").asText())
                .isEqualTo(batch.jsonPath().getString("id"));
        assertThat(api.as(old).batch(batch.path("id")).path("id").asText())
                .isEqualTo(batch.jsonPath().getString("id"));

        keys.revoke(old);

        // This route API Gateway has not asked about yet, so it keeps nothing of the key.
        assertThat(Api.text(api.as(old).get("/v1/replies"))).isEqualTo("403 {\"message\":\"Forbidden\"}");
        assertThat(api.as(next).get("/v1/replies").statusCode()).isEqualTo(200);
        assertThat(api.as(next).get("/v1/batches").asString())
                .contains(batch.jsonPath().getString("id"));
    }

    @Test
    void aTestKeyReachesSimulatorsOnly() throws Exception {
        var test = api.as(keys.create("tester", "test", Scope.values()));
        var live = shared.tenant().name();
        var to = "\"text\": \"x\", \"recipients\": [{\"to\": \"+886912345678\"}]}";

        var simulated = test.send("{" + to);
        assertThat(simulated.as(JsonNode.class).path("account").asText())
                .as(Api.text(simulated))
                .isEqualTo(SharedStack.DEFAULT);
        for (var refused : List.of(
                test.send("{\"account\": \"" + live + "\", " + to),
                test.send("{\"dry_run\": true, \"account\": \"" + live + "\", " + to),
                test.get("/v1/accounts/" + live + "/credit"),
                test.delete("/v1/accounts/" + live + "/session"),
                test.get("/v1/batches?account=" + live),
                test.get("/v1/replies?account=" + live))) {
            assertThat(refused.statusCode() + refused.jsonPath().getString("code"))
                    .as(Api.text(refused))
                    .isEqualTo("403account_live_only");
        }
        assertThat(names(test)).containsExactly(SharedStack.DEFAULT);
        assertThat(test.get("/v1/accounts/" + SharedStack.DEFAULT + "/credit").statusCode())
                .isEqualTo(200);
        assertThat(names(api)).contains(live, SharedStack.DEFAULT);
    }

    @Test
    void whatIsDoneWithTestKeysIsApartFromWhatLiveKeysDo() throws Exception {
        var test = api.as(keys.create("both", "test", Scope.values()));
        var live = api.as(keys.create("both", "live", Scope.values()));
        var body = "{\"text\": \"x\", \"recipients\": [{\"to\": \"+886912345678\"}]}";

        var ofTest = test.send(body, "Idempotency-Key", "k");
        var ofLive = live.send(body, "Idempotency-Key", "k");

        assertThat(ofTest.jsonPath().getString("id"))
                .startsWith("bat_")
                .isNotEqualTo(ofLive.jsonPath().getString("id"));
        assertThat(test.get("/v1/batches/" + ofLive.path("id")).jsonPath().getString("code"))
                .isEqualTo("batch_not_found");
        assertThat(live.get("/v1/batches/" + ofTest.path("id")).jsonPath().getString("code"))
                .isEqualTo("batch_not_found");
        assertThat(test.get("/v1/batches").asString())
                .contains(ofTest.jsonPath().getString("id"))
                .doesNotContain(ofLive.jsonPath().getString("id"));
    }

    private static String later() {
        return Instant.now()
                .plus(Duration.ofHours(20))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    private static String answered(Tenant tenant) {
        return "{\"account\": \"%s\", \"text\": \"hello\", \"recipients\": [{\"to\": \"+886912345907\"}]}"
                .formatted(tenant.name());
    }

    private static List<String> names(Api caller) throws IOException, InterruptedException {
        var accounts = caller.get("/v1/accounts").as(JsonNode.class).path("accounts");
        return StreamSupport.stream(accounts.spliterator(), false)
                .map(account -> account.path("name").asText())
                .toList();
    }

    private static Response call(Api caller, RouteDefinition route, String variable) throws Exception {
        return send(caller, route, variable);
    }

    private static Response send(Api caller, RouteDefinition route, String variable, String... headers)
            throws Exception {
        var path = route.path().replaceAll("\\{(id|account)}", variable).replaceAll("\\{\\w+}", NONE);
        return switch (route.method()) {
            case "GET" -> caller.get(path, headers);
            case "DELETE" -> caller.delete(path, headers);
            case "POST" -> caller.post(path, "{}", headers);
            case "PATCH" -> caller.given(headers).body("{}").patch(path);
            default -> throw new AssertionError(route.key());
        };
    }
}
