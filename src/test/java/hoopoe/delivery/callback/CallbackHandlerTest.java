package hoopoe.delivery.callback;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SUBMITTED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.account.Account;
import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.delivery.CallbackEvent;
import hoopoe.delivery.ProviderReference;
import hoopoe.dispatch.DispatchState;
import hoopoe.message.PhoneNumber;
import hoopoe.message.StatusFact;
import hoopoe.observability.Metric;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.CallbackRequest;
import hoopoe.testing.Canary;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.LogLines;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class CallbackHandlerTest {

    private final TickFixture tickFixture = new TickFixture();

    @Test
    void whatCallbacksSayIsJoinedWithinAMinuteAndNobodyIsAsked() {
        var batch = tickFixture.submitted(2, "ref");
        tickFixture.appFixture.clock.move(Duration.ofSeconds(20));

        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        tickFixture.calledBack(TickFixture.delivery(" REF", 1, UNDELIVERED, "101"));
        assertThat(tickFixture.dispatch(batch).checks().events()).isEqualTo(2);
        assertThat(tickFixture.dispatch(batch).due())
                .isBeforeOrEqualTo(tickFixture.appFixture.clock.instant().plusSeconds(60));
        tickFixture.checkWhenDue(batch);

        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1, "undelivered", 1));
        assertThat(tickFixture.dispatch(batch).due()).isNull();
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
        assertThat(tickFixture.provider.asked()).isEmpty();
    }

    @Test
    void aCallbackBeforeItsReferenceIsKeptAndJoined() {
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        assertThat(orphans()).hasSize(1);

        var batch = tickFixture.submitted(1, "ref");
        tickFixture.checkWhenDue(batch);

        assertThat(tickFixture.winner(batch, 0)).map(StatusFact::code).contains("100");
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
        assertThat(orphans()).isEmpty();
        assertThat(tickFixture.callbackEventRepository.of(reference("ref")))
                .singleElement()
                .matches(kept -> !kept.orphan());
    }

    @Test
    void aCallbackForAKnownReferenceIsNeverAnOrphan() {
        tickFixture.submitted(1, "ref");

        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));

        assertThat(orphans()).isEmpty();
    }

    @Test
    void repeatsAreOneEventAndCountAgain() {
        var batch = tickFixture.submitted(1, "ref");

        for (int i = 0; i < 11; i++) {
            tickFixture.calledBack(TickFixture.delivery("ref", 0, SUBMITTED, "0"));
        }

        assertThat(tickFixture.callbackEventRepository.of(reference("ref"))).hasSize(1);
        assertThat(tickFixture.dispatch(batch).checks().events()).isEqualTo(11);
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.report(batch).line(0).history().facts()).hasSize(1);
    }

    @Test
    void aRepeatFinishesWhatADeathInterrupted() {
        var batch = settled("ref");
        var late = TickFixture.delivery("ref", 0, DELIVERED, "100");
        tickFixture.callbackEventRepository.keep(
                reference("ref"),
                late.identity(),
                CallbackEvent.delivery(late.to(), late.fact(), null),
                batch.lifetime().expires());
        assertThat(tickFixture.dispatch(batch).due()).isNull();

        tickFixture.calledBack(late);
        tickFixture.checkWhenDue(batch);

        assertThat(tickFixture.winner(batch, 0)).map(StatusFact::state).contains(DELIVERED);
    }

    @Test
    void lateEvidenceChangesAFinishedBatch() {
        var batch = settled("ref");
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("undelivered", 1));
        tickFixture.appFixture.clock.move(Duration.ofDays(5));

        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        tickFixture.checkWhenDue(batch);

        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
        assertThat(tickFixture.dispatch(batch).due()).isNull();
        assertThat(tickFixture.report(batch).line(0).history().facts())
                .extracting(StatusFact::code)
                .contains("101");
    }

    @Test
    void aCheckFarAwayIsBroughtNearAndANearOneStays() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.checkWhenDue(batch);
        var soon = tickFixture.dispatch(batch).due();
        tickFixture.calledBack(TickFixture.delivery("ref", 0, SUBMITTED, "0"));
        assertThat(tickFixture.dispatch(batch).due()).isEqualTo(soon);

        for (int i = 0; i < 4; i++) {
            tickFixture.checkWhenDue(batch);
        }
        assertThat(tickFixture.dispatch(batch).due())
                .isAfter(tickFixture.appFixture.clock.instant().plusSeconds(60));
        tickFixture.calledBack(TickFixture.delivery("ref", 0, SUBMITTED, "0"));
        assertThat(tickFixture.dispatch(batch).due()).isEqualTo(tickFixture.appFixture.clock.instant());
    }

    @Test
    void theEchoOfOurSubjectResolvesALostAnswer() {
        var batch = tickFixture.lost(2);
        var token = tickFixture.dispatch(batch).token();
        assertThat(tickFixture.dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);

        tickFixture.calledBack(TickFixture.delivery("ref", 1, DELIVERED, "100", token));

        assertThat(tickFixture.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(tickFixture.dispatch(batch).submission().reference()).isEqualTo("ref");
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1, "submitted", 1));
    }

    @Test
    void anEchoAboutANumberThatIsNotOfTheDispatchMovesNothing() {
        var batch = tickFixture.lost(1);
        var token = tickFixture.dispatch(batch).token();

        tickFixture.calledBack(TickFixture.delivery("forged", 7, DELIVERED, "100", token));
        assertThat(tickFixture.dispatch(batch).submission().reference()).isNull();
        tickFixture.calledBack(TickFixture.delivery("real", 0, DELIVERED, "100", token));

        assertThat(tickFixture.dispatch(batch).submission().reference()).isEqualTo("real");
        assertThat(tickFixture.dispatch(batch).submission().code()).isNull();
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
    }

    @Test
    void theEchoResolvesAlsoWhatHadSettled() {
        var batch = tickFixture.lost(1);
        tickFixture.appFixture.clock.move(Duration.ofHours(25));
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
        assertThat(tickFixture.dispatch(batch).due()).isNull();

        tickFixture.calledBack(TickFixture.delivery(
                "ref", 0, DELIVERED, "100", tickFixture.dispatch(batch).token()));
        tickFixture.checkWhenDue(batch);

        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
        assertThat(tickFixture.dispatch(batch).due()).isNull();
    }

    @Test
    void anAnswerThatComesAfterTheEchoIsWrittenAllTheSame() {
        var echoed = new String[1];
        tickFixture.appFixture.provider.sending(order -> {
            tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100", order.token()));
            echoed[0] = order.token();
            return FakeProvider.accepted("REF");
        });

        var batch = tickFixture.appFixture.admitted(AppFixture.to(1));

        assertThat(tickFixture.dispatch(batch).token()).isEqualTo(echoed[0]);
        assertThat(tickFixture.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(tickFixture.dispatch(batch).submission().cost()).isNotNull();
        assertThat(tickFixture.dispatch(batch).checks().events()).isEqualTo(1);
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
    }

    @Test
    void anEchoThatNamesNothingOfThisAccountMovesNothing() {
        var batch = tickFixture.lost(1);
        var token = tickFixture.dispatch(batch).token();

        for (var wrong : List.of(
                token.replaceFirst("-0$", "-1"),
                "00000000000000000000000000-0",
                "nonsense",
                "",
                token + "9",
                "'; drop table")) {
            tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100", wrong));
        }
        var other = new Account("other", FakeProvider.TYPE, Optional.empty(), Map.of(), Set.of());
        tickFixture.callbackHandler.take(
                other, tickFixture.provider.request(TickFixture.delivery("ref", 0, DELIVERED, "100", token)));

        assertThat(tickFixture.dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(tickFixture.dispatch(batch).submission().reference()).isNull();
        assertThat(tickFixture.dispatch(batch).checks().events()).isZero();
    }

    @Test
    void aReferenceThatIsSomebodysStaysHis() {
        var first = tickFixture.submitted(1, "ref");
        var second = tickFixture.lost(1);

        tickFixture.calledBack(TickFixture.delivery(
                "ref", 0, DELIVERED, "100", tickFixture.dispatch(second).token()));

        assertThat(tickFixture.dispatch(second).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(tickFixture.dispatch(first).checks().events()).isEqualTo(1);
    }

    @Test
    void aDispatchThatHasAReferenceKeepsIt() {
        var batch = tickFixture.submitted(1, "ref");

        tickFixture.calledBack(TickFixture.delivery(
                "other", 0, DELIVERED, "100", tickFixture.dispatch(batch).token()));

        assertThat(tickFixture.dispatch(batch).submission().reference()).isEqualTo("ref");
        assertThat(tickFixture.dispatch(batch).checks().events()).isZero();
    }

    @Test
    void aReplyIsListedOnceHoweverOftenItComes() {
        var batch = tickFixture.submitted(2, "ref");
        var at = Instant.parse("2026-03-01T04:00:40Z");

        tickFixture.calledBack(TickFixture.reply("ref", 1, "yes ", at));
        tickFixture.calledBack(TickFixture.reply("ref", 1, "yes ", at));
        tickFixture.calledBack(TickFixture.reply("REF", 1, " yes", at.plusMillis(300)));

        assertThat(tickFixture.replies()).singleElement().satisfies(reply -> {
            assertThat(reply.sms().text()).isEqualTo("yes ");
            assertThat(reply.batch()).isEqualTo(batch.id());
            assertThat(reply.message()).isNull();
        });
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.replies()).singleElement().satisfies(reply -> {
            assertThat(reply.message()).isEqualTo(1);
            assertThat(tickFixture.report(batch).line(1).replies()).containsExactly(reply.id());
        });
        assertThat(tickFixture.report(batch).line(1).history().facts()).isEmpty();
    }

    /** The provider is thanked, and the reply becomes visible at the next tick. */
    @Test
    void aReplyThatComesInACrowdIsNotRefused() {
        tickFixture.appFixture.faults.each("FEED_CLOCK", FaultyDynamo.Fault.CONFLICT);
        tickFixture.calledBack(TickFixture.reply("ref", 0, "crowded", Instant.parse("2026-03-01T04:00:01Z")));
        tickFixture.appFixture.faults.heal();
        assertThat(tickFixture.replies()).isEmpty();

        tickFixture.tick();

        assertThat(tickFixture.replies())
                .extracting(reply -> reply.sms().text())
                .containsExactly("crowded");
    }

    @Test
    void aReplyBeforeItsReferenceIsNobodysAndThenItsCallers() {
        tickFixture.calledBack(TickFixture.reply("ref", 0, "early", Instant.parse("2026-03-01T04:00:01Z")));
        assertThat(tickFixture.replies(AppFixture.CALLER)).isEmpty();
        assertThat(tickFixture.replies("somebody else")).isEmpty();
        assertThat(tickFixture.replies()).hasSize(1);

        tickFixture.checkWhenDue(tickFixture.submitted(1, "ref"));

        assertThat(tickFixture.replies(AppFixture.CALLER))
                .extracting(reply -> reply.sms().text())
                .containsExactly("early");
        assertThat(tickFixture.replies("somebody else")).isEmpty();
    }

    @Test
    void anEmptyReferenceIsNoneAndTheReplyForOperators() {
        tickFixture.calledBack(TickFixture.reply(" ", 0, "to whom?", Instant.parse("2026-03-01T04:00:01Z")));

        assertThat(tickFixture.replies("somebody else")).isEmpty();
        assertThat(tickFixture.replies())
                .singleElement()
                .matches(reply -> reply.sms().reference() == null);
    }

    @Test
    void aReplyWithOurTokenAloneIsItsCallersAndNobodyElses() {
        var batch = tickFixture.submitted(2, "ref");
        var at = Instant.parse("2026-03-01T04:00:40Z");

        tickFixture.calledBack(
                TickFixture.echoed(tickFixture.dispatch(batch).token().toLowerCase(), 1, "yes", at));
        tickFixture.calledBack(TickFixture.reply("ref", 1, "yes", at));

        assertThat(tickFixture.replies("somebody else")).isEmpty();
        assertThat(tickFixture.replies(AppFixture.CALLER)).singleElement().satisfies(reply -> assertThat(reply.batch())
                .isEqualTo(batch.id()));
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.replies(AppFixture.CALLER)).singleElement().matches(reply -> Integer.valueOf(1)
                .equals(reply.message()));
        assertThat(orphans()).isEmpty();
        assertThat(tickFixture.appFixture.told.sum(Metric.ORPHAN_EVENTS)).isZero();
    }

    /** The provider's reference is not known, but the provider has the dispatch. */
    @Test
    void aTokenAloneSaysThatALostOneWasSent() {
        var batch = tickFixture.lost(2);
        var token = tickFixture.dispatch(batch).token();

        tickFixture.calledBack(TickFixture.echoed(token, 1, "yes", Instant.parse("2026-03-01T04:00:40Z")));
        tickFixture.calledBack(TickFixture.delivery("", 0, UNDELIVERED, "101", token));

        assertThat(tickFixture.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(tickFixture.dispatch(batch).submission().reference()).isNull();
        assertThat(tickFixture.appFixture.told.sum(Metric.MESSAGES_SUBMITTED)).isEqualTo(2);
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("submitted", 1, "undelivered", 1));
        assertThat(tickFixture.report(batch).line(1).replies()).hasSize(1);
        assertThat(tickFixture.replies(AppFixture.CALLER)).hasSize(1);
        assertThat(tickFixture.provider.asked()).isEmpty();

        tickFixture.calledBack(TickFixture.delivery("late", 1, DELIVERED, "100", token));
        assertThat(tickFixture.dispatch(batch).submission().reference()).isEqualTo("late");
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1, "undelivered", 1));
    }

    @Test
    void anAnswerThatComesAfterATokenAloneBringsTheReference() {
        tickFixture.appFixture.provider.sending(order -> {
            tickFixture.calledBack(TickFixture.delivery("", 0, DELIVERED, "100", order.token()));
            return FakeProvider.accepted("ref");
        });

        var batch = tickFixture.appFixture.admitted(AppFixture.to(1));

        assertThat(tickFixture.dispatch(batch).submission().reference()).isEqualTo("ref");
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
    }

    @Test
    void aTokenAloneThatNamesNothingIsForOperators() {
        var batch = tickFixture.submitted(1, "ref");
        var token = tickFixture.dispatch(batch).token();
        var other = new Account("other", FakeProvider.TYPE, Optional.empty(), Map.of(), Set.of());
        var at = Instant.parse("2026-03-01T04:00:40Z");

        tickFixture.calledBack(TickFixture.echoed(token, 7, "of another number", at));
        tickFixture.calledBack(TickFixture.echoed(token + "9", 0, "of no dispatch", at));
        tickFixture.calledBack(TickFixture.echoed(token + "-1", 0, "of no try", at));
        tickFixture.callbackHandler.take(
                other, tickFixture.provider.request(TickFixture.echoed(token, 0, "of another account", at)));
        tickFixture.calledBack(TickFixture.delivery("", 7, DELIVERED, "100", token));

        assertThat(tickFixture.replies(AppFixture.CALLER)).isEmpty();
        assertThat(tickFixture.replies("somebody else")).isEmpty();
        assertThat(tickFixture.replies()).hasSize(4);
        assertThat(tickFixture.dispatch(batch).checks().events()).isZero();
        assertThat(quarantined()).extracting(item -> item.get("reason").s()).containsExactly("no reference");
    }

    @Test
    void aReceivedMessageWithoutAReferenceIsKept() {
        tickFixture.calledBack(new CallbackContent.ReplyCallback(
                Optional.empty(),
                Optional.empty(),
                TickFixture.number(7),
                null,
                "hello",
                Optional.of("4711"),
                Optional.of("4711"),
                Optional.of("7401"),
                "4711",
                true));

        assertThat(tickFixture.replies()).singleElement().satisfies(reply -> {
            assertThat(reply.sms().receivedId()).isEqualTo("4711");
            assertThat(reply.id().at()).isEqualTo(tickFixture.appFixture.clock.instant());
        });
        assertThat(tickFixture.replies("somebody else")).hasSize(1);
    }

    @Test
    void whatCannotBeUnderstoodIsKeptOnceAndNeverThrown() {
        var account = tickFixture.appFixture.accounts.find("main").orElseThrow();
        var poison = new CallbackRequest("GET", "unknown", "", "canary".getBytes(StandardCharsets.UTF_8));

        try (var log = LogLines.of(CallbackHandler.class.getName())) {
            tickFixture.callbackHandler.take(account, poison);
            tickFixture.callbackHandler.take(account, poison);
            assertThat(log.all()).isNotEmpty().noneMatch(line -> line.contains("canary"));
        }
        tickFixture.calledBack(new CallbackContent.UnreadableCallback("no STATUS"));
        tickFixture.calledBack(TickFixture.delivery(" ", 0, DELIVERED, "100"));

        assertThat(quarantined())
                .extracting(item -> item.get("reason").s())
                .containsExactlyInAnyOrder("threw java.lang.IllegalArgumentException", "no STATUS", "no reference");
        assertThat(tickFixture.appFixture.told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(2);
    }

    /** With every result of an adapter. */
    @Test
    void nothingOfACallbackIsLogged() {
        var batch = tickFixture.lost(1);
        var token = tickFixture.dispatch(batch).token();
        var number = new PhoneNumber("+886912345678");
        var at = Instant.parse("2026-03-01T04:00:40Z");
        var statusFact = new StatusFact(DELIVERED, at, "100", Canary.TEXT, null, StatusFact.Source.CALLBACK);
        var said = List.of(
                new CallbackContent.DeliveryCallback(
                        "ref", Optional.of(token), TickFixture.number(0), statusFact, null, "one"),
                new CallbackContent.DeliveryCallback(" ", Optional.empty(), number, statusFact, null, "two"),
                new CallbackContent.DeliveryCallback("orphan", Optional.empty(), number, statusFact, null, "three"),
                TickFixture.reply("ref", 0, Canary.TEXT, at),
                new CallbackContent.ReplyCallback(
                        Optional.empty(),
                        Optional.empty(),
                        number,
                        at,
                        Canary.TEXT,
                        Optional.of("4711"),
                        Optional.of("4711"),
                        Optional.of("0912345678"),
                        "4711",
                        true),
                new CallbackContent.UnreadableCallback("no STATUS"));

        try (var canary = new Canary()) {
            said.forEach(read ->
                    canary.in(() -> take(tickFixture.provider.request(read).query())));
            canary.in(() -> take("TEXT=canary&TO=0912345678"));
            canary.in(() -> take("TEXT=canary&TO=0912345678".repeat(1000)));

            assertThat(canary.thrown()).isEmpty();
            assertThat(canary.logged())
                    .anyMatch(line -> line.contains("the adapter threw"))
                    .anyMatch(line -> line.contains("kept aside: no STATUS"))
                    .anyMatch(line -> line.contains("kept aside: no reference"))
                    .anyMatch(line -> line.contains("kept aside: too long"))
                    .anyMatch(line -> line.contains("by the echo"));
            canary.assertUnheard();
        }
        assertThat(quarantined()).hasSize(4);
    }

    private void take(String query) {
        var body = (Canary.TEXT + " for 0912345678").getBytes(StandardCharsets.UTF_8);
        tickFixture.callbackHandler.take(
                tickFixture.appFixture.accounts.find("main").orElseThrow(),
                new CallbackRequest("POST", query, "", body));
    }

    @Test
    void whatIsTooLongIsKeptInPart() {
        var account = tickFixture.appFixture.accounts.find("main").orElseThrow();

        tickFixture.callbackHandler.take(account, new CallbackRequest("GET", "x".repeat(17_000), "", new byte[0]));
        tickFixture.callbackHandler.take(account, new CallbackRequest("POST", "", "text/plain", new byte[70_000]));

        assertThat(quarantined())
                .hasSize(2)
                .allMatch(item -> item.get("raw").s().length() < 5000)
                .allMatch(item -> item.get("reason").s().equals("too long"));
    }

    /** Undelivered, and never looked at again by itself. */
    private Batch settled(String reference) {
        var batch = tickFixture.submitted(1, reference);
        tickFixture.calledBack(TickFixture.delivery(reference, 0, UNDELIVERED, "101"));
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).due()).isNull();
        return batch;
    }

    private static ProviderReference reference(String written) {
        return new ProviderReference(FakeProvider.TYPE, "main", written);
    }

    private List<Map<String, AttributeValue>> orphans() {
        return items("begins_with(#list, :value)", "ORPHAN#main#2026-03-01");
    }

    private List<Map<String, AttributeValue>> quarantined() {
        return items("begins_with(pk, :value) AND attribute_not_exists(#list)", "QUARANTINE#main#2026-03-01");
    }

    private List<Map<String, AttributeValue>> items(String filter, String value) {
        return tickFixture
                .appFixture
                .healthy
                .scanPaginator(scan -> scan.tableName(tickFixture.appFixture.name)
                        .filterExpression(filter)
                        .expressionAttributeNames(Map.of("#list", "list"))
                        .expressionAttributeValues(Map.of(":value", AttributeValue.fromS(value))))
                .items()
                .stream()
                .toList();
    }
}
