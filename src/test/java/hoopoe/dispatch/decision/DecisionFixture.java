package hoopoe.dispatch.decision;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.view.BatchView;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.decision.DecisionOutcome.DecisionMade;
import hoopoe.dispatch.decision.DecisionOutcome.DecisionRefused;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.testing.FakeProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A batch whose provider's answer was lost, and an operator. */
abstract class DecisionFixture {

    static final OperatorDecision WORD = new OperatorDecision(AppFixture.CALLER, "hpk_live_1", null, null);

    /** The longest function and the lease after it. */
    static final Duration FREE = Duration.ofSeconds(360);

    final TickFixture tickFixture = new TickFixture();
    final AppFixture appFixture = tickFixture.appFixture;

    static OperatorDecision word(String reference) {
        return new OperatorDecision(AppFixture.CALLER, "hpk_live_1", reference, "seen in the portal");
    }

    DecisionOutcome confirm(Batch batch, OperatorDecision operatorDecision) {
        return tickFixture.dispatchConfirmation.confirm(
                tickFixture.again(batch), 0, operatorDecision, Optional.empty());
    }

    DecisionOutcome resend(Batch batch) {
        return tickFixture.dispatchResend.resend(
                tickFixture.again(batch), 0, WORD, Optional.empty(), appFixture.deadline());
    }

    static IdempotencyKey claim(String verb, String key) {
        return new IdempotencyKey(AppFixture.CALLER, "POST", "/v1/batches/x/dispatches/0/" + verb, key, "print");
    }

    void assertRefused(DecisionOutcome outcome, String code) {
        assertThat(outcome)
                .isInstanceOfSatisfying(DecisionRefused.class, decisionRefused -> assertThat(decisionRefused.code())
                        .isEqualTo(code));
    }

    /** The answer was lost so long ago that no worker can still be sending it. */
    Batch lost(int recipients) {
        var batch = tickFixture.lost(recipients);
        appFixture.clock.move(FREE);
        appFixture.provider.sending(FakeProvider::accepted);
        return batch;
    }

    Dispatch dispatch(Batch batch) {
        return tickFixture.dispatch(batch);
    }

    Map<String, Integer> shown(Batch batch) {
        return tickFixture.reader.whole(tickFixture.again(batch)).counts();
    }

    List<String> timeline(Batch batch) {
        return tickFixture.reader.whole(tickFixture.again(batch)).timeline().stream()
                .map(BatchView.TimelineEntry::event)
                .toList();
    }

    /** It waits for the tick: the operator was wrong, and it is not sent again. */
    Batch waiting() {
        var batch = lost(1);
        appFixture.provider.ready(() -> new hoopoe.provider.Readiness.NotYet("login", "", null));
        assertThat(resend(batch)).isInstanceOf(DecisionMade.class);
        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.ACCEPTED);
        appFixture.provider.ready(() -> new hoopoe.provider.Readiness.Ready("key"));
        return batch;
    }

    static String first(Batch batch) {
        return TickFixture.id(batch).token(0);
    }
}
