package hoopoe.api.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.every8d.SentMessage;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.testing.Api;
import hoopoe.testing.SharedStack;
import hoopoe.testing.Tenant;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scheduled batches and how they are cancelled, by the packaged artifact. */
@ExtendWith(SharedStack.Extension.class)
class CancelIT {

    private static final String TWO_CANCELLED =
            "{\"cancelled\": 2, \"refunded\": {\"unit\": \"points\", \"amount\": \"2.0\"}, \"pending\": 0}";
    private static final String TWO_WITHOUT_REFUND = "{\"cancelled\": 2, \"refunded\": null, \"pending\": 0}";

    private final Instant later = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    private final Api api;
    private final Tenant tenant;

    CancelIT(SharedStack shared) {
        api = shared.api();
        tenant = shared.tenant();
    }

    @Test
    void aScheduledBatchIsTakenBackOnce() throws Exception {
        var id = scheduled();
        assertThat(tenant.customer().credit()).isEqualByComparingTo("9998");

        var first = erase(id);
        var again = erase(id);

        assertThat(first.statusCode()).as(Api.text(first)).isEqualTo(200);
        assertThat(first.as(JsonNode.class)).isEqualTo(Api.json(TWO_CANCELLED));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.as(JsonNode.class)).isEqualTo(first.as(JsonNode.class));
        assertThat(tenant.asked("eraseBooking")).isEqualTo(1);
        assertThat(tenant.customer().credit()).isEqualByComparingTo("10000");
        assertThat(tenant.every8d().messages()).extracting(SentMessage::status).containsOnly(303);
        isCancelled(id);
    }

    @Test
    void theSameKeyIsAnsweredWithTheResultAsItStands() throws Exception {
        var id = scheduled();

        var first = erase(id, "Idempotency-Key", "take-back-1");
        var again = erase(id, "Idempotency-Key", "\"take-back-1\"");

        assertThat(first.header("Idempotent-Replayed")).isNull();
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.as(JsonNode.class)).isEqualTo(first.as(JsonNode.class)).isEqualTo(Api.json(TWO_CANCELLED));
    }

    @Test
    void whatIsSentCannotBeTakenBack() throws Exception {
        var id = sent("");
        api.awaitMessages(id, "delivered");

        isTooLate(erase(id));
        isTooLate(erase(id));

        assertThat(api.batch(id).path("state").asText()).isEqualTo("completed");
    }

    @Test
    void whatWasScheduledAndSentMeanwhileCannotBeTakenBack() throws Exception {
        var id = scheduled();
        tenant.every8d().clock().advance(Duration.ofHours(2));

        isTooLate(erase(id));

        assertThat(tenant.every8d().messages()).extracting(SentMessage::status).containsOnly(100);
    }

    @Test
    void aLostAnswerIsNoResultAndTheReportIsAsked() throws Exception {
        var id = scheduled();
        tenant.every8d().faults().next("eraseBooking", Fault.dropAfterWork(Ending.CLOSE));

        var first = erase(id);
        var again = erase(id);

        assertThat(first.statusCode()).as(Api.text(first)).isEqualTo(200);
        assertThat(first.as(JsonNode.class)).isEqualTo(Api.json(TWO_WITHOUT_REFUND));
        assertThat(again.as(JsonNode.class)).isEqualTo(first.as(JsonNode.class));
        assertThat(tenant.customer().credit()).isEqualByComparingTo("10000");
        isCancelled(id);
    }

    @Test
    void withoutAnyAnswerItIsPendingUntilThereIsOne() throws Exception {
        var id = scheduled();
        tenant.every8d().faults().next("eraseBooking", Fault.dropAfterWork(Ending.RESET));
        tenant.every8d().faults().next("getDeliveryStatus", Fault.html500());

        var first = erase(id);
        var again = erase(id);

        assertThat(first.statusCode()).as(Api.text(first)).isEqualTo(202);
        assertThat(first.as(JsonNode.class))
                .isEqualTo(Api.json("{\"cancelled\": 0, \"refunded\": null, \"pending\": 2}"));
        assertThat(again.statusCode()).as(Api.text(again)).isEqualTo(200);
        assertThat(again.as(JsonNode.class)).isEqualTo(Api.json(TWO_WITHOUT_REFUND));
        isCancelled(id);
    }

    private String scheduled() throws Exception {
        var id = sent("\"send_at\": \"" + later + "\",");
        var batch = api.batch(id);
        assertThat(batch.path("state").asText()).isEqualTo("scheduled");
        assertThat(batch.path("counts")).isEqualTo(Api.json("{\"scheduled\": 2}"));
        assertThat(Instant.parse(batch.path("send_at").asText())).isEqualTo(later);
        assertThat(tenant.every8d().messages())
                .allSatisfy(message -> assertThat(message.sentAt()).isEqualTo(later))
                .extracting(SentMessage::status)
                .containsExactly(300, 300);
        return id;
    }

    private String sent(String when) throws Exception {
        var answer = api.send("""
                {"account": "%s", %s "text": "later", "recipients": [{"to": "0912345678"}, {"to": "0922333444"}]}""".formatted(tenant.name(), when));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(202);
        return answer.path("id");
    }

    private Response erase(String id, String... headers) throws Exception {
        return api.delete("/v1/batches/" + id, headers);
    }

    private void isCancelled(String id) throws Exception {
        var batch = api.batch(id);
        assertThat(batch.path("state").asText()).isEqualTo("cancelled");
        assertThat(batch.path("counts")).isEqualTo(Api.json("{\"cancelled\": 2}"));
        assertThat(batch.at("/cancellation/cancelled").asInt()).isEqualTo(2);
        assertThat(api.messages(id))
                .extracting(message -> message.path("state").asText())
                .containsExactly("cancelled", "cancelled");
    }

    private static void isTooLate(Response answer) {
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(409);
        assertThat(answer.jsonPath().getString("code")).isEqualTo("too_late_to_cancel");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
}
