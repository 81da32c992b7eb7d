package hoopoe.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.TickFixture;
import hoopoe.delivery.CallbackEvent;
import hoopoe.delivery.ProviderReference;
import hoopoe.dispatch.DispatchState;
import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import hoopoe.observability.Metric;
import hoopoe.store.Keys;
import hoopoe.store.delivery.CheckRepository.CheckResult;
import hoopoe.testing.FaultyDynamo.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The answer to a write is lost and the writer repeats it: its first success refuses the second, which counts as success. */
class RepeatedWriteTest {

    private final TickFixture tickFixture = new TickFixture();
    private final AppFixture appFixture = tickFixture.appFixture;

    /** As the SDK repeats it, and as it gives up. */
    private enum Lost {
        REPEATED(Fault.REPEATED),
        GIVEN_UP(Fault.LOST);

        private final Fault fault;

        Lost(Fault fault) {
            this.fault = fault;
        }
    }

    @ParameterizedTest
    @EnumSource(Lost.class)
    void aCheckIsBegunAndEnded(Lost lost) {
        var batch = tickFixture.submitted(1, "ref");
        appFixture.clock.move(Duration.ofMinutes(2));
        var seen = tickFixture.checkRepository.find(TickFixture.id(batch)).orElseThrow();
        var now = appFixture.clock.instant();

        appFixture.faults.at(1, lost.fault);
        var begun = tickFixture.checkRepository.begin(seen, now.plusSeconds(60), now);
        assertThat(begun).isPresent();

        appFixture.faults.at(1, lost.fault);
        var checkResult = new CheckResult(
                DispatchState.SUBMITTED,
                0,
                Map.of("submitted", 1),
                now,
                0,
                null,
                now,
                0,
                null,
                now.plusSeconds(600),
                null);
        assertThat(tickFixture.checkRepository.end(begun.orElseThrow(), checkResult))
                .isTrue();
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("submitted", 1));
    }

    /** A check that makes an unconfirmed one submitted is refused by its own success, for the state is another now. */
    @Test
    void whatACheckMadeCertainIsCountedOnce() {
        appFixture.provider.sending(order -> new hoopoe.provider.SendOutcome.Unconfirmed(
                "-12.50", "", java.util.Optional.of("REF-" + order.token())));
        var batch = appFixture.admitted(AppFixture.to(1));
        tickFixture.provider.reporting(
                (reference, page) -> TickFixture.page(1, 0, 1, false, MessageState.DELIVERED, "100"));
        appFixture.clock.move(Duration.ofMinutes(2));

        appFixture.faults.when(write -> true, Fault.REPEATED);
        tickFixture.check(batch);
        appFixture.faults.heal();

        assertThat(tickFixture.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(appFixture.told.sum(Metric.MESSAGES_SUBMITTED)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Lost.class)
    void anEventIsNew(Lost lost) {
        var providerReference = new ProviderReference("fake", "main", "ref");
        var statusFact = new StatusFact(MessageState.DELIVERED, null, "100", "", null, StatusFact.Source.CALLBACK);

        appFixture.faults.at(1, lost.fault);
        assertThat(tickFixture.callbackEventRepository.keep(
                        providerReference,
                        "one",
                        CallbackEvent.delivery(TickFixture.number(0), statusFact, null),
                        null))
                .isTrue();
        assertThat(tickFixture.callbackEventRepository.keep(
                        providerReference,
                        "one",
                        CallbackEvent.delivery(TickFixture.number(0), statusFact, null),
                        null))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(Lost.class)
    void somethingDueIsPutOff(Lost lost) {
        var batch = tickFixture.submitted(1, "ref");

        appFixture.faults.at(1, lost.fault);
        assertThat(tickFixture.due.putOff(
                        tickFixture.dispatch(batch), appFixture.clock.instant().plusSeconds(90)))
                .isTrue();
    }

    @Test
    void anEchoNamesAndIsCounted() {
        var batch = tickFixture.lost(1);
        var token = tickFixture.dispatch(batch).token();

        appFixture.faults.when(write -> true, Fault.REPEATED);
        tickFixture.calledBack(TickFixture.delivery("ref", 0, MessageState.DELIVERED, "100", token));
        appFixture.faults.heal();

        assertThat(tickFixture.dispatch(batch).submission().reference()).isEqualTo("ref");
        assertThat(appFixture.told.sum(Metric.MESSAGES_SUBMITTED)).isEqualTo(1);
    }

    /** The token of a check does not hide the token of the sender. */
    @Test
    void aCheckLeavesTheMarkOfWhoSent() {
        var batch = tickFixture.submitted(1, "ref");
        var item = tickFixture.table.get(Keys.dispatch(batch.id(), 0)).orElseThrow();
        appFixture.clock.move(Duration.ofMinutes(2));

        tickFixture.check(batch);

        var after = tickFixture.table.get(Keys.dispatch(batch.id(), 0)).orElseThrow();
        assertThat(after.text(Write.ATTEMPT)).isEqualTo(item.text(Write.ATTEMPT));
        assertThat(after.has(Write.CHECK_ATTEMPT)).isTrue();
    }
}
