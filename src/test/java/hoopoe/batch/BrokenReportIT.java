package hoopoe.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.testing.Api;
import hoopoe.testing.Bodies;
import hoopoe.testing.BrokenAnswers;
import hoopoe.testing.HastyStack;
import hoopoe.testing.QuietTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** A provider that answers questions in every way that is no answer: nothing of it breaks a function, and all is asked again. */
class BrokenReportIT extends QuietTenant {

    BrokenReportIT(HastyStack hasty) {
        super(hasty);
    }

    @Test
    void aReportThatIsNoneIsAskedForAgain() throws Exception {
        var sent = new ArrayList<String>();
        var faults = BrokenAnswers.all();
        for (int i = 0; i < faults.size(); i++) {
            sent.add(send());
        }
        faults.values().forEach(fault -> tenant.every8d().faults().next("getDeliveryStatus", fault));

        for (var id : sent) {
            api.tickUntilMessages(id, "delivered");
        }

        assertThat(tenant.asked("getDeliveryStatus")).isGreaterThanOrEqualTo(2 * faults.size());
        assertThat(tenant.asked("sendSMS")).isEqualTo(sent.size());
    }

    @Test
    void aReportThatIsCutAnywhereIsAskedForAgain() throws Exception {
        var cuts =
                IntStream.iterate(1, cut -> cut < 900, cut -> cut + 83).boxed().toList();
        var sent = new ArrayList<String>();
        for (var cut : cuts) {
            sent.add(send());
            tenant.every8d().faults().next("getDeliveryStatus", Fault.cut(cut, Ending.CLOSE));
        }

        for (var id : sent) {
            api.tickUntilMessages(id, "delivered");
        }

        assertThat(tenant.asked("sendSMS")).isEqualTo(sent.size());
    }

    /** What only asks says what is wrong, as a problem of the provider and not of ours. */
    @Test
    void aQuestionIsAnsweredByAProblemOfTheProvider() throws Exception {
        var asked = tenant.asked("getCredit");
        for (var fault : BrokenAnswers.all().entrySet()) {
            forgetBalance();
            tenant.every8d().faults().next("getCredit", fault.getValue());
            var answer = credit();
            assertThat(answer.statusCode())
                    .as("%s: %s", fault.getKey(), Api.text(answer))
                    .isIn(502, 503);
            assertThat(answer.jsonPath().getString("code"))
                    .as("%s: %s", fault.getKey(), Api.text(answer))
                    .startsWith("provider_");
        }
        assertThat(tenant.asked("getCredit"))
                .isEqualTo(asked + BrokenAnswers.all().size());
        forgetBalance();
        assertThat(credit().statusCode()).isEqualTo(200);
    }

    /** Without an answer the report is asked; what that does not prove either is pending. */
    @Test
    void anEraseWithoutAnAnswerIsToldAsFarAsItIsKnown() throws Exception {
        for (var fault : BrokenAnswers.all().entrySet()) {
            var id = sendLater();
            tenant.every8d().faults().next("eraseBooking", fault.getValue());

            var answer = api.delete("/v1/batches/" + id);

            var deleted = answer.as(JsonNode.class).path("cancelled").asInt();
            assertThat(answer.statusCode())
                    .as("%s: %s", fault.getKey(), Api.text(answer))
                    .isEqualTo(deleted == 1 ? 200 : 202);
            assertThat(answer.as(JsonNode.class).path("pending").asInt())
                    .as("%s: %s", fault.getKey(), Api.text(answer))
                    .isEqualTo(1 - deleted);
            if (deleted == 1) {
                assertThat(statusAtProvider(id))
                        .as("%s: %s", fault.getKey(), Api.text(answer))
                        .isEqualTo(303);
            }
        }
        assertThat(tenant.asked("eraseBooking")).isEqualTo(BrokenAnswers.all().size());
    }

    private int statusAtProvider(String id) {
        var token = id.substring("bat_".length());
        return tenant.every8d().batches().stream()
                .filter(sent -> sent.subject().contains(token))
                .findFirst()
                .orElseThrow()
                .messages()
                .get(0)
                .status();
    }

    private String sendLater() throws Exception {
        var later = Instant.now().plus(Duration.ofHours(2)).toString();
        var answer = api.send(Bodies.to(tenant, 1).replaceFirst("\\{", "{\"send_at\": \"" + later + "\", "));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(202);
        return answer.path("id");
    }

    /** The last answer, or the last failure, would be told for a minute. */
    private void forgetBalance() {
        var key = Map.of("pk", AttributeValue.fromS("BALANCE#" + tenant.name()), "sk", AttributeValue.fromS("BALANCE"));
        var table = hasty.stack().table();
        assertThat(hasty.stack()
                        .dynamo()
                        .client()
                        .deleteItem(delete -> delete.tableName(table).key(key).returnValues(ReturnValue.ALL_OLD))
                        .hasAttributes())
                .isTrue();
    }
}
