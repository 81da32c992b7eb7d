package hoopoe.secret;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.Simulator;
import hoopoe.local.Stack;
import hoopoe.local.wire.Fault;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.PanelTenant;
import hoopoe.testing.SharedStack;
import hoopoe.testing.Tenant;
import io.restassured.response.Response;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Credentials and callback tokens from Secrets Manager, by the packaged artifact. A stack of its own: what a secret is, is kept for a
 * second only.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsIT {

    private static final String NEXT = "next-pass-of-a-tenant";

    private final Map<String, Tenant> tenants = new HashMap<>();
    private final PanelTenant panel = new PanelTenant("panel");
    private Stack stack;
    private Api api;

    @BeforeAll
    void start() {
        var builder = Stack.builder()
                .settings(SharedStack.UNHURRIED)
                .settings(Map.of("hoopoe.secrets.cache", "1s"))
                .simulator((url, given) -> panel);
        Stream.of("rotated", "missing", "broken", "denied", "down", "tokens")
                .forEach(name -> builder.simulator((url, given) -> tenant(name, url)));
        stack = builder.start();
        api = new Api(stack.url());
    }

    private Simulator tenant(String name, URI url) {
        return tenants.computeIfAbsent(name, unknown -> new Tenant(unknown, url, Map.of()));
    }

    @AfterAll
    void close() {
        assertThat(stack.log()).noneMatch(line -> line.contains("pass-of-") || line.contains("token-of-"));
        stack.close();
    }

    @Test
    void aNewVersionOpensABlockedAccount() throws Exception {
        var tenant = tenants.get("rotated");
        tenant.customer().password(NEXT);
        isProblem(credit("rotated"), 502, "provider_refused");
        isProblem(credit("rotated"), 502, "provider_refused");
        assertThat(tenant.asked("getConnection")).isEqualTo(1);

        put("rotated", credentials(tenant.customer().user()));

        var opened = credit("rotated");
        assertThat(opened.statusCode()).as(Api.text(opened)).isEqualTo(200);
        assertThat(tenant.asked("getConnection")).isEqualTo(2);
    }

    @Test
    void soItDoesWhereThereAreNoSessions() throws Exception {
        panel.customer().password(NEXT);
        isProblem(credit("panel"), 502, "provider_refused");
        isProblem(credit("panel"), 502, "provider_refused");
        assertThat(panel.asked("GetCredit")).isEqualTo(1);

        put("panel", credentials(panel.customer().user()));

        Await.until("open", () -> credit("panel"), answer -> answer.statusCode() == 200);
        assertThat(panel.asked("GetCredit")).isEqualTo(2);
    }

    @Test
    void aSecretThatIsMissingIsSaidAndCanBePut() throws Exception {
        var tenant = tenants.get("missing");
        stack.secrets().remove(stack.secret("missing"));

        isProblem(credit("missing"), 502, "provider_refused");
        var before = internalErrors();
        assertThat(api.get(tenant.callbacks()).statusCode()).isEqualTo(503);
        assertThat(stack.log())
                .anyMatch(line -> line.contains("account missing: no secret: ResourceNotFoundException"));
        Await.until("counted", this::internalErrors, counted -> counted == before + 1);

        tenant.customer().password(NEXT);
        put("missing", credentials(tenant.customer().user()));

        Await.until("there", () -> credit("missing"), answer -> answer.statusCode() == 200);
        assertThat(tenant.asked("getConnection")).isEqualTo(1);
    }

    /** Of the function that callbacks come to: nothing of the kind leaves it as an exception. */
    private long internalErrors() {
        return stack.log().stream()
                .filter(line -> line.contains("\"InternalErrors\":1,\"function\":\"callback\""))
                .count();
    }

    @Test
    void aSecretThatIsBrokenIsSaidAndNotShown() throws Exception {
        put("broken", "{\"user\": \"me\", \"password\": \"pass-of-a-broken-secret");

        isProblem(credit("broken"), 502, "provider_refused");
        assertThat(tenants.get("broken").asked("getConnection")).isZero();
        assertThat(stack.log()).anyMatch(line -> line.contains("account broken: no secret: "));
    }

    @Test
    void aSecretThatMayNotBeReadIsSaid() throws Exception {
        stack.secrets().faults().next("GetSecretValue", Fault.fails("AccessDeniedException"));

        isProblem(credit("denied"), 502, "provider_refused");
        assertThat(stack.log()).anyMatch(line -> line.contains("account denied: no secret: AccessDeniedException"));
    }

    @Test
    void whileSecretsAreAwayCallbacksAreTakenAndLoginsWait() throws Exception {
        var callbacks = tenants.get("down").callbacks();
        stack.secrets().server().refuse();
        try {
            isProblem(credit("down"), 503, "provider_unavailable");
            assertThat(api.get(callbacks).statusCode()).isEqualTo(503);
        } finally {
            stack.secrets().server().accept();
        }
        Await.until("back", () -> api.get(callbacks), answer -> answer.statusCode() == 200);

        stack.secrets().server().refuse();
        try {
            var before = unreadable();
            Await.until("missed", () -> statusAndMisses(callbacks), seen -> seen.get(0) != 200 || seen.get(1) > before);
            assertThat(api.get(callbacks).statusCode()).isEqualTo(200);
        } finally {
            stack.secrets().server().accept();
        }
    }

    private List<Integer> statusAndMisses(String path) throws Exception {
        return List.of(api.get(path).statusCode(), unreadable());
    }

    private int unreadable() {
        return (int) stack.log().stream()
                .filter(line ->
                        line.contains("callback") && line.contains("account down: its secret cannot be read now"))
                .count();
    }

    @Test
    void twoTokensAreGoodWhileOneIsReplaced() throws Exception {
        var path = "/callbacks/tokens/";
        var old = tenants.get("tokens").callbacks().substring(path.length());
        assertThat(api.get(path + old).statusCode()).isEqualTo(200);
        assertThat(api.get(path + "another-token-of-tokens").statusCode()).isEqualTo(404);

        put("tokens", "{\"callback_tokens\": [\"" + old + "\", \"another-token-of-tokens\"]}");
        Await.until("both", () -> api.get(path + "another-token-of-tokens"), answer -> answer.statusCode() == 200);
        assertThat(api.get(path + old).statusCode()).isEqualTo(200);

        put("tokens", "{\"callback_tokens\": \"another-token-of-tokens\"}");
        Await.until("the new one", () -> api.get(path + old), answer -> answer.statusCode() == 404);
        assertThat(api.get(path + "another-token-of-tokens").statusCode()).isEqualTo(200);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noEnvironmentHoldsASecret() throws Exception {
        credit("tokens");

        for (var pid : stack.environments().get("credit")) {
            assertThat(Files.readString(Path.of("/proc/" + pid + "/environ")))
                    .contains("HOOPOE_ACCOUNTS_TOKENS_PROVIDER")
                    .doesNotContain("pass-of-")
                    .doesNotContain("token-of-")
                    .doesNotContain("user-of-");
        }
    }

    private static String credentials(String user) {
        return "{\"user\": \"" + user + "\", \"password\": \"" + NEXT + "\"}";
    }

    private void put(String account, String secret) {
        stack.secrets().put(stack.secret(account), secret);
    }

    private Response credit(String account) throws Exception {
        return api.get("/v1/accounts/" + account + "/credit");
    }

    private static void isProblem(Response answer, int status, String code) {
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(status);
        assertThat(answer.jsonPath().getString("code")).isEqualTo(code);
    }
}
