package hoopoe.dispatch.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.every8d.SentBatch;
import hoopoe.local.every8d.Switch;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.testing.Api;
import hoopoe.testing.Await;
import hoopoe.testing.Bodies;
import hoopoe.testing.HastyStack;
import hoopoe.testing.Tenant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator settles what the packaged artifact lost: each word is one more call of the provider at most. */
@ExtendWith(HastyStack.Extension.class)
class DecisionsIT {

    private final Api api;
    private final Tenant tenant;

    DecisionsIT(HastyStack hasty) {
        api = hasty.api();
        tenant = hasty.tenant();
    }

    /** The provider sends no callbacks: it has to be polled. */
    @BeforeEach
    void prepare() {
        tenant.every8d().switches().set(Switch.Callbacks.OFF);
        loseNext();
    }

    private void loseNext() {
        tenant.every8d().faults().next("sendSMS", Fault.dropAfterWork(Ending.CLOSE));
    }

    @Test
    void aResendIsOneMoreCallAndAConfirmationIsDelivered() throws Exception {
        String id = api.send(Bodies.to(tenant, 1)).path("id");
        assertThat(state(api.batch(id))).isEqualTo("unconfirmed");

        loseNext();
        var resent = Await.until(
                "free",
                () -> api.post(path(id, "resend"), "{\"note\": \"again\"}"),
                answer -> answer.statusCode() == 202);
        assertThat(state(resent.as(JsonNode.class))).isEqualTo("unconfirmed");
        assertThat(tenant.asked("sendSMS")).isEqualTo(2);
        assertThat(tenant.every8d().batches()).extracting(SentBatch::subject).doesNotHaveDuplicates();

        var confirmed = api.post(path(id, "confirm"), "{\"reference\": \"" + last().id() + "\"}");
        assertThat(confirmed.statusCode()).as(Api.text(confirmed)).isEqualTo(200);
        var batch = api.tickUntilMessages(id, "delivered");

        assertThat(batch.at("/dispatches/0/reference").asText()).isEqualTo(last().id());
        assertThat(batch.path("timeline").findValuesAsText("event"))
                .containsSubsequence("created", "unconfirmed", "resent", "unconfirmed", "confirmed");
        assertThat(batch.path("timeline").findValuesAsText("note")).containsExactly("again");
        assertThat(api.post(path(id, "resend"), "{}").jsonPath().getString("code"))
                .isEqualTo("dispatch_not_unconfirmed");
        assertThat(tenant.asked("sendSMS")).isEqualTo(2);
    }

    private SentBatch last() {
        List<SentBatch> batches = tenant.every8d().batches();
        return batches.get(batches.size() - 1);
    }

    private static String path(String id, String verb) {
        return "/v1/batches/" + id + "/dispatches/0/" + verb + "?include=dispatches";
    }

    private static String state(JsonNode batch) {
        return batch.at("/dispatches/0/state").asText();
    }
}
