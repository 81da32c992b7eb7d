package hoopoe.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.SharedStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The calls that {@code mvn -Prun} suggests, in their order. */
@ExtendWith(SharedStack.Extension.class)
class NewcomerIT {

    private static final Pattern BODY = Pattern.compile("-d '(\\{.*})'");

    private static final Pattern KEY = Pattern.compile("export KEY=(hpk_test_\\w+)");

    private static final Pattern BATCH = Pattern.compile("bat_[0-9A-Z]{26}");

    private final SharedStack shared;
    private final Api api;
    private final String welcome;

    NewcomerIT(SharedStack shared) {
        this.shared = shared;
        welcome = Run.welcome(shared.stack(), 1);
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

    /** By a shell, as they are printed: the receiver is registered, and after the send the events are there. */
    @Test
    void whatIsPrintedOfWebhooksShowsTheEventsOfTheSend() throws Exception {
        var commands = welcome.replace("\\\n", " ")
                .lines()
                .filter(line -> line.startsWith("  "))
                .map(String::strip)
                .toList();
        assertThat(commands).anySatisfy(line -> assertThat(line).endsWith("/_sim/events"));
        try {
            assertThat(shell(command(commands, KEY.pattern()) + '\n' + command(commands, ".*/v1/webhooks .*")))
                    .contains("\"known\"");
            var sent = shell(command(commands, KEY.pattern()) + '\n' + command(commands, ".*\"recipients\".*"));
            var batch = BATCH.matcher(sent).results().findFirst().orElseThrow().group();
            var shown = command(commands, ".*/_sim/webhooks");
            var webhooks = Await.until("all told", () -> of(batch, Api.json(shell(shown))), NewcomerIT::isAll);
            assertThat(webhooks)
                    .allSatisfy(webhook ->
                            assertThat(webhook.path("signature").asText()).isEqualTo("verified"));
        } finally {
            api.get("/v1/webhooks")
                    .as(JsonNode.class)
                    .path("webhooks")
                    .forEach(webhook ->
                            api.delete("/v1/webhooks/" + webhook.path("id").asText()));
        }
    }

    private static List<JsonNode> of(String batch, JsonNode webhooks) {
        return StreamSupport.stream(webhooks.spliterator(), false)
                .filter(webhook -> webhook.at("/body/data/batch_id").asText().equals(batch))
                .toList();
    }

    private static boolean isAll(List<JsonNode> webhooks) {
        var types = webhooks.stream()
                .map(webhook -> webhook.at("/body/type").asText())
                .toList();
        return types.contains("batch.finished") && Collections.frequency(types, "message.delivered") == 2;
    }

    private static String command(List<String> commands, String pattern) {
        return commands.stream()
                .filter(line -> line.matches(pattern))
                .findFirst()
                .orElseThrow(() -> new AssertionError(pattern));
    }

    private static String shell(String script) throws IOException, InterruptedException {
        var process = new ProcessBuilder("/bin/bash", "-euc", script)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
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
