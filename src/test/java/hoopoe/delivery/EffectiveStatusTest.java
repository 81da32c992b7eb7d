package hoopoe.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.BatchRequest;
import hoopoe.delivery.check.StatusEvidence.LiveStatus;
import hoopoe.message.MessageState;
import hoopoe.testing.FakeProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a message shows where its facts, its dispatch and time say different things. */
class EffectiveStatusTest {

    private final TickFixture tickFixture = new TickFixture();

    @Test
    void theCodeOfAFactIsNotShownWhereTheDispatchDecides() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.calledBack(TickFixture.delivery("ref", 0, MessageState.SUBMITTED, "0"));
        assertThat(code(batch)).isEqualTo("0");

        tickFixture.provider.erasing((reference, deadline) -> FakeProvider.erased(1, "1.0"));
        tickFixture.batchCancellation.erase(batch, tickFixture.deadline());

        assertThat(state(batch)).isEqualTo(MessageState.CANCELLED);
        assertThat(code(batch)).isNull();
    }

    @Test
    void whatTimeMadeUnknownShowsTheLastCode() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.calledBack(TickFixture.delivery("ref", 0, MessageState.SUBMITTED, "0"));
        tickFixture.appFixture.clock.set("2026-03-05T04:00:00Z");

        assertThat(state(batch)).isEqualTo(MessageState.UNKNOWN);
        assertThat(code(batch)).isEqualTo("0");
    }

    /** The time that a message has counts from when it is to be sent, and not from when it was ordered. */
    @Test
    void timeoutsOfWhatIsForLaterCountFromItsSendTime() {
        tickFixture.appFixture.provider.sending(order -> FakeProvider.accepted("ref"));
        var batch = tickFixture.appFixture.admitted(new BatchRequest(
                null,
                "hello",
                null,
                "2026-03-04T06:00:00+08:00",
                null,
                null,
                null,
                List.of(AppFixture.entry(0)),
                false));

        var statusTimeouts = EffectiveStatus.settling(batch);
        assertThat(statusTimeouts.unconfirmed()).isEqualTo("2026-03-04T23:00:00Z");
        assertThat(statusTimeouts.unknown()).isEqualTo("2026-03-07T22:00:00Z");
    }

    private MessageState state(Batch batch) {
        var live = live(batch);
        return live.status().of(live.recipients().get(0));
    }

    private String code(Batch batch) {
        var live = live(batch);
        return live.status().code(live.recipients().get(0));
    }

    private LiveStatus live(Batch batch) {
        return tickFixture.statusEvidence.live(
                tickFixture.again(batch), tickFixture.dispatch(batch), tickFixture.appFixture.clock.instant());
    }
}
