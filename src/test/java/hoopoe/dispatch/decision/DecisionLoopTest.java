package hoopoe.dispatch.decision;

import static hoopoe.message.MessageState.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.TickFixture;
import hoopoe.batch.view.BatchView;
import hoopoe.dispatch.DecisionRecord;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.decision.DecisionOutcome.DecisionMade;
import hoopoe.dispatch.decision.DecisionOutcome.DecisionReplayed;
import hoopoe.provider.Points;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.dispatch.CancellationRepository;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An operator's decision on dispatches whose answers were lost. */
class DecisionLoopTest extends DecisionFixture {

    @Test
    void theSameCallAgainIsAReplayAndAnotherOneIsRefused() {
        var batch = lost(1);
        var claim = Optional.of(claim("resend", "key"));

        assertThat(tickFixture.dispatchResend.resend(batch, 0, WORD, claim, appFixture.deadline()))
                .isInstanceOf(DecisionMade.class);
        assertThat(tickFixture.dispatchResend.resend(batch, 0, WORD, claim, appFixture.deadline()))
                .isInstanceOf(DecisionReplayed.class);
        var other = Optional.of(
                new IdempotencyKey(AppFixture.CALLER, "POST", "/v1/batches/x/dispatches/0/resend", "key", "other"));
        assertRefused(
                tickFixture.dispatchResend.resend(batch, 0, WORD, other, appFixture.deadline()),
                "idempotency_key_reused");

        assertThat(appFixture.provider.sends()).hasSize(2);
        assertThat(tickFixture.decisionRepository.of(dispatch(batch))).hasSize(1);
    }

    @Test
    void whoSaidWhatWhenAndWhyStandsInTheTimeline() {
        var batch = tickFixture.lost(1);
        var lost = dispatch(batch).tries().unconfirmed();
        assertThat(timeline(batch)).containsExactly("created", "unconfirmed");
        appFixture.clock.move(FREE);
        resend(batch);
        appFixture.clock.move(FREE);
        confirm(batch, word("B-7"));

        assertThat(tickFixture.decisionRepository.of(dispatch(batch)))
                .extracting(
                        DecisionRecord::word,
                        DecisionRecord::by,
                        DecisionRecord::caller,
                        DecisionRecord::reference,
                        DecisionRecord::note,
                        DecisionRecord::unconfirmed)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                DecisionRecord.DecisionKind.RESENT, "hpk_live_1", AppFixture.CALLER, null, null, lost),
                        org.assertj.core.groups.Tuple.tuple(
                                DecisionRecord.DecisionKind.CONFIRMED,
                                "hpk_live_1",
                                AppFixture.CALLER,
                                "B-7",
                                "seen in the portal",
                                lost.plus(FREE)));
        assertThat(timeline(batch))
                .containsExactly("created", "unconfirmed", "resent", "unconfirmed", "confirmed", "submitted");
        var spoken = tickFixture.reader.whole(tickFixture.again(batch)).timeline().stream()
                .collect(Collectors.toMap(
                        BatchView.TimelineEntry::event, timelineEntry -> timelineEntry, (one, other) -> other));
        assertThat(spoken.get("confirmed").at()).isEqualTo(Instant.parse("2026-03-01T04:12:00Z"));
        assertThat(spoken.get("confirmed").by()).isEqualTo("hpk_live_1");
        assertThat(spoken.get("confirmed").note()).isEqualTo("seen in the portal");
        assertThat(spoken.get("confirmed").dispatch()).isZero();
    }

    /** It may just say that it knows no such message. */
    @Test
    void aWordThatNobodyKnowsProvesNothing() {
        appFixture.provider.ownReference(14);
        var batch = lost(1);
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(1, 0, 1, false, UNCONFIRMED, "whatever"));

        appFixture.clock.move(Duration.ofMinutes(2));
        tickFixture.check(batch);

        assertThat(tickFixture.provider.asked()).isNotEmpty();
        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(shown(batch)).isEqualTo(Map.of("unconfirmed", 1));
        assertThat(resend(batch)).isInstanceOf(DecisionMade.class);
    }

    @Test
    void whatWasGivenBackIsNoCost() {
        var batch = tickFixture.submitted(1, "ref");
        assertThat(tickFixture.reader.whole(tickFixture.again(batch)).cost()).isEqualTo(new Points("points", "1.0"));

        tickFixture.batchCancellation.erase(batch, tickFixture.deadline());
        new CancellationRepository(tickFixture.table)
                .keep(TickFixture.id(batch), 1, new BigDecimal("0.75"), appFixture.clock.instant());

        assertThat(tickFixture.reader.whole(tickFixture.again(batch)).cost()).isEqualTo(new Points("points", "0.25"));
    }
}
