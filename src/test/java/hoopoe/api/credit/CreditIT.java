package hoopoe.api.credit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.Stack;
import hoopoe.local.every8d.Switch;
import hoopoe.local.wire.Fault;
import hoopoe.testing.Api;
import hoopoe.testing.SharedStack;
import hoopoe.testing.Tenant;
import io.restassured.response.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an account has left, by the packaged artifact. A stack of its own, in which only this function runs: on a shared one
 * the clock asks for everybody's credit, which is then known for a minute.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CreditIT {

    private final Map<String, Tenant> tenants = new HashMap<>();
    private Stack stack;
    private Api api;

    @BeforeAll
    void start() {
        var builder =
                Stack.builder().settings(SharedStack.UNHURRIED).settings(Map.of("hoopoe.default-account", "main"));
        Stream.of("main", "described", "bare", "decimal", "json", "dead", "down", "odd", "busy", "closed", "rightless")
                .forEach(name -> builder.simulator((url, given) -> tenant(name, url)));
        stack = builder.start();
        api = new Api(stack.url());
    }

    private Tenant tenant(String name, URI url) {
        return tenants.computeIfAbsent(name, unknown -> new Tenant(unknown, url, Map.of()));
    }

    @AfterAll
    void close() {
        stack.close();
    }

    @Test
    void pointsAreAskedForOnceAMinute() throws Exception {
        var tenant = tenants.get("main");
        tenant.customer().credit("1234.50");

        var first = credit("main");
        tenant.customer().credit("1");
        var second = credit("main");

        assertThat(first.statusCode()).as(Api.text(first)).isEqualTo(200);
        assertThat(first.as(JsonNode.class).path("account").asText()).isEqualTo("main");
        assertThat(first.as(JsonNode.class).at("/points/amount").isTextual()).isTrue();
        assertThat(new BigDecimal(first.as(JsonNode.class).at("/points/amount").asText()))
                .isEqualByComparingTo("1234.5");
        assertThat(Instant.parse(first.as(JsonNode.class).path("as_of").asText()))
                .isBeforeOrEqualTo(Instant.now());
        assertThat(second.as(JsonNode.class)).isEqualTo(first.as(JsonNode.class));
        assertThat(tenant.asked("getCredit")).isEqualTo(1);
        assertThat(account("main").at("/credit/points"))
                .isEqualTo(first.as(JsonNode.class).path("points"));
    }

    /** {@code -301} reads like a balance. */
    @ParameterizedTest
    @EnumSource(Switch.ErrorForm.class)
    void aDeadSessionIsANewLoginAndNoBalance(Switch.ErrorForm form) throws Exception {
        var tenant = tenants.get(form.name().toLowerCase(Locale.ROOT));
        tenant.customer().credit("77");
        tenant.every8d().switches().set(form);
        tenant.every8d().faults().next("getCredit", Fault.refuses(-301));

        var answer = credit(tenant.name());

        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        assertThat(answer.as(JsonNode.class).at("/points/amount").asText()).startsWith("77");
        assertThat(tenant.asked("getCredit")).isEqualTo(2);
        assertThat(tenant.asked("getConnection")).isEqualTo(2);
    }

    @Test
    void aSessionThatStaysDeadIsAskedForOnceMoreOnly() throws Exception {
        var tenant = tenants.get("dead");
        tenant.every8d().faults().always("getCredit", Fault.refuses(-301));

        var answer = credit("dead");

        assertThat(answer.statusCode()).as(Api.text(answer)).isBetween(502, 503);
        assertThat(answer.jsonPath().getString("code")).startsWith("provider_");
        assertThat(answer.as(JsonNode.class).has("points")).isFalse();
        assertThat(tenant.asked("getCredit")).isEqualTo(2);
        assertThat(account("dead").has("credit")).isFalse();
    }

    @Test
    void aProviderThatIsDown() throws Exception {
        tenants.get("down").every8d().faults().always("getCredit", Fault.html500());

        isProblem(credit("down"), 503, "provider_unavailable");
    }

    @Test
    void aProviderThatSaysSomethingElse() throws Exception {
        tenants.get("odd").every8d().faults().always("getCredit", Fault.says("2,310.00 points"));

        isProblem(credit("odd"), 502, "provider_malformed");
    }

    @Test
    void aProviderThatIsBusy() throws Exception {
        tenants.get("busy").every8d().faults().always("getConnection", Fault.refuses(-97));

        isProblem(credit("busy"), 503, "provider_busy");
    }

    @Test
    void aWrongPasswordIsTriedOnce() throws Exception {
        var tenant = tenants.get("rightless");
        tenant.customer().password("another");

        isProblem(credit("rightless"), 502, "provider_refused");
        isProblem(credit("rightless"), 502, "provider_refused");

        assertThat(tenant.asked("getConnection")).isEqualTo(1);
        assertThat(account("rightless").at("/health/state").asText()).isEqualTo("blocked");
        assertThat(account("rightless").at("/health/provider_code").asText()).isEqualTo("-101");
    }

    @Test
    void aSessionIsClosedOnPurposeAndOnceAKey() throws Exception {
        var tenant = tenants.get("closed");
        credit("closed");

        var first = api.delete("/v1/accounts/closed/session", "Idempotency-Key", "close-1");
        var again = api.delete("/v1/accounts/closed/session", "Idempotency-Key", "close-1");

        assertThat(first.statusCode()).as(Api.text(first)).isEqualTo(200);
        assertThat(first.as(JsonNode.class)).isEqualTo(Api.json("{\"account\": \"closed\", \"closed\": true}"));
        assertThat(again.as(JsonNode.class)).isEqualTo(first.as(JsonNode.class));
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(tenant.asked("closeConnection")).isEqualTo(1);
        assertThat(tenant.customer().sessionKey()).isEmpty();
    }

    @Test
    void anAccountThatDoesNotExist() throws Exception {
        isProblem(credit("nobody"), 404, "account_not_found");
        isProblem(api.delete("/v1/accounts/nobody/session"), 404, "account_not_found");
    }

    @Test
    void accountsSayWhatTheyCanDo() throws Exception {
        var main = account("main");

        assertThat(main.path("provider").asText()).isEqualTo("every8d");
        assertThat(main.path("default").asBoolean()).isTrue();
        assertThat(main.at("/health/state").asText()).isEqualTo("ok");
        assertThat(main.at("/capabilities/max_recipients").asInt()).isEqualTo(10_000);
        assertThat(account("odd").path("default").asBoolean()).isFalse();
    }

    private Response credit(String account) throws Exception {
        return api.get("/v1/accounts/" + account + "/credit");
    }

    private JsonNode account(String name) throws Exception {
        var accounts = api.get("/v1/accounts");
        assertThat(accounts.statusCode()).as(Api.text(accounts)).isEqualTo(200);
        assertThat(accounts.asString()).doesNotContain("user-of-", "pass-of-", "token-of-");
        return StreamSupport.stream(accounts.as(JsonNode.class).path("accounts").spliterator(), false)
                .filter(account -> account.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void isProblem(Response answer, int status, String code) {
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(status);
        assertThat(answer.jsonPath().getString("code")).isEqualTo(code);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.headers().hasHeaderWithName("Retry-After")).isEqualTo(status >= 500);
    }
}
