package hoopoe.settle;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.UNCONFIRMED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.House;
import hoopoe.batch.Watch;
import hoopoe.batch.admission.AdmissionOutcome;
import hoopoe.batch.sending.StakeTest;
import hoopoe.batch.view.BatchView;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.settle.SettlementOutcome.Refused;
import hoopoe.settle.SettlementOutcome.Replayed;
import hoopoe.settle.SettlementOutcome.Settled;
import hoopoe.store.Answer;
import hoopoe.store.Audit;
import hoopoe.store.Batch;
import hoopoe.store.Claim;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchState;
import hoopoe.store.Endings.Recorded;
import hoopoe.store.Erasures;
import hoopoe.testing.FakeProvider;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The operator's word on dispatches whose answers were lost. */
class SettlementTest {

    private static final Word WORD = new Word(House.CALLER, "hpk_live_1", null, null);

    /** The longest function and the lease after it. */
    private static final Duration FREE = Duration.ofSeconds(360);

    private final Watch watch = new Watch();
    private final House house = watch.house;

    private static Word word(String reference) {
        return new Word(House.CALLER, "hpk_live_1", reference, "seen in the portal");
    }

    private SettlementOutcome confirm(Batch batch, Word word) {
        return watch.settlement.confirm(watch.again(batch), 0, word, Optional.empty());
    }

    private SettlementOutcome resend(Batch batch) {
        return watch.settlement.resend(watch.again(batch), 0, WORD, Optional.empty(), house.deadline());
    }

    private static Claim claim(String verb, String key) {
        return new Claim(House.CALLER, "POST", "/v1/batches/x/dispatches/0/" + verb, key, "print");
    }

    private void assertRefused(SettlementOutcome outcome, String code) {
        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code())
                .isEqualTo(code));
    }

    /** Lost, and so long ago that nobody can be at it. */
    private Batch lost(int recipients) {
        var batch = watch.lost(recipients);
        house.clock.move(FREE);
        house.provider.sending(FakeProvider::accepted);
        return batch;
    }

    private Dispatch dispatch(Batch batch) {
        return watch.dispatch(batch);
    }

    private Map<String, Integer> shown(Batch batch) {
        return watch.reader.whole(watch.again(batch)).counts();
    }

    private List<String> timeline(Batch batch) {
        return watch.reader.whole(watch.again(batch)).timeline().stream()
                .map(BatchView.Entry::event)
                .toList();
    }

    // ---- confirm

    @Test
    void whatIsConfirmedWithItsReferenceIsAskedAboutAsAnyOther() {
        var batch = lost(2);

        assertThat(confirm(batch, word("B-7"))).isInstanceOf(Settled.class);

        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch(batch).reference()).isEqualTo("B-7");
        assertThat(dispatch(batch).code()).isNull();
        assertThat(shown(batch)).isEqualTo(Map.of("submitted", 2));
        watch.provider.reporting(
                (reference, page) -> Watch.page(2, 0, reference.equals("B-7") ? 2 : 0, false, DELIVERED, "100"));
        watch.checkWhenDue(batch);
        assertThat(dispatch(batch).counts()).isEqualTo(Map.of("delivered", 2));
        assertThat(watch.again(batch).settled()).containsExactly(0);
    }

    @Test
    void callbacksThatCameBeforeItAreJoined() {
        var batch = lost(1);
        watch.calledBack(Watch.delivery("B-7", 0, DELIVERED, "100"));

        confirm(batch, word("b-7"));
        watch.checkWhenDue(batch);

        assertThat(dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
    }

    @Test
    void withoutAReferenceTimeMakesItUnknown() {
        var batch = lost(1);

        assertThat(confirm(batch, WORD)).isInstanceOf(Settled.class);
        watch.checkWhenDue(batch);

        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch(batch).reference()).isNull();
        assertThat(shown(batch)).isEqualTo(Map.of("submitted", 1));
        assertThat(dispatch(batch).due())
                .isEqualTo(watch.again(batch).notAfter().plus(Duration.ofHours(72)));
        watch.checkWhenDue(batch);
        assertThat(shown(batch)).isEqualTo(Map.of("unknown", 1));
        assertThat(watch.again(batch).settled()).containsExactly(0);
        assertThat(watch.provider.asked()).isEmpty();
    }

    /** The subject that comes back still names it. */
    @Test
    void whatWasConfirmedWithoutAReferenceLearnsItFromAnEcho() {
        var batch = lost(1);
        confirm(batch, WORD);

        watch.calledBack(
                Watch.delivery("ref", 0, DELIVERED, "100", dispatch(batch).token()));
        watch.checkWhenDue(batch);

        assertThat(dispatch(batch).reference()).isEqualTo("ref");
        assertThat(dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
    }

    @Test
    void aReferenceOfAnotherDispatchIsRefusedAndNothingIsWritten() {
        var other = watch.submitted(1, "B-7");
        var batch = lost(1);

        assertRefused(confirm(batch, word(" b-7")), "reference_held");

        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(watch.settlements.of(dispatch(batch))).isEmpty();
        assertThat(dispatch(other).reference()).isEqualTo("B-7");
    }

    @Test
    void aReferenceBesideTheOneThatItHasIsRefused() {
        house.provider.sending(order -> new SendOutcome.Unconfirmed("-12.50", "", Optional.of("REF-" + order.token())));
        var batch = house.admitted(House.to(1));
        var reference = dispatch(batch).reference();

        assertRefused(confirm(batch, word("another")), "reference_differs");
        assertThat(confirm(batch, word(reference.toLowerCase()))).isInstanceOf(Settled.class);

        assertThat(dispatch(batch).reference()).isEqualTo(reference);
        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    /** A panel has ids of messages: that of the only one is what it is asked by. */
    @Test
    void theIdOfTheOnlyMessageIsWhatAPanelIsAskedBy() {
        house.provider.reportsAtOnce(60);
        var batch = lost(1);

        assertThat(confirm(batch, word("8001"))).isInstanceOf(Settled.class);

        assertThat(watch.report(batch).line(0).id()).isEqualTo("8001");
        watch.provider.reportingOf(
                query -> Watch.page(1, 0, query.messages().get(0).id().equals("8001") ? 1 : 0, false, DELIVERED, "4"));
        house.clock.move(Duration.ofMinutes(2));
        watch.tick();
        assertThat(dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
    }

    @Test
    void oneReferenceForManyMessagesOfAPanelIsRefused() {
        house.provider.reportsAtOnce(60);
        var batch = lost(2);

        assertRefused(confirm(batch, word("8001")), "not_supported_by_provider");
        assertThat(confirm(batch, WORD)).isInstanceOf(Settled.class);
    }

    /** All waiting was over: the provider is asked once, and what it says still counts. */
    @Test
    void evenAfterItSettledAConfirmedReferenceIsAskedAbout() {
        var batch = lost(1);
        house.clock.move(Duration.ofDays(9));
        watch.tick();
        assertThat(watch.again(batch).settled()).containsExactly(0);
        assertThat(dispatch(batch).due()).isNull();

        confirm(batch, word("B-7"));
        watch.provider.reporting((reference, page) -> Watch.page(1, 0, 1, false, DELIVERED, "100"));
        watch.tick();

        assertThat(dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
        assertThat(dispatch(batch).due()).isNull();
        assertThat(watch.provider.asked()).hasSize(1);
    }

    @Test
    void anAnswerThatComesAfterItsConfirmationBringsTheReference() {
        var batch = lost(1);
        var lease = dispatch(batch).lease();
        confirm(batch, WORD);

        var answer = new Answer("fake", "main", "ref", true, null, null, null, 0, house.clock.instant());
        assertThat(house.endings.answer(lease, answer, house.clock.instant(), Duration.ofSeconds(1)))
                .isEqualTo(Recorded.DONE);

        assertThat(dispatch(batch).reference()).isEqualTo("ref");
    }

    // ---- resend

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

        assertRefused(resend(batch), "batch_taken_back");
        assertThat(confirm(batch, word("B-7"))).isInstanceOf(Settled.class);
    }

    /** The mark is written between the reading of the batch and the writing of the word. */
    @Test
    void aMarkThatComesBetweenIsMet() {
        var batch = lost(1);
        var before = watch.again(batch);
        watch.erasure.erase(batch, watch.deadline());

        assertRefused(watch.settlement.resend(before, 0, WORD, Optional.empty(), house.deadline()), "batch_taken_back");
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

    // ---- what is told of the try before, once it was resent

    /** It waits for the tick: the operator was wrong, and it is not sent again. */
    private Batch waiting() {
        var batch = lost(1);
        house.provider.ready(() -> new hoopoe.provider.Readiness.NotYet("login", "", null));
        assertThat(resend(batch)).isInstanceOf(Settled.class);
        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.ACCEPTED);
        house.provider.ready(() -> new hoopoe.provider.Readiness.Ready("key"));
        return batch;
    }

    private static String first(Batch batch) {
        return Watch.id(batch).token(0);
    }

    @Test
    void anEchoOfTheTryBeforeKeepsItFromBeingSentAgain() {
        var batch = waiting();

        watch.calledBack(Watch.delivery("old", 0, DELIVERED, "100", first(batch)));
        house.clock.move(Duration.ofMinutes(6));
        watch.tick();
        watch.checkWhenDue(batch);

        assertThat(house.provider.sends()).hasSize(1);
        assertThat(dispatch(batch).reference()).isEqualTo("old");
        assertThat(dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
    }

    @Test
    void soDoesAPushUnderTheIdThatWeGave() {
        house.provider.ownReference(14);
        var batch = waiting();
        var old = dispatch(batch).tries().references().iterator().next();

        watch.calledBack(Watch.delivery(old, 0, DELIVERED, "2"));
        house.clock.move(Duration.ofMinutes(6));
        watch.tick();
        watch.checkWhenDue(batch);

        assertThat(house.provider.sends()).hasSize(1);
        assertThat(dispatch(batch).reference()).isEqualTo(old);
        assertThat(dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
    }

    /** Between the reading of what was told and the claim. */
    @Test
    void whatIsCountedWhileItIsClaimedEndsTheClaim() {
        var batch = waiting();
        var seen = dispatch(batch);
        watch.checkups.count(seen.id(), house.clock.instant());

        assertThat(house.dispatches
                        .claim(seen, hoopoe.testing.Shelf.NO_STAKE, house.clock.instant(), house.clock.instant())
                        .won())
                .isEmpty();
    }

    @Test
    void anAnswerOfTheTryBeforeIsTakenAsLongAsNobodyHasBegunTheNext() {
        var batch = lost(1);
        var lease = dispatch(batch).lease();
        house.provider.ready(() -> new hoopoe.provider.Readiness.NotYet("login", "", null));
        resend(batch);
        house.provider.ready(() -> new hoopoe.provider.Readiness.Ready("key"));

        var answer = new Answer("fake", "main", "old", true, null, null, null, 0, house.clock.instant());
        assertThat(house.endings.answer(lease, answer, house.clock.instant(), Duration.ofSeconds(1)))
                .isEqualTo(Recorded.DONE);
        house.clock.move(Duration.ofMinutes(6));
        watch.tick();

        assertThat(house.provider.sends()).hasSize(1);
        assertThat(dispatch(batch).reference()).isEqualTo("old");
    }

    /** Both were sent: one register, one reference that is asked about, and a delivery is a delivery. */
    @Test
    void aDeliveryOfTheTryBeforeCountsBesideTheNewOne() {
        var batch = lost(2);
        resend(batch);
        var current = dispatch(batch).reference();

        watch.calledBack(Watch.delivery("old", 0, DELIVERED, "100", first(batch)));
        watch.calledBack(Watch.delivery("old", 1, UNDELIVERED, "101", first(batch)));
        watch.checkWhenDue(batch);

        assertThat(dispatch(batch).reference()).isEqualTo(current);
        assertThat(dispatch(batch).tries().references()).containsExactly("old");
        assertThat(dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1, "submitted", 1));
        assertThat(watch.events.of(new hoopoe.store.Reference(FakeProvider.TYPE, "main", "old")))
                .hasSize(2)
                .noneMatch(hoopoe.store.Events.Kept::orphan);
    }

    /** The new try's answer is lost too: what the first one's callbacks say is not its word. */
    @Test
    void anEchoOfTheTryBeforeDoesNotNameTheNextOne() {
        var batch = lost(1);
        house.provider.sending(order -> FakeProvider.lost());
        resend(batch);

        watch.calledBack(Watch.delivery("old", 0, UNDELIVERED, "101", first(batch)));
        watch.checkWhenDue(batch);
        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(dispatch(batch).reference()).isNull();

        watch.calledBack(
                Watch.delivery("new", 0, DELIVERED, "100", dispatch(batch).token()));
        watch.checkWhenDue(batch);
        assertThat(dispatch(batch).reference()).isEqualTo("new");
        assertThat(dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
    }

    // ---- once, and on record

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

    // ---- truths beside

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
        assertThat(watch.reader.whole(watch.again(batch)).cost()).isEqualByComparingTo("1");

        watch.erasure.erase(batch, watch.deadline());
        new Erasures(watch.table).keep(Watch.id(batch), 1, new BigDecimal("0.75"), house.clock.instant());

        assertThat(watch.reader.whole(watch.again(batch)).cost()).isEqualByComparingTo("0.25");
    }
}
