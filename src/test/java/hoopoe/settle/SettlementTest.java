package hoopoe.settle;

import static hoopoe.message.MessageState.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.House;
import hoopoe.batch.Watch;
import hoopoe.batch.view.BatchView;
import hoopoe.provider.Points;
import hoopoe.settle.SettlementOutcome.Replayed;
import hoopoe.settle.SettlementOutcome.Settled;
import hoopoe.store.Audit;
import hoopoe.store.Claim;
import hoopoe.store.DispatchState;
import hoopoe.store.Erasures;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The operator's word on dispatches whose answers were lost. */
class SettlementTest extends SettlementStage {

    @Test
    void theSameCallAgainIsAReplayAndAnotherOneIsRefused() {
        var batch = lost(1);
        var claim = Optional.of(claim("resend", "key"));

        assertThat(watch.settlement.resend(batch, 0, WORD, claim, house.deadline()))
                .isInstanceOf(Settled.class);
        assertThat(watch.settlement.resend(batch, 0, WORD, claim, house.deadline()))
                .isInstanceOf(Replayed.class);
        var other = Optional.of(new Claim(House.CALLER, "POST", "/v1/batches/x/dispatches/0/resend", "key", "other"));
        assertRefused(watch.settlement.resend(batch, 0, WORD, other, house.deadline()), "idempotency_key_reused");

        assertThat(house.provider.sends()).hasSize(2);
        assertThat(watch.settlements.of(dispatch(batch))).hasSize(1);
    }

    @Test
    void whoSaidWhatWhenAndWhyStandsInTheTimeline() {
        var batch = watch.lost(1);
        var lost = dispatch(batch).tries().unconfirmed();
        assertThat(timeline(batch)).containsExactly("created", "unconfirmed");
        house.clock.move(FREE);
        resend(batch);
        house.clock.move(FREE);
        confirm(batch, word("B-7"));

        assertThat(watch.settlements.of(dispatch(batch)))
                .extracting(Audit::word, Audit::by, Audit::caller, Audit::reference, Audit::note, Audit::unconfirmed)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Audit.Word.RESENT, "hpk_live_1", House.CALLER, null, null, lost),
                        org.assertj.core.groups.Tuple.tuple(
                                Audit.Word.CONFIRMED,
                                "hpk_live_1",
                                House.CALLER,
                                "B-7",
                                "seen in the portal",
                                lost.plus(FREE)));
        assertThat(timeline(batch))
                .containsExactly("created", "unconfirmed", "resent", "unconfirmed", "confirmed", "submitted");
        var spoken = watch.reader.whole(watch.again(batch)).timeline().stream()
                .collect(Collectors.toMap(BatchView.Entry::event, entry -> entry, (one, other) -> other));
        assertThat(spoken.get("confirmed").at()).isEqualTo(Instant.parse("2026-03-01T04:12:00Z"));
        assertThat(spoken.get("confirmed").by()).isEqualTo("hpk_live_1");
        assertThat(spoken.get("confirmed").note()).isEqualTo("seen in the portal");
        assertThat(spoken.get("confirmed").dispatch()).isZero();
    }

    /** It may just say that it knows no such message. */
    @Test
    void aWordThatNobodyKnowsProvesNothing() {
        house.provider.ownReference(14);
        var batch = lost(1);
        watch.provider.reporting((reference, page) -> Watch.page(1, 0, 1, false, UNCONFIRMED, "whatever"));

        house.clock.move(Duration.ofMinutes(2));
        watch.check(batch);

        assertThat(watch.provider.asked()).isNotEmpty();
        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(shown(batch)).isEqualTo(Map.of("unconfirmed", 1));
        assertThat(resend(batch)).isInstanceOf(Settled.class);
    }

    @Test
    void whatWasGivenBackIsNoCost() {
        var batch = watch.submitted(1, "ref");
        assertThat(watch.reader.whole(watch.again(batch)).cost()).isEqualTo(new Points("points", "1.0"));

        watch.erasure.erase(batch, watch.deadline());
        new Erasures(watch.table).keep(Watch.id(batch), 1, new BigDecimal("0.75"), house.clock.instant());

        assertThat(watch.reader.whole(watch.again(batch)).cost()).isEqualTo(new Points("points", "0.25"));
    }
}
