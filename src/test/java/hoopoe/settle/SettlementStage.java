package hoopoe.settle;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.House;
import hoopoe.batch.Watch;
import hoopoe.batch.view.BatchView;
import hoopoe.settle.SettlementOutcome.Refused;
import hoopoe.settle.SettlementOutcome.Settled;
import hoopoe.store.Batch;
import hoopoe.store.Claim;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchState;
import hoopoe.testing.FakeProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A batch whose provider's answer was lost, and an operator. */
abstract class SettlementStage {

    static final Word WORD = new Word(House.CALLER, "hpk_live_1", null, null);

    /** The longest function and the lease after it. */
    static final Duration FREE = Duration.ofSeconds(360);

    final Watch watch = new Watch();
    final House house = watch.house;

    static Word word(String reference) {
        return new Word(House.CALLER, "hpk_live_1", reference, "seen in the portal");
    }

    SettlementOutcome confirm(Batch batch, Word word) {
        return watch.settlement.confirm(watch.again(batch), 0, word, Optional.empty());
    }

    SettlementOutcome resend(Batch batch) {
        return watch.settlement.resend(watch.again(batch), 0, WORD, Optional.empty(), house.deadline());
    }

    static Claim claim(String verb, String key) {
        return new Claim(House.CALLER, "POST", "/v1/batches/x/dispatches/0/" + verb, key, "print");
    }

    void assertRefused(SettlementOutcome outcome, String code) {
        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code())
                .isEqualTo(code));
    }

    /** Lost, and so long ago that nobody can be at it. */
    Batch lost(int recipients) {
        var batch = watch.lost(recipients);
        house.clock.move(FREE);
        house.provider.sending(FakeProvider::accepted);
        return batch;
    }

    Dispatch dispatch(Batch batch) {
        return watch.dispatch(batch);
    }

    Map<String, Integer> shown(Batch batch) {
        return watch.reader.whole(watch.again(batch)).counts();
    }

    List<String> timeline(Batch batch) {
        return watch.reader.whole(watch.again(batch)).timeline().stream()
                .map(BatchView.Entry::event)
                .toList();
    }

    /** It waits for the tick: the operator was wrong, and it is not sent again. */
    Batch waiting() {
        var batch = lost(1);
        house.provider.ready(() -> new hoopoe.provider.Readiness.NotYet("login", "", null));
        assertThat(resend(batch)).isInstanceOf(Settled.class);
        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.ACCEPTED);
        house.provider.ready(() -> new hoopoe.provider.Readiness.Ready("key"));
        return batch;
    }

    static String first(Batch batch) {
        return Watch.id(batch).token(0);
    }
}
