package hoopoe.dispatch.decision;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.TickFixture;
import hoopoe.batch.create.CreateBatchResult;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.decision.DecisionOutcome.DecisionMade;
import hoopoe.dispatch.decision.DecisionOutcome.DecisionRefused;
import hoopoe.dispatch.send.ReservationTest;
import hoopoe.observability.Metric;
import hoopoe.provider.CancelOutcome;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.store.delivery.CheckRepository.CheckResult;
import hoopoe.testing.FakeProvider;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That it was not sent, and shall be. */
class ResendTest extends DecisionFixture {

    @Test
    void aResendIsANewTryUnderANewName() {
        var batch = lost(2);
        var first = dispatch(batch);

        assertThat(resend(batch)).isInstanceOf(DecisionMade.class);

        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch(batch).claim().attempt()).isEqualTo(2);
        assertThat(dispatch(batch).claim().fence()).isEqualTo(first.claim().fence() + 1);
        assertThat(dispatch(batch).token()).isEqualTo(first.token() + "-1");
        assertThat(appFixture.provider.taken())
                .isEqualTo(Map.of(first.token(), 1, dispatch(batch).token(), 1));
        assertThat(shown(batch)).isEqualTo(Map.of("submitted", 2));
    }

    @Test
    void nobodyResendsWhileTheTryBeforeMayBeUnderWay() {
        var batch = tickFixture.lost(1);
        appFixture.clock.move(FREE.minusSeconds(30));

        assertThat(resend(batch)).isInstanceOfSatisfying(DecisionRefused.class, decisionRefused -> {
            assertThat(decisionRefused.code()).isEqualTo("too_early_to_resend");
            assertThat(decisionRefused.pause()).isEqualTo(Duration.ofSeconds(30));
        });
        assertThat(appFixture.provider.sends()).hasSize(1);

        appFixture.clock.move(Duration.ofSeconds(30));
        assertThat(resend(batch)).isInstanceOf(DecisionMade.class);
        assertThat(appFixture.provider.sends()).hasSize(2);
    }

    /** Whose clock is so late that it thinks the lease still lasts. */
    @Test
    void aCheckOfTheTryBeforeEndsWithoutEffect() {
        var batch = tickFixture.lost(1);
        var now = appFixture.clock.instant();
        var check = tickFixture
                .checkRepository
                .begin(tickFixture.checkRepository.find(TickFixture.id(batch)).orElseThrow(), now.plusSeconds(60), now)
                .orElseThrow();
        appFixture.clock.move(FREE);
        assertThat(resend(batch)).isInstanceOf(DecisionMade.class);
        var again = dispatch(batch);
        assertThat(again.state()).isEqualTo(DispatchState.UNCONFIRMED);

        var late = new CheckResult(
                DispatchState.UNCONFIRMED, 0, Map.of("unconfirmed", 1), now, 3, null, now, 2, "timeout", null, null);

        assertThat(tickFixture.checkRepository.page(check, 3)).isFalse();
        assertThat(tickFixture.checkRepository.end(check, late)).isFalse();
        assertThat(dispatch(batch)).isEqualTo(again);
    }

    @Test
    void whatWouldExpireIsNotResent() {
        var batch = lost(1);
        appFixture.clock.set(tickFixture.again(batch).window().notAfter().toString());

        assertRefused(resend(batch), "too_late_to_resend");

        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
    }

    @Test
    void whatShallBeTakenBackIsNotResentAndCanBeConfirmed() {
        var batch = lost(1);
        tickFixture.batchCancellation.erase(batch, tickFixture.deadline());

        assertRefused(resend(batch), "batch_cancelled");
        assertThat(confirm(batch, word("B-7"))).isInstanceOf(DecisionMade.class);
    }

    /** The mark is written between the reading of the batch and the writing of the word. */
    @Test
    void aMarkThatComesBetweenIsMet() {
        var batch = lost(1);
        var before = tickFixture.again(batch);
        tickFixture.batchCancellation.erase(batch, tickFixture.deadline());

        assertRefused(
                tickFixture.dispatchResend.resend(before, 0, WORD, Optional.empty(), appFixture.deadline()),
                "batch_cancelled");
        assertThat(appFixture.provider.sends()).hasSize(1);
    }

    @Test
    void whatACallbackToldOfIsNotResent() {
        appFixture.provider.ownReference(14);
        var batch = lost(1);
        tickFixture.calledBack(TickFixture.delivery(dispatch(batch).submission().reference(), 0, DELIVERED, "2"));

        assertRefused(resend(batch), "provider_has_it");

        tickFixture.checkWhenDue(batch);
        assertThat(dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
    }

    @Test
    void onlyWhatIsUnconfirmedIsSettled() {
        var batch = tickFixture.submitted(1, "ref");
        appFixture.clock.move(FREE);

        assertRefused(confirm(batch, WORD), "dispatch_not_unconfirmed");
        assertRefused(resend(batch), "dispatch_not_unconfirmed");
        assertRefused(
                tickFixture.dispatchConfirmation.confirm(tickFixture.again(batch), 1, WORD, Optional.empty()),
                "dispatch_not_found");
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
        tickFixture.provider.erasing(
                (reference, deadline) -> new CancelOutcome.CancelledMessages(cancelled, new BigDecimal(cancelled)));
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(2, 0, 2, false, SCHEDULED, "300"));
        var batch = tickFixture.submitted(2, "ref");
        tickFixture.batchCancellation.erase(batch, tickFixture.deadline());

        assertThat(confirm(batch, WORD))
                .isInstanceOfSatisfying(DecisionRefused.class, decisionRefused -> assertThat(decisionRefused.detail())
                        .isEqualTo(words));
    }

    @Test
    void whatIsFromBeforeARestoreIsSentOnlyByAnOperatorsWord() {
        var restored = new TickFixture("hoopoe.not-before", "2026-03-01T05:00:00Z");
        var batch = restored.submitted(1, "ref");
        restored.appFixture.clock.set("2026-03-01T05:00:00Z");
        restored.tick();
        assertThat(restored.dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(restored.dispatch(batch).submission().code()).isEqualTo("not_before");

        restored.dispatchResend.resend(
                restored.again(batch), 0, WORD, Optional.empty(), restored.appFixture.deadline());

        assertThat(restored.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(restored.appFixture.provider.sends()).hasSize(1);
    }

    /** Proof that nothing was sent: it waits as any other, and the tick sends it. */
    @Test
    void whatCannotBeSentAtOnceIsLeftToTheTick() {
        var batch = lost(1);
        appFixture.provider.sending(order -> new NotSent(SendOutcome.Cause.UNREACHABLE, "connect", ""));

        assertThat(resend(batch)).isInstanceOf(DecisionMade.class);
        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.ACCEPTED);
        appFixture.provider.sending(FakeProvider::accepted);
        appFixture.clock.move(Duration.ofMinutes(6));
        tickFixture.tick();

        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(appFixture.provider.sends().stream()
                        .map(order -> order.token())
                        .distinct())
                .hasSize(2);
    }

    @Test
    void whatFailsAfterTheWordIsCountedAndLeftToTheTick() {
        var batch = lost(1);
        appFixture.provider.ready(() -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(resend(batch)).isInstanceOf(DecisionMade.class);
        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(appFixture.told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
    }

    @Test
    void theIdThatWeGiveIsAnotherAndTheReceivedMessageStaysItsOwn() {
        appFixture.provider.ownReference(14);
        appFixture.provider.sending(order -> FakeProvider.lost());
        var batch = appFixture.admitted(ReservationTest.answering("4711"));
        var first = dispatch(batch).submission().reference();
        appFixture.clock.move(FREE);
        appFixture.provider.sending(order -> FakeProvider.accepted(order.reference()));

        assertThat(resend(batch)).isInstanceOf(DecisionMade.class);

        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch(batch).submission().reference())
                .matches("[0-9a-v]{14}")
                .isNotEqualTo(first);
        assertThat(dispatch(batch).tries().references()).containsExactly(first);
        assertThat(appFixture.owner(first)).contains(TickFixture.id(batch));
        assertThat(appFixture.admit(ReservationTest.answering("4711")))
                .isInstanceOf(CreateBatchResult.CreateRefused.class);
    }
}
