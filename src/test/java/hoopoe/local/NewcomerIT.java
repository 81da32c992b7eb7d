package hoopoe.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.SharedStack;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The three calls that {@code mvn -Prun} suggests, in their order. */
@ExtendWith(SharedStack.Extension.class)
class NewcomerIT {

    private static final Pattern BODY = Pattern.compile("-d '(\\{.*})'");

    private static final Pattern KEY = Pattern.compile("export KEY=(hpk_test_\\w+)");

    private final Api api;
    private final String welcome;

    NewcomerIT(SharedStack shared) {
        welcome = Run.welcome(
                shared.stack().url(), shared.stack().bus().url(), List.of(shared.tenant(SharedStack.DEFAULT)), 1);
        api = shared.api().as(first(KEY));
    }

    @Test
    void whatIsSuggestedIsSentDeliveredAndAnswered() throws Exception {
        var sent = api.send(first(BODY), "Idempotency-Key", "1790000000");

        assertThat(sent.statusCode()).as(Api.text(sent)).isEqualTo(202);
        assertThat(sent.header("Content-Type")).isEqualTo("application/json");
        assertThat(sent.header("Location"))
                .isEqualTo("/v1/batches/" + sent.jsonPath().getString("id"))
                .matches("/v1/batches/bat_[0-9A-Z]{26}");
        assertThat(sent.as(JsonNode.class).fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "state",
                        "account",
                        "created_at",
                        "recipients",
                        "invalid_total",
                        "invalid",
                        "counts",
                        "as_of",
                        "cost",
                        "estimate",
                        "timeline");
        assertThat(sent.as(JsonNode.class).path("state").asText()).isEqualTo("in_progress");
        assertThat(sent.as(JsonNode.class).path("account").asText()).isEqualTo("every8d");
        assertThat(sent.as(JsonNode.class).path("counts")).isEqualTo(Api.json("{\"submitted\": 2}"));

        var batch = api.awaitState(sent.jsonPath().getString("id"), "completed");
        assertThat(batch.path("counts")).isEqualTo(Api.json("{\"delivered\": 2}"));

        var replies = Await.until("answered", () -> api.replies(sent.path("id")), some -> !some.isEmpty());
        assertThat(replies).hasSize(1);
        assertThat(replies.get(0).path("from").asText()).isEqualTo("+886912345907");
    }

    @Test
    void allThreeCallsAreThere() {
        assertThat(welcome.lines().filter(line -> line.contains("curl -i")).map(line -> line.replaceAll(".*:\\d+", "")))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("/v1/batches -H "),
                        second -> assertThat(second).isEqualTo("/v1/batches/<id>"),
                        third -> assertThat(third).isEqualTo("/v1/replies"));
    }

    private String first(Pattern pattern) {
        var found = pattern.matcher(welcome);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
