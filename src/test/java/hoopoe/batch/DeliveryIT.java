package hoopoe.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.every8d.Switch;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.SharedStack;
import hoopoe.testing.Tenant;
import io.restassured.response.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main job, by the packaged artifact: an HTTP call becomes delivered messages. */
@ExtendWith(SharedStack.Extension.class)
class DeliveryIT {

    private static final String REPLY = "收到，謝謝 & ok + 1";

    private final Api api;
    private final Tenant tenant;

    DeliveryIT(SharedStack shared) {
        api = shared.api();
        tenant = shared.tenant();
    }

    @Test
    void isReportedByCallback() throws Exception {
        var answer = threeRecipients();
        isTaken(answer);

        var batch = api.awaitMessages(answer.path("id"), "delivered");

        assertThat(batch.path("state").asText()).isEqualTo("completed");
        assertThat(api.messages(answer.path("id")))
                .hasSize(2)
                .allSatisfy(message -> isDelivered(message, "callback"))
                .allSatisfy(message -> isRecent(message.path("delivered_at")))
                .extracting(message -> message.path("id").asText())
                .containsExactly(answer.path("id") + "-0", answer.path("id") + "-2");
        assertThat(tenant.asked("getDeliveryStatus")).isZero();
    }

    /** A report tells when a message was sent and not when it was delivered. */
    @Test
    void isReportedByPollWhereNobodyCallsBack() throws Exception {
        tenant.every8d().switches().set(Switch.Callbacks.OFF);
        var answer = threeRecipients();
        isTaken(answer);

        var batch = api.tickUntilMessages(answer.path("id"), "delivered");

        assertThat(batch.path("state").asText()).isEqualTo("completed");
        assertThat(api.messages(answer.path("id"))).hasSize(2).allSatisfy(message -> isDelivered(message, "report"));
        assertThat(tenant.every8d().callbacks()).isEmpty();
    }

    /** A message that is never reported keeps the batch open, so that the report is asked for although callbacks come. */
    @Test
    void aReplyThatArrivesByCallbackAndByReportIsListedOnce() throws Exception {
        var id = replied("0912345907", "0912345909");
        Await.until("called back", () -> api.replies(id), replies -> !replies.isEmpty());
        assertThat(tenant.asked("getDeliveryStatus")).isZero();

        Await.until("reported", this::ticked, asked -> asked > 0);

        isListedOnce(id);
        assertThat(tenant.every8d()
                        .wire()
                        .last("getDeliveryStatus")
                        .orElseThrow()
                        .answer()
                        .orElseThrow()
                        .text())
                .contains("REPLY_SMS");
    }

    @Test
    void aReplyThatArrivesByReportAndThenByCallbackIsListedOnce() throws Exception {
        tenant.every8d().switches().set(Switch.Callbacks.OFF);
        var id = replied("0912345907", "0912345909");
        var replies = Await.until("reported", () -> tickedReplies(id), some -> !some.isEmpty());

        var callback =
                api.get(callback(id, Instant.parse(replies.get(0).path("at").asText())));

        assertThat(callback.statusCode()).isEqualTo(200);
        isListedOnce(id);
    }

    private Response threeRecipients() throws Exception {
        var answer = api.send("""
                {"account": "%s", "text": "Hello 你好", "recipients": [
                  {"to": "0912345678"}, {"to": "09123456789"}, {"to": "+886 922-333-444"}]}""".formatted(tenant.name()));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(202);
        return answer;
    }

    /** One call sufficed, so it is submitted already. */
    private static void isTaken(Response answer) {
        assertThat(answer.header("Location"))
                .isEqualTo("/v1/batches/" + answer.jsonPath().getString("id"));
        var batch = answer.as(JsonNode.class);
        assertThat(batch.path("state").asText()).isEqualTo("in_progress");
        assertThat(batch.path("recipients").asInt()).isEqualTo(2);
        assertThat(batch.path("counts")).isEqualTo(Api.json("{\"submitted\": 2}"));
        assertThat(batch.path("invalid")).hasSize(1);
        assertThat(batch.at("/invalid/0/pointer").asText()).isEqualTo("/recipients/1/to");
        assertThat(batch.at("/invalid/0/code").asText()).isEqualTo("invalid_number");
        assertThat(batch.at("/cost/amount").asText()).isEqualTo("2.0");
    }

    private static void isDelivered(JsonNode message, String source) {
        assertThat(message.path("state").asText()).isEqualTo("delivered");
        assertThat(message.path("provider_code").asText()).isEqualTo("100");
        isRecent(message.path("sent_at"));
        assertThat(message.at("/timeline/0/source").asText()).isEqualTo(source);
    }

    private static void isRecent(JsonNode time) {
        assertThat(Instant.parse(time.asText()))
                .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(1));
    }

    private String replied(String... numbers) throws Exception {
        var to = "{\"to\": \"" + String.join("\"}, {\"to\": \"", numbers) + "\"}";
        var answer = api.send("""
                {"account": "%s", "text": "Reply!", "recipients": [%s]}""".formatted(tenant.name(), to));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(202);
        return answer.path("id");
    }

    private void isListedOnce(String id) throws Exception {
        var replies = api.replies(id);
        assertThat(replies).hasSize(1);
        assertThat(replies.get(0).path("text").asText()).isEqualTo(REPLY);
        assertThat(replies.get(0).path("from").asText()).isEqualTo("+886912345907");
        assertThat(replies.get(0).path("account").asText()).isEqualTo(tenant.name());
        assertThat(replies.get(0).path("message_id").asText()).isEqualTo(id + "-0");
        assertThat(api.messages(id).get(0).path("replies"))
                .isEqualTo(Api.json("[" + replies.get(0).path("id") + "]"));
    }

    private int ticked() throws Exception {
        api.tick();
        return tenant.asked("getDeliveryStatus");
    }

    private List<JsonNode> tickedReplies(String id) throws Exception {
        api.tick();
        return api.replies(id);
    }

    private String callback(String id, Instant at) throws Exception {
        var reference = api.batch(id).at("/dispatches/0/reference").asText();
        var time = DateTimeFormatter.ofPattern("uuuuMMddHHmmss")
                .withZone(ZoneId.of("Asia/Taipei"))
                .format(at);
        return tenant.callbacks() + "?BatchID=" + reference + "&RM=%2b886912345907&RT=" + time + "&STATUS=999&SM="
                + URLEncoder.encode(REPLY, StandardCharsets.UTF_8);
    }
}
