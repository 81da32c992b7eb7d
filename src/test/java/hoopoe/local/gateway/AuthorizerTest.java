package hoopoe.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.gateway.Authorizer.Verdict;
import hoopoe.local.lambda.Outcome;
import hoopoe.local.template.AuthorizerDefinition;
import hoopoe.local.template.RouteDefinition;
import hoopoe.testing.MovableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizerTest {

    private static final String YES = "{\"isAuthorized\":true,\"context\":{\"caller\":\"shop\"}}";
    private static final String NO = "{\"isAuthorized\":false}";

    private final MovableClock clock = MovableClock.at("2026-11-22T10:00:00Z");
    private final List<JsonNode> asked = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final Authorizer authorizer = new Authorizer(
            new AuthorizerDefinition("authorize", List.of("Authorization"), true, Duration.ofSeconds(30)),
            (function, event) -> answer(event),
            clock,
            said::add);
    private Outcome outcome = new Outcome.Failed("none", "");

    @Test
    void whoeverShowsNothingIsNotAskedAbout() {
        assertThat(refusal("GET", "")).isEqualTo("401 {\"message\":\"Unauthorized\"}");
        assertThat(asked).isEmpty();
    }

    @Test
    void asksWithTheIdentitySourcesAndWithoutTheBody() {
        says(YES);

        assertThat(verdict("GET", "Bearer one")).isInstanceOfSatisfying(Verdict.Admitted.class, admitted -> assertThat(
                        admitted.context().path("caller").asText())
                .isEqualTo("shop"));

        var event = asked.get(0);
        assertThat(event.path("type").asText()).isEqualTo("REQUEST");
        assertThat(event.path("version").asText()).isEqualTo("2.0");
        assertThat(event.path("identitySource").toString()).isEqualTo("[\"Bearer one\",\"GET /v1/batches\"]");
        assertThat(event.at("/headers/authorization").asText()).isEqualTo("Bearer one");
        assertThat(event.has("body")).isFalse();
    }

    @Test
    void bothAnswersAreKeptForTheSameSourcesAsLongAsTheTemplateSays() {
        says(YES);
        verdict("GET", "Bearer one");
        says(NO);

        clock.move(Duration.ofSeconds(29));
        assertThat(verdict("GET", "Bearer one")).isInstanceOf(Verdict.Admitted.class);
        assertThat(refusal("GET", "Bearer two")).isEqualTo("403 {\"message\":\"Forbidden\"}");
        assertThat(refusal("POST", "Bearer one")).isEqualTo("403 {\"message\":\"Forbidden\"}");
        says(YES);
        assertThat(refusal("GET", "Bearer two")).isEqualTo("403 {\"message\":\"Forbidden\"}");
        says(NO);

        clock.move(Duration.ofSeconds(1));
        assertThat(refusal("GET", "Bearer one")).isEqualTo("403 {\"message\":\"Forbidden\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "{}", "{\"isAuthorized\":\"true\"}", "[true]"})
    void anAnswerThatIsNoneIsAFailureAndKeptByNobody(String answer) {
        says(answer);
        assertThat(refusal("GET", "Bearer one")).isEqualTo("500 {\"message\":\"Internal Server Error\"}");

        says(YES);
        assertThat(verdict("GET", "Bearer one")).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    void aFailureLetsNobodyIn() {
        outcome = new Outcome.Failed("Sandbox.Timedout", "");

        assertThat(refusal("GET", "Bearer one")).isEqualTo("500 {\"message\":\"Internal Server Error\"}");
        assertThat(said).containsExactly("gateway: authorize: 500, Failed[type=Sandbox.Timedout, message=]");
    }

    private void says(String answer) {
        outcome = new Outcome.Returned(answer.getBytes(StandardCharsets.UTF_8));
    }

    private CompletableFuture<Outcome> answer(byte[] event) {
        try {
            asked.add(new ObjectMapper().readTree(event));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return CompletableFuture.completedFuture(outcome);
    }

    private String refusal(String method, String header) {
        var reply = ((Verdict.Refused) verdict(method, header)).reply();
        return reply.status() + " " + new String(reply.body(), StandardCharsets.UTF_8);
    }

    private Verdict verdict(String method, String header) {
        List<Map.Entry<String, String>> headers =
                header.isEmpty() ? List.of() : List.of(Map.entry("Authorization", header));
        var call = new Call(method, "/v1/batches", "", "HTTP/1.1", "127.0.0.1", headers, new byte[] {'{', '}'});
        var route = new Route(new RouteDefinition(method, "/v1/batches", false), "status");
        return authorizer
                .ask(call, new Routes.Match(route, Map.of()), "request-1")
                .join();
    }
}
