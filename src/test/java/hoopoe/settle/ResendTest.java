package hoopoe.settle;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.Watch;
import hoopoe.batch.admission.AdmissionOutcome;
import hoopoe.batch.sending.StakeTest;
import hoopoe.observability.Metric;
import hoopoe.provider.CancelOutcome;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.settle.SettlementOutcome.Refused;
import hoopoe.settle.SettlementOutcome.Settled;
import hoopoe.store.Checked;
import hoopoe.store.DispatchState;
import hoopoe.testing.FakeProvider;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That it was not sent, and shall be. */
class ResendTest extends SettlementStage {

    @Test
    void aResendIsANewTryUnderANewName() {
        var batch = lost(2);
        var first = dispatch(batch);

        assertThat(resend(batch)).isInstanceOf(Settled.class);

        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch(batch).attempt()).isEqualTo(2);
        assertThat(dispatch(batch).fence()).isEqualTo(first.fence() + 1);
        assertThat(dispatch(batch).token()).isEqualTo(first.token() + "-1");
        assertThat(house.provider.taken())
                .isEqualTo(Map.of(first.token(), 1, dispatch(batch).token(), 1));
        assertThat(shown(batch)).isEqualTo(Map.of("submitted", 2));
    }

    @Test
    void nobodyResendsWhileTheTryBeforeMayBeUnderWay() {
        var batch = watch.lost(1);
        house.clock.move(FREE.minusSeconds(30));

        assertThat(resend(batch)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo("too_early_to_resend");
            assertThat(refused.pause()).isEqualTo(Duration.ofSeconds(30));
        });
        assertThat(house.provider.sends()).hasSize(1);

        house.clock.move(Duration.ofSeconds(30));
        assertThat(resend(batch)).isInstanceOf(Settled.class);
        assertThat(house.provider.sends()).hasSize(2);
    }

    /** Whose clock is so late that it thinks the lease still lasts. */
    @Test
    void aCheckOfTheTryBeforeEndsWithoutEffect() {
        var batch = watch.lost(1);
        var now = house.clock.instant();
        var check = watch.checkups
                .begin(watch.checkups.find(Watch.id(batch)).orElseThrow(), now.plusSeconds(60), now)
                .orElseThrow();
        house.clock.move(FREE);
        assertThat(resend(batch)).isInstanceOf(Settled.class);
        var again = dispatch(batch);
        assertThat(again.state()).isEqualTo(DispatchState.UNCONFIRMED);

        var late = new Checked(
                DispatchState.UNCONFIRMED, 0, Map.of("unconfirmed", 1), now, 3, null, now, 2, "timeout", null);

        assertThat(watch.checkups.page(check, 3)).isFalse();
        assertThat(watch.checkups.end(check, late)).isFalse();
        assertThat(dispatch(batch)).isEqualTo(again);
    }

    @Test
    void whatWouldExpireIsNotResent() {
        var batch = lost(1);
        house.clock.set(watch.again(batch).notAfter().toString());

        assertRefused(resend(batch), "too_late_to_resend");

        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
    }

    @Test
    void whatShallBeTakenBackIsNotResentAndCanBeConfirmed() {
        var batch = lost(1);
        watch.erasure.erase(batch, watch.deadline());

        assertRefused(resend(batch), "batch_cancelled");
        assertThat(confirm(batch, word("B-7"))).isInstanceOf(Settled.class);
    }

    /** The mark is written between the reading of the batch and the writing of the word. */
    @Test
    void aMarkThatComesBetweenIsMet() {
        var batch = lost(1);
        var before = watch.again(batch);
        watch.erasure.erase(batch, watch.deadline());

        assertRefused(watch.settlement.resend(before, 0, WORD, Optional.empty(), house.deadline()), "batch_cancelled");
        assertThat(house.provider.sends()).hasSize(1);
    }

    @Test
    void whatACallbackToldOfIsNotResent() {
        house.provider.ownReference(14);
        var batch = lost(1);
        watch.calledBack(Watch.delivery(dispatch(batch).reference(), 0, DELIVERED, "2"));

        assertRefused(resend(batch), "provider_has_it");

        watch.checkWhenDue(batch);
        assertThat(dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
    }

    @Test
    void onlyWhatIsUnconfirmedIsSettled() {
        var batch = watch.submitted(1, "ref");
        house.clock.move(FREE);

        assertRefused(confirm(batch, WORD), "dispatch_not_unconfirmed");
        assertRefused(resend(batch), "dispatch_not_unconfirmed");
        assertRefused(watch.settlement.confirm(watch.again(batch), 1, WORD, Optional.empty()), "dispatch_not_found");
    }

    /** The dispatch stays submitted, for that is what became of the call. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | The dispatch is submitted.",
                "2 | The dispatch is submitted, and the provider has cancelled 2 of its 2 messages since."
            })
    void whatWasCancelledAtTheProviderIsToldSo(int cancelled, String words) {
        watch.provider.erasing((reference, deadline) -> new CancelOutcome.CancelledMessages(cancelled, new BigDecimal(cancelled)));
        watch.provider.reporting((reference, page) -> Watch.page(2, 0, 2, false, SCHEDULED, "300"));
        var batch = watch.submitted(2, "ref");
        watch.erasure.erase(batch, watch.deadline());

        assertThat(confirm(batch, WORD)).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.detail())
                .isEqualTo(words));
    }

    @Test
    void whatIsFromBeforeARestoreIsSentOnlyByAnOperatorsWord() {
        var restored = new Watch("hoopoe.not-before", "2026-03-01T05:00:00Z");
        var batch = restored.submitted(1, "ref");
        restored.house.clock.set("2026-03-01T05:00:00Z");
        restored.tick();
        assertThat(restored.dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(restored.dispatch(batch).code()).isEqualTo("not_before");

        restored.settlement.resend(restored.again(batch), 0, WORD, Optional.empty(), restored.house.deadline());

        assertThat(restored.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(restored.house.provider.sends()).hasSize(1);
    }

    /** Proof that nothing was sent: it waits as any other, and the tick sends it. */
    @Test
    void whatCannotBeSentAtOnceIsLeftToTheTick() {
        var batch = lost(1);
        house.provider.sending(order -> new NotSent(SendOutcome.Cause.UNREACHABLE, "connect", ""));

        assertThat(resend(batch)).isInstanceOf(Settled.class);
        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.ACCEPTED);
        house.provider.sending(FakeProvider::accepted);
        house.clock.move(Duration.ofMinutes(6));
        watch.tick();

        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(house.provider.sends().stream().map(order -> order.token()).distinct())
                .hasSize(2);
    }

    @Test
    void whatFailsAfterTheWordIsCountedAndLeftToTheTick() {
        var batch = lost(1);
        house.provider.ready(() -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(resend(batch)).isInstanceOf(Settled.class);
        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(house.told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
    }

    @Test
    void theIdThatWeGiveIsAnotherAndTheReceivedMessageStaysItsOwn() {
        house.provider.ownReference(14);
        house.provider.sending(order -> FakeProvider.lost());
        var batch = house.admitted(StakeTest.answering("4711"));
        var first = dispatch(batch).reference();
        house.clock.move(FREE);
        house.provider.sending(order -> FakeProvider.accepted(order.reference()));

        assertThat(resend(batch)).isInstanceOf(Settled.class);

        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch(batch).reference()).matches("[0-9a-v]{14}").isNotEqualTo(first);
        assertThat(dispatch(batch).tries().references()).containsExactly(first);
        assertThat(house.references.find(FakeProvider.TYPE, "main", first)).contains(Watch.id(batch));
        assertThat(house.admit(StakeTest.answering("4711"))).isInstanceOf(AdmissionOutcome.Refused.class);
    }
}
