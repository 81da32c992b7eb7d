package hoopoe.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.Bodies;
import hoopoe.testing.SharedStack;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the packaged functions print. */
@ExtendWith(SharedStack.Extension.class)
class CorrelationIT {

    private final SharedStack stack;
    private final Api api;

    CorrelationIT(SharedStack stack) {
        this.stack = stack;
        this.api = stack.api();
    }

    @Test
    void aRequestIsFollowedThroughTheStreamToItsProviderCalls() throws Exception {
        var tenant = stack.tenant();
        var id = "checkout-" + tenant.name();

        var sent = api.send(Bodies.to(tenant, 501), "X-Correlation-Id", id);

        assertThat(sent.header("X-Correlation-Id")).isEqualTo(id);
        var calls = Await.until("both calls", () -> calls(id), found -> found.size() == 2);
        assertThat(calls).allSatisfy(line -> {
            assertThat(line.path("function").asText()).isEqualTo("dispatch");
            assertThat(line.path("account").asText()).isEqualTo(tenant.name());
            assertThat(line.path("batch").asText()).isEqualTo(sent.jsonPath().getString("id"));
            assertThat(line.path("request_id").asText()).isNotEmpty();
        });
        assertThat(calls).extracting(line -> line.path("dispatch").asText()).containsExactlyInAnyOrder("0", "1");
        assertThat(metrics(tenant.name())).anySatisfy(line -> {
            assertThat(line.path(Metric.MESSAGES_ACCEPTED.label()).asInt()).isEqualTo(501);
            assertThat(line.path("correlation_id").asText()).isEqualTo(id);
            assertThat(line.at("/_aws/CloudWatchMetrics/0/Namespace").asText()).isEqualTo("Hoopoe/local");
        });
        Await.until(
                "both counted",
                () -> metrics(tenant.name()).stream()
                        .mapToInt(line ->
                                line.path(Metric.MESSAGES_SUBMITTED.label()).asInt())
                        .sum(),
                submitted -> submitted == 501);
    }

    @Test
    void aRequestWithoutANameHasTheGateways() throws Exception {
        var tenant = stack.tenant();

        var sent = api.send(Bodies.to(tenant, 1));

        assertThat(sent.header("X-Correlation-Id")).isNotEmpty();
        assertThat(Await.until("the call", () -> calls(sent.header("X-Correlation-Id")), found -> !found.isEmpty()))
                .extracting(line -> line.path("function").asText())
                .containsExactly("send");
    }

    @Test
    void everyLineIsAnObject() throws Exception {
        api.send(Bodies.to(stack.tenant(), 1));

        assertThat(said().filter(line -> !line.isBlank())).isNotEmpty().allSatisfy(line -> {
            var json = new ObjectMapper().readTree(line);
            assertThat(json.has("_aws") || json.has("time") && json.has("level") && json.has("message"))
                    .isTrue();
        });
    }

    private List<JsonNode> calls(String correlation) {
        return read(said().filter(line -> line.contains("provider call send")))
                .filter(line -> line.path("correlation_id").asText().equals(correlation))
                .toList();
    }

    private List<JsonNode> metrics(String account) {
        return read(said().filter(line -> line.contains("\"_aws\"")))
                .filter(line -> line.path(Metric.ACCOUNT).asText().equals(account))
                .toList();
    }

    private static Stream<JsonNode> read(Stream<String> lines) {
        return lines.map(Api::json);
    }

    /** Without the name of the environment. */
    private Stream<String> said() {
        return stack.stack().log().stream()
                .filter(line -> line.contains(" | ") && !line.contains("platform.report"))
                .map(line -> line.substring(line.indexOf(" | ") + 3));
    }
}
