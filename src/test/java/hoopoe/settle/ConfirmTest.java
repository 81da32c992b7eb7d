package hoopoe.settle;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SUBMITTED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.House;
import hoopoe.batch.Watch;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.SendOutcome;
import hoopoe.settle.SettlementOutcome.Settled;
import hoopoe.store.Answer;
import hoopoe.store.Batch;
import hoopoe.store.Checked;
import hoopoe.store.Checkup;
import hoopoe.store.DispatchState;
import hoopoe.store.Endings.Recorded;
import hoopoe.store.Lease;
import hoopoe.store.Line;
import hoopoe.store.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** That it was sent. */
class ConfirmTest extends SettlementStage {

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

    /** What the operator typed is a hint; what the provider says under our token is not. */
    @Test
    void aMistypedReferenceIsReplacedByTheEcho() {
        var batch = lost(2);
        confirm(batch, word("B-8"));
        assertThat(dispatch(batch).tries().said()).isTrue();

        watch.calledBack(
                Watch.delivery("B-7", 0, DELIVERED, "100", dispatch(batch).token()));

        assertThat(dispatch(batch).reference()).isEqualTo("B-7");
        assertThat(dispatch(batch).tries().said()).isFalse();
        watch.checkWhenDue(batch);
        assertThat(dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1, "submitted", 1));
        // Whose it is may have the other one.
        var other = lost(1);
        assertThat(confirm(other, word("B-8"))).isInstanceOf(Settled.class);
        assertThat(dispatch(other).reference()).isEqualTo("B-8");
    }

    @Test
    void aMistypedReferenceIsReplacedByTheLateAnswer() {
        var batch = lost(1);
        var lease = dispatch(batch).lease();
        confirm(batch, word("B-8"));

        answer(lease, "B-7");

        assertThat(dispatch(batch).reference()).isEqualTo("B-7");
        assertThat(dispatch(batch).tries().said()).isFalse();
        // Whose it is may have the other one.
        var other = lost(1);
        assertThat(confirm(other, word("B-8"))).isInstanceOf(Settled.class);
        assertThat(dispatch(other).reference()).isEqualTo("B-8");
    }

    /** In its own spelling: it is asked about where it was. */
    @Test
    void aLateAnswerThatSaysTheSameReferenceLeavesItsPages() {
        var batch = lost(1);
        var lease = dispatch(batch).lease();
        confirm(batch, word("b-7"));
        asked(batch, 1, 2);

        answer(lease, "B-7");

        assertThat(dispatch(batch).reference()).isEqualTo("B-7");
        assertThat(dispatch(batch).tries().said()).isFalse();
        assertThat(dispatch(batch).page()).isEqualTo(1);
        assertThat(checkup(batch).replies()).isEqualTo(2);
    }

    @Test
    void ofAnotherReportTheLateAnswerReadsAllPagesAndReplies() {
        var batch = lost(1);
        var lease = dispatch(batch).lease();
        confirm(batch, word("B-8"));

        assertAskedAnew(batch, () -> answer(lease, "B-7"));
    }

    @Test
    void ofAnotherReportTheEchoReadsAllPagesAndReplies() {
        var batch = lost(1);
        confirm(batch, word("B-8"));

        assertAskedAnew(
                batch,
                () -> watch.calledBack(Watch.delivery(
                        "B-7", 0, DELIVERED, "100", dispatch(batch).token())));
    }

    /** Else nobody would hear that it was sent, and an operator would have it sent again. */
    @Test
    void aReferenceTypedForAnotherGoesToWhoseTokenComesWithIt() {
        var typed = lost(1);
        var owner = lost(1);
        confirm(typed, word("B-2"));
        asked(typed, 1, 2);

        watch.calledBack(
                Watch.delivery("B-2", 0, DELIVERED, "100", dispatch(owner).token()));

        assertThat(dispatch(owner).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch(owner).reference()).isEqualTo("B-2");
        assertThat(resend(owner)).isNotInstanceOf(Settled.class);
        watch.checkWhenDue(owner);
        assertThat(dispatch(owner).counts()).isEqualTo(Map.of("delivered", 1));
        // As one that was confirmed without a reference.
        assertThat(dispatch(typed).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch(typed).reference()).isNull();
        assertThat(dispatch(typed).tries().said()).isFalse();
        assertThat(dispatch(typed).page()).isZero();
        assertThat(shown(typed)).isEqualTo(Map.of("submitted", 1));
        watch.calledBack(
                Watch.delivery("B-1", 0, DELIVERED, "100", dispatch(typed).token()));
        assertThat(dispatch(typed).reference()).isEqualTo("B-1");
    }

    @Test
    void referencesTypedCrosswiseGoToTheirOwners() {
        var one = lost(1);
        var two = lost(1);
        confirm(one, word("B-2"));
        confirm(two, word("B-1"));

        watch.calledBack(
                Watch.delivery("b-2", 0, DELIVERED, "100", dispatch(two).token()));
        watch.calledBack(
                Watch.delivery("b-1", 0, DELIVERED, "100", dispatch(one).token()));

        assertThat(dispatch(one).reference()).isEqualTo("b-1");
        assertThat(dispatch(two).reference()).isEqualTo("b-2");
    }

    @Test
    void aReplyUnderTheTokenOfAnotherIsNoReplyToWhatItWasTypedFor() {
        var typed = lost(1);
        var owner = lost(1);
        confirm(typed, word("B-2"));
        var replyCallback = Watch.reply("B-2", 0, "yes", house.clock.instant());

        watch.calledBack(new CallbackContent.ReplyCallback(
                replyCallback.reference(),
                Optional.of(dispatch(owner).token()),
                replyCallback.from(),
                replyCallback.at(),
                replyCallback.text(),
                replyCallback.id(),
                replyCallback.receivedId(),
                replyCallback.to(),
                replyCallback.identity(),
                replyCallback.shared()));
        watch.checkWhenDue(typed);
        watch.checkWhenDue(owner);

        assertThat(watch.replies()).extracting(Reply::batch).containsExactly(owner.id());
    }

    /** Only what an operator typed gives way: a subject may be quoted. */
    @Test
    void whatTheProviderSaidNoTokenOfAnotherTakes() {
        var submitted = watch.submitted(1, "B-2");
        var other = lost(1);

        watch.calledBack(
                Watch.delivery("B-2", 0, DELIVERED, "100", dispatch(other).token()));

        assertThat(dispatch(submitted).reference()).isEqualTo("B-2");
        assertThat(dispatch(other).state()).isEqualTo(DispatchState.UNCONFIRMED);
    }

    /** Nor does a token take what was typed, about a number that its dispatch does not have. */
    @Test
    void aTokenThatNamesNothingLeavesWhatWasTyped() {
        var typed = lost(2);
        var other = lost(1);
        confirm(typed, word("B-2"));

        watch.calledBack(
                Watch.delivery("B-2", 1, DELIVERED, "100", dispatch(other).token()));

        assertThat(dispatch(typed).reference()).isEqualTo("B-2");
    }

    private void assertAskedAnew(Batch batch, Runnable said) {
        asked(batch, 1, 2);
        var under = begun(batch);

        said.run();

        assertThat(dispatch(batch).reference()).isEqualTo("B-7");
        assertThat(watch.checkups.page(under, 2)).isFalse();
        assertThat(dispatch(batch).page()).isZero();
        assertThat(checkup(batch).replies()).isNull();
        assertThat(checkup(batch).isHeld(house.clock.instant())).isFalse();
    }

    private void answer(Lease lease, String reference) {
        var answer = new Answer("fake", "main", reference, true, null, null, null, 0, house.clock.instant());
        assertThat(house.endings.answer(lease, answer, house.clock.instant(), Duration.ofSeconds(1)))
                .isEqualTo(Recorded.DONE);
    }

    private Checkup checkup(Batch batch) {
        return watch.checkups.find(Watch.id(batch)).orElseThrow();
    }

    private Checkup begun(Batch batch) {
        var now = house.clock.instant();
        return watch.checkups.begin(checkup(batch), now.plusSeconds(60), now).orElseThrow();
    }

    /** @param replies of the page after the last */
    private void asked(Batch batch, int page, int replies) {
        var now = house.clock.instant();
        var check = begun(batch);
        watch.checkups.end(
                check, new Checked(DispatchState.SUBMITTED, 0, Map.of(), now, page, replies, null, 0, null, now));
    }

    @Test
    void whatTheProviderSaidNoLaterEchoReplaces() {
        var batch = lost(1);
        var token = dispatch(batch).token();
        watch.calledBack(Watch.delivery("B-7", 0, SUBMITTED, "0", token));

        watch.calledBack(Watch.delivery("B-9", 0, DELIVERED, "100", token));

        assertThat(dispatch(batch).reference()).isEqualTo("B-7");
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

    /** Else it would be asked for ever about what may be a stranger's message. */
    @Test
    void aLateAnswerOfAPanelReplacesTheTypedIdToo() {
        house.provider.reportsAtOnce(60);
        var batch = lost(1);
        var lease = dispatch(batch).lease();
        confirm(batch, word("8001"));

        var answer = new Answer(
                "fake", "main", "9001", true, null, null, null, 0, house.clock.instant(), Map.of(0, Line.of("9001")));
        assertThat(house.endings.answer(lease, answer, house.clock.instant(), Duration.ofSeconds(1)))
                .isEqualTo(Recorded.DONE);

        assertThat(dispatch(batch).reference()).isEqualTo("9001");
        assertThat(watch.report(batch).line(0).id()).isEqualTo("9001");
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
}
