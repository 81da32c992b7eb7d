package hoopoe.batch.inbound;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SUBMITTED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.House;
import hoopoe.batch.Watch;
import hoopoe.message.StatusFact;
import hoopoe.message.PhoneNumber;
import hoopoe.observability.Metric;
import hoopoe.account.Account;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.CallbackRequest;
import hoopoe.store.Batch;
import hoopoe.store.DispatchState;
import hoopoe.store.Event;
import hoopoe.store.Reference;
import hoopoe.store.Reply;
import hoopoe.testing.Canary;
import hoopoe.testing.FakeProvider;
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

class CallbacksTest {

    private final Watch watch = new Watch();

    @Test
    void whatCallbacksSayIsJoinedWithinAMinuteAndNobodyIsAsked() {
        var batch = watch.submitted(2, "ref");
        watch.house.clock.move(Duration.ofSeconds(20));

        watch.calledBack(Watch.delivery("ref", 0, DELIVERED, "100"));
        watch.calledBack(Watch.delivery(" REF", 1, UNDELIVERED, "101"));
        assertThat(watch.dispatch(batch).events()).isEqualTo(2);
        assertThat(watch.dispatch(batch).due())
                .isBeforeOrEqualTo(watch.house.clock.instant().plusSeconds(60));
        watch.checkWhenDue(batch);

        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1, "undelivered", 1));
        assertThat(watch.dispatch(batch).due()).isNull();
        assertThat(watch.again(batch).settled()).containsExactly(0);
        assertThat(watch.provider.asked()).isEmpty();
    }

    @Test
    void aCallbackBeforeItsReferenceIsKeptAndJoined() {
        watch.calledBack(Watch.delivery("ref", 0, DELIVERED, "100"));
        assertThat(orphans()).hasSize(1);

        var batch = watch.submitted(1, "ref");
        watch.checkWhenDue(batch);

        assertThat(watch.winner(batch, 0)).map(StatusFact::code).contains("100");
        assertThat(watch.again(batch).settled()).containsExactly(0);
        assertThat(orphans()).isEmpty();
        assertThat(watch.events.of(reference("ref"))).singleElement().matches(kept -> !kept.orphan());
    }

    @Test
    void aCallbackForAKnownReferenceIsNeverAnOrphan() {
        watch.submitted(1, "ref");

        watch.calledBack(Watch.delivery("ref", 0, DELIVERED, "100"));

        assertThat(orphans()).isEmpty();
    }

    @Test
    void repeatsAreOneEventAndCountAgain() {
        var batch = watch.submitted(1, "ref");

        for (int i = 0; i < 11; i++) {
            watch.calledBack(Watch.delivery("ref", 0, SUBMITTED, "0"));
        }

        assertThat(watch.events.of(reference("ref"))).hasSize(1);
        assertThat(watch.dispatch(batch).events()).isEqualTo(11);
        watch.checkWhenDue(batch);
        assertThat(watch.report(batch).line(0).history().facts()).hasSize(1);
    }

    @Test
    void aRepeatFinishesWhatADeathInterrupted() {
        var batch = settled("ref");
        var late = Watch.delivery("ref", 0, DELIVERED, "100");
        watch.events.keep(
                reference("ref"), late.identity(), Event.delivery(late.to(), late.fact(), null), batch.expires());
        assertThat(watch.dispatch(batch).due()).isNull();

        watch.calledBack(late);
        watch.checkWhenDue(batch);

        assertThat(watch.winner(batch, 0)).map(StatusFact::state).contains(DELIVERED);
    }

    @Test
    void lateEvidenceChangesAFinishedBatch() {
        var batch = settled("ref");
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("undelivered", 1));
        watch.house.clock.move(Duration.ofDays(5));

        watch.calledBack(Watch.delivery("ref", 0, DELIVERED, "100"));
        watch.checkWhenDue(batch);

        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
        assertThat(watch.dispatch(batch).due()).isNull();
        assertThat(watch.report(batch).line(0).history().others())
                .extracting(StatusFact::code)
                .contains("101");
    }

    @Test
    void aCheckFarAwayIsBroughtNearAndANearOneStays() {
        var batch = watch.submitted(1, "ref");
        watch.checkWhenDue(batch);
        var soon = watch.dispatch(batch).due();
        watch.calledBack(Watch.delivery("ref", 0, SUBMITTED, "0"));
        assertThat(watch.dispatch(batch).due()).isEqualTo(soon);

        for (int i = 0; i < 4; i++) {
            watch.checkWhenDue(batch);
        }
        assertThat(watch.dispatch(batch).due())
                .isAfter(watch.house.clock.instant().plusSeconds(60));
        watch.calledBack(Watch.delivery("ref", 0, SUBMITTED, "0"));
        assertThat(watch.dispatch(batch).due()).isEqualTo(watch.house.clock.instant());
    }

    @Test
    void theEchoOfOurSubjectResolvesALostAnswer() {
        var batch = watch.lost(2);
        var token = watch.dispatch(batch).token();
        assertThat(watch.dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);

        watch.calledBack(Watch.delivery("ref", 1, DELIVERED, "100", token));

        assertThat(watch.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(watch.dispatch(batch).reference()).isEqualTo("ref");
        watch.checkWhenDue(batch);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1, "submitted", 1));
    }

    @Test
    void anEchoAboutANumberThatIsNotOfTheDispatchMovesNothing() {
        var batch = watch.lost(1);
        var token = watch.dispatch(batch).token();

        watch.calledBack(Watch.delivery("forged", 7, DELIVERED, "100", token));
        assertThat(watch.dispatch(batch).reference()).isNull();
        watch.calledBack(Watch.delivery("real", 0, DELIVERED, "100", token));

        assertThat(watch.dispatch(batch).reference()).isEqualTo("real");
        assertThat(watch.dispatch(batch).code()).isNull();
        watch.checkWhenDue(batch);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
    }

    @Test
    void theEchoResolvesAlsoWhatHadSettled() {
        var batch = watch.lost(1);
        watch.house.clock.move(Duration.ofHours(25));
        watch.checkWhenDue(batch);
        assertThat(watch.again(batch).settled()).containsExactly(0);
        assertThat(watch.dispatch(batch).due()).isNull();

        watch.calledBack(
                Watch.delivery("ref", 0, DELIVERED, "100", watch.dispatch(batch).token()));
        watch.checkWhenDue(batch);

        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
        assertThat(watch.dispatch(batch).due()).isNull();
    }

    @Test
    void anAnswerThatComesAfterTheEchoIsWrittenAllTheSame() {
        var echoed = new String[1];
        watch.house.provider.sending(order -> {
            watch.calledBack(Watch.delivery("ref", 0, DELIVERED, "100", order.token()));
            echoed[0] = order.token();
            return FakeProvider.accepted("REF");
        });

        var batch = watch.house.admitted(House.to(1));

        assertThat(watch.dispatch(batch).token()).isEqualTo(echoed[0]);
        assertThat(watch.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(watch.dispatch(batch).cost()).isNotNull();
        assertThat(watch.dispatch(batch).events()).isEqualTo(1);
        watch.checkWhenDue(batch);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
    }

    @Test
    void anEchoThatNamesNothingOfThisAccountMovesNothing() {
        var batch = watch.lost(1);
        var token = watch.dispatch(batch).token();

        for (var wrong : List.of(
                token.replaceFirst("-0$", "-1"),
                "00000000000000000000000000-0",
                "nonsense",
                "",
                token + "9",
                "'; drop table")) {
            watch.calledBack(Watch.delivery("ref", 0, DELIVERED, "100", wrong));
        }
        var other = new Account("other", FakeProvider.TYPE, Optional.empty(), Map.of(), Set.of());
        watch.callbacks.take(other, watch.provider.request(Watch.delivery("ref", 0, DELIVERED, "100", token)));

        assertThat(watch.dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(watch.dispatch(batch).reference()).isNull();
        assertThat(watch.dispatch(batch).events()).isZero();
    }

    @Test
    void aReferenceThatIsSomebodysStaysHis() {
        var first = watch.submitted(1, "ref");
        var second = watch.lost(1);

        watch.calledBack(Watch.delivery(
                "ref", 0, DELIVERED, "100", watch.dispatch(second).token()));

        assertThat(watch.dispatch(second).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(watch.dispatch(first).events()).isEqualTo(1);
    }

    @Test
    void aDispatchThatHasAReferenceKeepsIt() {
        var batch = watch.submitted(1, "ref");

        watch.calledBack(Watch.delivery(
                "other", 0, DELIVERED, "100", watch.dispatch(batch).token()));

        assertThat(watch.dispatch(batch).reference()).isEqualTo("ref");
        assertThat(watch.dispatch(batch).events()).isZero();
    }

    @Test
    void aReplyIsListedOnceHoweverOftenItComes() {
        var batch = watch.submitted(2, "ref");
        var at = Instant.parse("2026-03-01T04:00:40Z");

        watch.calledBack(Watch.reply("ref", 1, "yes ", at));
        watch.calledBack(Watch.reply("ref", 1, "yes ", at));
        watch.calledBack(Watch.reply("REF", 1, " yes", at.plusMillis(300)));

        assertThat(watch.replies()).singleElement().satisfies(reply -> {
            assertThat(reply.text()).isEqualTo("yes ");
            assertThat(reply.batch()).isEqualTo(batch.id());
            assertThat(reply.message()).isNull();
        });
        watch.checkWhenDue(batch);
        assertThat(watch.replies()).singleElement().satisfies(reply -> {
            assertThat(reply.message()).isEqualTo(1);
            assertThat(watch.report(batch).line(1).replies()).containsExactly(reply.id());
        });
        assertThat(watch.report(batch).line(1).history().facts()).isEmpty();
    }

    @Test
    void aReplyBeforeItsReferenceIsNobodysAndThenItsCallers() {
        watch.calledBack(Watch.reply("ref", 0, "early", Instant.parse("2026-03-01T04:00:01Z")));
        assertThat(watch.replies(House.CALLER)).isEmpty();
        assertThat(watch.replies("somebody else")).isEmpty();
        assertThat(watch.replies()).hasSize(1);

        watch.checkWhenDue(watch.submitted(1, "ref"));

        assertThat(watch.replies(House.CALLER)).extracting(Reply::text).containsExactly("early");
        assertThat(watch.replies("somebody else")).isEmpty();
    }

    @Test
    void anEmptyReferenceIsNoneAndTheReplyForOperators() {
        watch.calledBack(Watch.reply(" ", 0, "to whom?", Instant.parse("2026-03-01T04:00:01Z")));

        assertThat(watch.replies("somebody else")).isEmpty();
        assertThat(watch.replies()).singleElement().matches(reply -> reply.reference() == null);
    }

    @Test
    void aReplyWithOurTokenAloneIsItsCallersAndNobodyElses() {
        var batch = watch.submitted(2, "ref");
        var at = Instant.parse("2026-03-01T04:00:40Z");

        watch.calledBack(Watch.echoed(watch.dispatch(batch).token().toLowerCase(), 1, "yes", at));
        watch.calledBack(Watch.reply("ref", 1, "yes", at));

        assertThat(watch.replies("somebody else")).isEmpty();
        assertThat(watch.replies(House.CALLER)).singleElement().satisfies(reply -> assertThat(reply.batch())
                .isEqualTo(batch.id()));
        watch.checkWhenDue(batch);
        assertThat(watch.replies(House.CALLER)).singleElement().matches(reply -> Integer.valueOf(1)
                .equals(reply.message()));
        assertThat(orphans()).isEmpty();
        assertThat(watch.house.told.sum(Metric.ORPHAN_EVENTS)).isZero();
    }

    /** Nobody knows what the provider calls it, but somebody has it. */
    @Test
    void aTokenAloneSaysThatALostOneWasSent() {
        var batch = watch.lost(2);
        var token = watch.dispatch(batch).token();

        watch.calledBack(Watch.echoed(token, 1, "yes", Instant.parse("2026-03-01T04:00:40Z")));
        watch.calledBack(Watch.delivery("", 0, UNDELIVERED, "101", token));

        assertThat(watch.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(watch.dispatch(batch).reference()).isNull();
        assertThat(watch.house.told.sum(Metric.MESSAGES_SUBMITTED)).isEqualTo(2);
        watch.checkWhenDue(batch);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("submitted", 1, "undelivered", 1));
        assertThat(watch.report(batch).line(1).replies()).hasSize(1);
        assertThat(watch.replies(House.CALLER)).hasSize(1);
        assertThat(watch.provider.asked()).isEmpty();

        watch.calledBack(Watch.delivery("late", 1, DELIVERED, "100", token));
        assertThat(watch.dispatch(batch).reference()).isEqualTo("late");
        watch.checkWhenDue(batch);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1, "undelivered", 1));
    }

    @Test
    void anAnswerThatComesAfterATokenAloneBringsTheReference() {
        watch.house.provider.sending(order -> {
            watch.calledBack(Watch.delivery("", 0, DELIVERED, "100", order.token()));
            return FakeProvider.accepted("ref");
        });

        var batch = watch.house.admitted(House.to(1));

        assertThat(watch.dispatch(batch).reference()).isEqualTo("ref");
        watch.checkWhenDue(batch);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
    }

    @Test
    void aTokenAloneThatNamesNothingIsForOperators() {
        var batch = watch.submitted(1, "ref");
        var token = watch.dispatch(batch).token();
        var other = new Account("other", FakeProvider.TYPE, Optional.empty(), Map.of(), Set.of());
        var at = Instant.parse("2026-03-01T04:00:40Z");

        watch.calledBack(Watch.echoed(token, 7, "of another number", at));
        watch.calledBack(Watch.echoed(token + "9", 0, "of no dispatch", at));
        watch.calledBack(Watch.echoed(token + "-1", 0, "of no try", at));
        watch.callbacks.take(other, watch.provider.request(Watch.echoed(token, 0, "of another account", at)));
        watch.calledBack(Watch.delivery("", 7, DELIVERED, "100", token));

        assertThat(watch.replies(House.CALLER)).isEmpty();
        assertThat(watch.replies("somebody else")).isEmpty();
        assertThat(watch.replies()).hasSize(4);
        assertThat(watch.dispatch(batch).events()).isZero();
        assertThat(quarantined()).extracting(item -> item.get("reason").s()).containsExactly("no reference");
    }

    @Test
    void aReceivedMessageWithoutAReferenceIsKept() {
        watch.calledBack(new CallbackContent.ReplyCallback(
                Optional.empty(),
                Optional.empty(),
                Watch.number(7),
                null,
                "hello",
                Optional.of("4711"),
                Optional.of("4711"),
                Optional.of("7401"),
                "4711",
                true));

        assertThat(watch.replies()).singleElement().satisfies(reply -> {
            assertThat(reply.receivedId()).isEqualTo("4711");
            assertThat(reply.id().at()).isEqualTo(watch.house.clock.instant());
        });
        assertThat(watch.replies("somebody else")).hasSize(1);
    }

    @Test
    void whatCannotBeUnderstoodIsKeptOnceAndNeverThrown() {
        var account = watch.house.accounts.find("main").orElseThrow();
        var poison = new CallbackRequest("GET", "unknown", "", "canary".getBytes(StandardCharsets.UTF_8));

        try (var log = LogLines.of(Callbacks.class.getName())) {
            watch.callbacks.take(account, poison);
            watch.callbacks.take(account, poison);
            assertThat(log.all()).isNotEmpty().noneMatch(line -> line.contains("canary"));
        }
        watch.calledBack(new CallbackContent.UnreadableCallback("no STATUS"));
        watch.calledBack(Watch.delivery(" ", 0, DELIVERED, "100"));

        assertThat(quarantined())
                .extracting(item -> item.get("reason").s())
                .containsExactlyInAnyOrder("threw java.lang.IllegalArgumentException", "no STATUS", "no reference");
        assertThat(watch.house.told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(2);
    }

    /** Whatever an adapter makes of it. */
    @Test
    void nothingOfACallbackIsLogged() {
        var batch = watch.lost(1);
        var token = watch.dispatch(batch).token();
        var number = new PhoneNumber("+886912345678");
        var at = Instant.parse("2026-03-01T04:00:40Z");
        var statusFact = new StatusFact(DELIVERED, at, "100", Canary.TEXT, null, StatusFact.Source.CALLBACK);
        var said = List.of(
                new CallbackContent.DeliveryCallback("ref", Optional.of(token), Watch.number(0), statusFact, null, "one"),
                new CallbackContent.DeliveryCallback(" ", Optional.empty(), number, statusFact, null, "two"),
                new CallbackContent.DeliveryCallback("orphan", Optional.empty(), number, statusFact, null, "three"),
                Watch.reply("ref", 0, Canary.TEXT, at),
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
            said.forEach(
                    read -> canary.in(() -> take(watch.provider.request(read).query())));
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
        watch.callbacks.take(
                watch.house.accounts.find("main").orElseThrow(), new CallbackRequest("POST", query, "", body));
    }

    @Test
    void whatIsTooLongIsKeptInPart() {
        var account = watch.house.accounts.find("main").orElseThrow();

        watch.callbacks.take(account, new CallbackRequest("GET", "x".repeat(17_000), "", new byte[0]));
        watch.callbacks.take(account, new CallbackRequest("POST", "", "text/plain", new byte[70_000]));

        assertThat(quarantined())
                .hasSize(2)
                .allMatch(item -> item.get("raw").s().length() < 5000)
                .allMatch(item -> item.get("reason").s().equals("too long"));
    }

    /** Undelivered, and never looked at again by itself. */
    private Batch settled(String reference) {
        var batch = watch.submitted(1, reference);
        watch.calledBack(Watch.delivery(reference, 0, UNDELIVERED, "101"));
        watch.checkWhenDue(batch);
        assertThat(watch.dispatch(batch).due()).isNull();
        return batch;
    }

    private static Reference reference(String written) {
        return new Reference(FakeProvider.TYPE, "main", written);
    }

    private List<Map<String, AttributeValue>> orphans() {
        return items("begins_with(#list, :value)", "ORPHAN#main#2026-03-01");
    }

    private List<Map<String, AttributeValue>> quarantined() {
        return items("begins_with(pk, :value) AND attribute_not_exists(#list)", "QUARANTINE#main#2026-03-01");
    }

    private List<Map<String, AttributeValue>> items(String filter, String value) {
        return watch
                .house
                .healthy
                .scanPaginator(scan -> scan.tableName(watch.house.name)
                        .filterExpression(filter)
                        .expressionAttributeNames(Map.of("#list", "list"))
                        .expressionAttributeValues(Map.of(":value", AttributeValue.fromS(value))))
                .items()
                .stream()
                .toList();
    }
}
