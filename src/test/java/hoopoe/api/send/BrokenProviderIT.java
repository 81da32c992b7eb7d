package hoopoe.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.testing.BrokenAnswers;
import hoopoe.testing.HastyStack;
import hoopoe.testing.QuietTenant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A provider that does all a provider can do wrong: nothing of it breaks a function, and nothing is sent twice. */
class BrokenProviderIT extends QuietTenant {

    BrokenProviderIT(HastyStack hasty) {
        super(hasty);
    }

    @Test
    void aSendWhoseAnswerProvesNothingIsUnconfirmedAndNeverSentAgain() throws Exception {
        var sent = new LinkedHashMap<String, String>();
        for (var fault : BrokenAnswers.all().entrySet()) {
            tenant.every8d().faults().next("sendSMS", fault.getValue());
            sent.put(fault.getKey(), send());
        }
        assertThat(tenant.asked("sendSMS")).isEqualTo(sent.size());

        for (int i = 0; i < 3; i++) {
            api.tick();
        }

        for (var one : sent.entrySet()) {
            assertThat(state(one.getValue())).as(one.getKey()).isEqualTo("unconfirmed");
        }
        assertThat(tenant.asked("sendSMS")).isEqualTo(sent.size());
    }

    /** Every byte is the adapter's affair; this goes through all of it. */
    @Test
    void aSendWhoseAnswerIsCutAnywhereIsUnconfirmed() throws Exception {
        send();
        var whole =
                tenant.every8d().wire().last("sendSMS").orElseThrow().answer().orElseThrow();
        var cuts = IntStream.iterate(1, cut -> cut < whole.bytes().length, cut -> cut + 47)
                .boxed()
                .toList();
        var before = tenant.asked("sendSMS");
        for (var cut : cuts) {
            tenant.every8d().faults().next("sendSMS", Fault.cut(cut, Ending.CLOSE));
            assertThat(state(send())).as("cut at %d", cut).isEqualTo("unconfirmed");
        }
        assertThat(tenant.asked("sendSMS")).isEqualTo(before + cuts.size());
    }

    @Test
    void aRefusalIsOneAndForGood() throws Exception {
        tenant.every8d().faults().next("sendSMS", Fault.says("-306,bad number"));
        tenant.every8d()
                .faults()
                .next("sendSMS", Fault.fails("Server did not recognize the value of HTTP Header SOAPAction: x."));
        assertThat(List.of(state(send()), state(send()))).containsOnly("rejected");
        assertThat(tenant.asked("sendSMS")).isEqualTo(2);
    }

    /** Nothing was sent: the dispatch waits, and is sent once when the provider is back. */
    @Test
    void aProviderThatIsAwayGetsItLater() throws Exception {
        tenant.every8d().server().refuse();
        var id = send();
        assertThat(state(id)).isEqualTo("accepted");
        api.tick();

        tenant.every8d().server().accept();

        api.tickUntilMessages(id, "delivered");
        assertThat(tenant.asked("sendSMS")).isOne();
    }

    /** The login fails: the dispatch waits too. */
    @Test
    void aLoginThatFailsHoldsTheSend() throws Exception {
        tenant.customer().endSession();
        tenant.every8d().faults().next("getConnection", Fault.html500());
        var id = send();

        api.tickUntilMessages(id, "delivered");

        assertThat(tenant.asked("sendSMS")).isBetween(1, 2);
        assertThat(tenant.every8d().messages()).hasSize(1);
    }

    private String state(String id) throws Exception {
        return dispatch(id).path("state").asText();
    }

    private JsonNode dispatch(String id) throws Exception {
        return api.batch(id).at("/dispatches/0");
    }
}
