package hoopoe.dispatch.decision;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SUBMITTED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.BatchRequest;
import hoopoe.delivery.CheckState;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.Lease;
import hoopoe.dispatch.SendResult;
import hoopoe.dispatch.decision.DecisionOutcome.DecisionMade;
import hoopoe.inbox.Reply;
import hoopoe.message.MessageReport;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.SendOutcome;
import hoopoe.store.delivery.CheckRepository.CheckResult;
import hoopoe.store.dispatch.SendResultRepository.Recorded;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.StoreFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** That it was sent. */
class ConfirmTest extends DecisionFixture {

    @Test
    void whatIsConfirmedWithItsReferenceIsAskedAboutAsAnyOther() {
        var batch = lost(2);

        assertThat(confirm(batch, word("B-7"))).isInstanceOf(DecisionMade.class);

        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch(batch).submission().reference()).isEqualTo("B-7");
        assertThat(dispatch(batch).submission().code()).isNull();
        assertThat(shown(batch)).isEqualTo(Map.of("submitted", 2));
        tickFixture.provider.reporting(
                (reference, page) -> TickFixture.page(2, 0, reference.equals("B-7") ? 2 : 0, false, DELIVERED, "100"));
        tickFixture.checkWhenDue(batch);
        assertThat(dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 2));
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
    }

    @Test
    void callbacksThatCameBeforeItAreJoined() {
        var batch = lost(1);
        tickFixture.calledBack(TickFixture.delivery("B-7", 0, DELIVERED, "100"));

        confirm(batch, word("b-7"));
        tickFixture.checkWhenDue(batch);

        assertThat(dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
    }

    @Test
    void withoutAReferenceTimeMakesItUnknown() {
        var batch = lost(1);

        assertThat(confirm(batch, WORD)).isInstanceOf(DecisionMade.class);
        tickFixture.checkWhenDue(batch);

        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch(batch).submission().reference()).isNull();
        assertThat(shown(batch)).isEqualTo(Map.of("submitted", 1));
        assertThat(dispatch(batch).due())
                .isEqualTo(tickFixture.again(batch).window().notAfter().plus(Duration.ofHours(72)));
        tickFixture.checkWhenDue(batch);
        assertThat(shown(batch)).isEqualTo(Map.of("unknown", 1));
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
        assertThat(tickFixture.provider.asked()).isEmpty();
    }

    /** The subject that comes back still names it. */
    @Test
    void whatWasConfirmedWithoutAReferenceLearnsItFromAnEcho() {
        var batch = lost(1);
        confirm(batch, WORD);

        tickFixture.calledBack(
                TickFixture.delivery("ref", 0, DELIVERED, "100", dispatch(batch).token()));
        tickFixture.checkWhenDue(batch);

        assertThat(dispatch(batch).submission().reference()).isEqualTo("ref");
        assertThat(dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
    }

    /** What the operator typed is a hint; what the provider says under our token is not. */
    @Test
    void aMistypedReferenceIsReplacedByTheEcho() {
        var batch = lost(2);
        confirm(batch, word("B-8"));
        assertThat(dispatch(batch).tries().said()).isTrue();

        tickFixture.calledBack(
                TickFixture.delivery("B-7", 0, DELIVERED, "100", dispatch(batch).token()));

        assertThat(dispatch(batch).submission().reference()).isEqualTo("B-7");
        assertThat(dispatch(batch).tries().said()).isFalse();
        tickFixture.checkWhenDue(batch);
        assertThat(dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1, "submitted", 1));
        // Whose it is may have the other one.
        var other = lost(1);
        assertThat(confirm(other, word("B-8"))).isInstanceOf(DecisionMade.class);
        assertThat(dispatch(other).submission().reference()).isEqualTo("B-8");
    }

    @Test
    void aMistypedReferenceIsReplacedByTheLateAnswer() {
        var batch = lost(1);
        var lease = dispatch(batch).lease();
        confirm(batch, word("B-8"));

        answer(lease, "B-7");

        assertThat(dispatch(batch).submission().reference()).isEqualTo("B-7");
        assertThat(dispatch(batch).tries().said()).isFalse();
        // Whose it is may have the other one.
        var other = lost(1);
        assertThat(confirm(other, word("B-8"))).isInstanceOf(DecisionMade.class);
        assertThat(dispatch(other).submission().reference()).isEqualTo("B-8");
    }

    /** In its own spelling: it is asked about where it was. */
    @Test
    void aLateAnswerThatSaysTheSameReferenceLeavesItsPages() {
        var batch = lost(1);
        var lease = dispatch(batch).lease();
        confirm(batch, word("b-7"));
        asked(batch, 1, 2);

        answer(lease, "B-7");

        assertThat(dispatch(batch).submission().reference()).isEqualTo("B-7");
        assertThat(dispatch(batch).tries().said()).isFalse();
        assertThat(dispatch(batch).checks().page()).isEqualTo(1);
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
                () -> tickFixture.calledBack(TickFixture.delivery(
                        "B-7", 0, DELIVERED, "100", dispatch(batch).token())));
    }

    /** Otherwise it would not be known that it was sent, and an operator would resend it. */
    @Test
    void aReferenceTypedForAnotherGoesToWhoseTokenComesWithIt() {
        var typed = lost(1);
        var owner = lost(1);
        confirm(typed, word("B-2"));
        asked(typed, 1, 2);

        tickFixture.calledBack(
                TickFixture.delivery("B-2", 0, DELIVERED, "100", dispatch(owner).token()));

        assertThat(dispatch(owner).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch(owner).submission().reference()).isEqualTo("B-2");
        assertThat(resend(owner)).isNotInstanceOf(DecisionMade.class);
        tickFixture.checkWhenDue(owner);
        assertThat(dispatch(owner).checks().counts()).isEqualTo(Map.of("delivered", 1));
        // As one that was confirmed without a reference.
        assertThat(dispatch(typed).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch(typed).submission().reference()).isNull();
        assertThat(dispatch(typed).tries().said()).isFalse();
        assertThat(dispatch(typed).checks().page()).isZero();
        assertThat(shown(typed)).isEqualTo(Map.of("submitted", 1));
        tickFixture.calledBack(
                TickFixture.delivery("B-1", 0, DELIVERED, "100", dispatch(typed).token()));
        assertThat(dispatch(typed).submission().reference()).isEqualTo("B-1");
    }

    @Test
    void referencesTypedCrosswiseGoToTheirOwners() {
        var one = lost(1);
        var two = lost(1);
        confirm(one, word("B-2"));
        confirm(two, word("B-1"));

        tickFixture.calledBack(
                TickFixture.delivery("b-2", 0, DELIVERED, "100", dispatch(two).token()));
        tickFixture.calledBack(
                TickFixture.delivery("b-1", 0, DELIVERED, "100", dispatch(one).token()));

        assertThat(dispatch(one).submission().reference()).isEqualTo("b-1");
        assertThat(dispatch(two).submission().reference()).isEqualTo("b-2");
    }

    @Test
    void aReplyUnderTheTokenOfAnotherIsNoReplyToWhatItWasTypedFor() {
        var typed = lost(1);
        var owner = lost(1);
        confirm(typed, word("B-2"));
        var replyCallback = TickFixture.reply("B-2", 0, "yes", appFixture.clock.instant());

        tickFixture.calledBack(new CallbackContent.ReplyCallback(
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
        tickFixture.checkWhenDue(typed);
        tickFixture.checkWhenDue(owner);

        assertThat(tickFixture.replies()).extracting(Reply::batch).containsExactly(owner.id());
    }

    /** Only what an operator typed gives way: a subject may be quoted. */
    @Test
    void whatTheProviderSaidNoTokenOfAnotherTakes() {
        var submitted = tickFixture.submitted(1, "B-2");
        var other = lost(1);

        tickFixture.calledBack(
                TickFixture.delivery("B-2", 0, DELIVERED, "100", dispatch(other).token()));

        assertThat(dispatch(submitted).submission().reference()).isEqualTo("B-2");
        assertThat(dispatch(other).state()).isEqualTo(DispatchState.UNCONFIRMED);
    }

    /** Nor does a token take what was typed, about a number that its dispatch does not have. */
    @Test
    void aTokenThatNamesNothingLeavesWhatWasTyped() {
        var typed = lost(2);
        var other = lost(1);
        confirm(typed, word("B-2"));

        tickFixture.calledBack(
                TickFixture.delivery("B-2", 1, DELIVERED, "100", dispatch(other).token()));

        assertThat(dispatch(typed).submission().reference()).isEqualTo("B-2");
    }

    private void assertAskedAnew(Batch batch, Runnable said) {
        asked(batch, 1, 2);
        var under = begun(batch);

        said.run();

        assertThat(dispatch(batch).submission().reference()).isEqualTo("B-7");
        assertThat(tickFixture.checkRepository.page(under, 2)).isFalse();
        assertThat(dispatch(batch).checks().page()).isZero();
        assertThat(checkup(batch).replies()).isNull();
        assertThat(checkup(batch).isHeld(appFixture.clock.instant())).isFalse();
    }

    private void answer(Lease lease, String reference) {
        answer(lease, StoreFixture.taken(reference, appFixture.clock.instant()));
    }

    private void answer(Lease lease, SendResult sendResult) {
        assertThat(appFixture.sendResultRepository.write(
                        lease, StoreFixture.NO_RESERVATION, sendResult, Duration.ofSeconds(1)))
                .isEqualTo(Recorded.DONE);
    }

    private CheckState checkup(Batch batch) {
        return tickFixture.checkRepository.find(TickFixture.id(batch)).orElseThrow();
    }

    private CheckState begun(Batch batch) {
        var now = appFixture.clock.instant();
        return tickFixture
                .checkRepository
                .begin(checkup(batch), now.plusSeconds(60), now)
                .orElseThrow();
    }

    /** @param replies of the page after the last */
    private void asked(Batch batch, int page, int replies) {
        var now = appFixture.clock.instant();
        var check = begun(batch);
        tickFixture.checkRepository.end(
                check,
                new CheckResult(DispatchState.SUBMITTED, 0, Map.of(), now, page, replies, null, 0, null, now, null));
    }

    @Test
    void whatTheProviderSaidNoLaterEchoReplaces() {
        var batch = lost(1);
        var token = dispatch(batch).token();
        tickFixture.calledBack(TickFixture.delivery("B-7", 0, SUBMITTED, "0", token));

        tickFixture.calledBack(TickFixture.delivery("B-9", 0, DELIVERED, "100", token));

        assertThat(dispatch(batch).submission().reference()).isEqualTo("B-7");
    }

    @Test
    void aReferenceOfAnotherDispatchIsRefusedAndNothingIsWritten() {
        var other = tickFixture.submitted(1, "B-7");
        var batch = lost(1);

        assertRefused(confirm(batch, word(" b-7")), "reference_held");

        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(tickFixture.decisionRepository.of(dispatch(batch))).isEmpty();
        assertThat(dispatch(other).submission().reference()).isEqualTo("B-7");
    }

    @Test
    void aReferenceBesideTheOneThatItHasIsRefused() {
        appFixture.provider.sending(
                order -> new SendOutcome.Unconfirmed("-12.50", "", Optional.of("REF-" + order.token())));
        var batch = appFixture.admitted(AppFixture.to(1));
        var reference = dispatch(batch).submission().reference();

        assertRefused(confirm(batch, word("another")), "reference_differs");
        assertThat(confirm(batch, word(reference.toLowerCase()))).isInstanceOf(DecisionMade.class);

        assertThat(dispatch(batch).submission().reference()).isEqualTo(reference);
        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    /** A panel has ids of messages: that of the only one is what it is asked by. */
    @Test
    void theIdOfTheOnlyMessageIsWhatAPanelIsAskedBy() {
        appFixture.provider.reportsAtOnce(60);
        var batch = lost(1);

        assertThat(confirm(batch, word("8001"))).isInstanceOf(DecisionMade.class);

        assertThat(tickFixture.report(batch).line(0).id()).isEqualTo("8001");
        tickFixture.provider.reportingOf(query ->
                TickFixture.page(1, 0, query.messages().get(0).id().equals("8001") ? 1 : 0, false, DELIVERED, "4"));
        appFixture.clock.move(Duration.ofMinutes(2));
        tickFixture.tick();
        assertThat(dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
    }

    /** Else it would be asked for ever about what may be a stranger's message. */
    @Test
    void aLateAnswerOfAPanelReplacesTheTypedIdToo() {
        appFixture.provider.reportsAtOnce(60);
        var batch = lost(1);
        var lease = dispatch(batch).lease();
        confirm(batch, word("8001"));

        var now = appFixture.clock.instant();
        var lines = Map.of(0, MessageReport.of("9001"));
        answer(lease, new SendResult(DispatchState.SUBMITTED, "9001", null, null, null, 0, now, now, lines));

        assertThat(dispatch(batch).submission().reference()).isEqualTo("9001");
        assertThat(tickFixture.report(batch).line(0).id()).isEqualTo("9001");
    }

    @Test
    void oneReferenceForManyMessagesOfAPanelIsRefused() {
        appFixture.provider.reportsAtOnce(60);
        var batch = lost(2);

        assertRefused(confirm(batch, word("8001")), "not_supported_by_provider");
        assertThat(confirm(batch, WORD)).isInstanceOf(DecisionMade.class);
    }

    /** All waiting was over: the provider is asked once, and what it says still counts. */
    @Test
    void evenAfterItSettledAConfirmedReferenceIsAskedAbout() {
        var batch = lost(1);
        appFixture.clock.move(Duration.ofDays(9));
        tickFixture.tick();
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
        assertThat(dispatch(batch).due()).isNull();

        confirm(batch, word("B-7"));
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(1, 0, 1, false, DELIVERED, "100"));
        tickFixture.tick();

        assertThat(dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
        assertThat(dispatch(batch).due()).isNull();
        assertThat(tickFixture.provider.asked()).hasSize(1);
    }

    @Test
    void anAnswerThatComesAfterItsConfirmationBringsTheReference() {
        var batch = lost(1);
        var lease = dispatch(batch).lease();
        confirm(batch, WORD);

        answer(lease, "ref");

        assertThat(dispatch(batch).submission().reference()).isEqualTo("ref");
    }

    @Test
    void aReferenceOfAnAccountThatIsGoneOrWrongIsRefused() {
        var two = new TickFixture("hoopoe.accounts.other.provider", FakeProvider.TYPE);
        two.provider.sending(order -> FakeProvider.lost());
        var batch = two.appFixture.admitted(
                new BatchRequest("other", "x", null, null, null, null, null, List.of(AppFixture.entry(1)), false));
        var one = two.another("hoopoe.default-account", "main");

        assertRefused(one.dispatchConfirmation.confirm(batch, 0, word("B-7"), Optional.empty()), "account_not_found");
        two.provider.objectingToSettings(account -> Optional.of("url is no URI"));
        assertRefused(
                two.dispatchConfirmation.confirm(batch, 0, word("B-7"), Optional.empty()), "account_misconfigured");
        assertThat(two.dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
    }
}
