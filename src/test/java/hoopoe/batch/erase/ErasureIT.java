package hoopoe.batch.erase;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.Stack;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.SharedStack;
import hoopoe.testing.TableText;
import hoopoe.testing.Tenant;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A person is forgotten by the packaged artifact: functions with their own permissions, and a provider that calls back. */
class ErasureIT {

    private static final String NUMBER = "+886912345907";
    private static final String DIGITS = "912345907";

    private final Stack stack;
    private final Api api;
    private Tenant tenant;

    ErasureIT() {
        stack = Stack.builder()
                .timeout(Duration.ofMinutes(3))
                .settings(SharedStack.UNHURRIED)
                .settings(Map.of(
                        "hoopoe.default-account", "main",
                        "hoopoe.timing.lease", "1s",
                        "hoopoe.timing.longest-function", "1s"))
                .simulator((url, given) -> tenant = new Tenant("main", url, Map.of()))
                .start();
        api = new Api(stack.url());
    }

    @AfterEach
    void close() {
        stack.close();
    }

    @Test
    void aPersonIsForgottenAndNobodyElse() throws Exception {
        api.awake();
        var alone = sent("{\"text\": \"canary alone\", \"recipients\": [{\"to\": \"0912345907\"}]}");
        var many = sent("""
                {"text": "hello", "recipients": [{"to": "0912345907", "text": "canary own", "name": "canary name"},
                  {"to": "0912345678", "text": "another's"}]}
                """);
        Await.until("replied", () -> api.replies(alone), replies -> !replies.isEmpty());
        Await.until("settled", () -> finished(alone, many), Boolean::booleanValue);
        var before = api.messages(many);
        assertThat(dump()).contains(DIGITS, "canary");

        var erasure = Await.until(
                "forgotten", this::erased, seen -> seen.path("refused").isEmpty());

        assertThat(erasure.path("state").asText()).isEqualTo("finished");
        assertThat(dump()).doesNotContain(DIGITS, "canary").contains("912345678", "another's");
        assertThat(stack.log()).noneMatch(line -> line.contains(DIGITS));
        var after = api.messages(many);
        assertThat(after.get(0).path("erased").asBoolean()).isTrue();
        assertThat(after.get(0).has("to")).isFalse();
        assertThat(after.get(0).path("state")).isEqualTo(before.get(0).path("state"));
        assertThat(after.get(0).path("cost")).isEqualTo(before.get(0).path("cost"));
        assertThat(after.get(1)).isEqualTo(before.get(1));
        assertThat(found(NUMBER)).isZero();
        assertThat(found("+886912345678")).isPositive();
        assertThat(stack.policies().denied()).isEmpty();
    }

    private String sent(String body) throws Exception {
        var answer = api.send(body);
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(202);
        String id = answer.path("id");
        api.tickUntilMessages(id, "delivered");
        return id;
    }

    private boolean finished(String... batches) {
        api.tick();
        for (var batch : batches) {
            if (!api.batch(batch).path("state").asText().equals("completed")) {
                return false;
            }
        }
        return true;
    }

    /** What was still being sent, because a callback came late, is erased by the next one. */
    private JsonNode erased() throws Exception {
        var asked = api.post("/v1/erasures", "{\"to\": \"" + NUMBER + "\"}");
        assertThat(asked.statusCode()).as(Api.text(asked)).isEqualTo(202);
        return Await.until(
                "finished",
                () -> {
                    api.tick();
                    return api.get(asked.header("Location")).as(JsonNode.class);
                },
                erasure -> erasure.path("state").asText().equals("finished"));
    }

    private int found(String number) {
        return api.post("/v1/messages/search", "{\"to\": \"" + number + "\"}")
                .as(JsonNode.class)
                .path("results")
                .size();
    }

    private String dump() {
        return TableText.of(stack.dynamo().client(), stack.table());
    }
}
