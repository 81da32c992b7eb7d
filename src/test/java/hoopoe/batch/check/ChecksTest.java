package hoopoe.batch.check;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SCHEDULED;
import static hoopoe.message.MessageState.SUBMITTED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.House;
import hoopoe.batch.Watch;
import hoopoe.batch.admission.BatchRequest;
import hoopoe.batch.erasure.Erasure;
import hoopoe.message.StatusFact;
import hoopoe.message.MessageState;
import hoopoe.provider.Deadline;
import hoopoe.provider.CancelOutcome;
import hoopoe.provider.ProviderException;
import hoopoe.provider.ReportPage;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.http.HttpLimits;
import hoopoe.store.Batch;
import hoopoe.store.Checkup;
import hoopoe.store.DispatchState;
import hoopoe.store.Reply;
import hoopoe.testing.Canary;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ChecksTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T04:00:00Z");

    private final Watch watch = new Watch();

    @Test
    void asksByAgeUntilAllIsKnown() {
        var batch = watch.submitted(2, "ref");
        watch.provider.reporting((reference, page) -> Watch.page(2, 0, 2, false, SUBMITTED, "0"));
        var ages = new ArrayList<Duration>();

        for (int i = 0; i < 14; i++) {
            watch.checkWhenDue(batch);
            ages.add(Duration.between(BEGIN, watch.house.clock.instant()));
        }

        assertThat(ages)
                .startsWith(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofMinutes(10))
                .endsWith(Duration.ofHours(24), Duration.ofHours(48), Duration.ofHours(72), Duration.ofHours(96));
        assertThat(watch.provider.asked()).hasSize(14);
        // 24 h of validity and 72 h: the instant at which what is left settles.
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("unknown", 2));
        assertThat(watch.dispatch(batch).due()).isNull();
        assertThat(watch.again(batch).settled()).containsExactly(0);
    }

    @Test
    void settlesAsSoonAsAllIsFinal() {
        var batch = watch.submitted(3, "ref");
        watch.provider.reporting((reference, page) -> Watch.page(3, 0, 3, false, DELIVERED, "100"));

        watch.checkWhenDue(batch);

        var dispatch = watch.dispatch(batch);
        assertThat(dispatch.counts()).isEqualTo(Map.of("delivered", 3));
        assertThat(dispatch.countedAt()).isEqualTo(watch.house.clock.instant());
        assertThat(dispatch.due()).isNull();
        assertThat(watch.again(batch).settled()).containsExactly(0);
        assertThat(watch.report(batch).line(1).history().cost()).isEqualByComparingTo("1.0");
        assertThat(watch.report(batch).line(1).sentAt()).isEqualTo("2026-03-01T04:00:02Z");
    }

    @Test
    void readsAllRowsOverTwoPages() {
        var batch = bigOne();
        watch.provider.reporting((reference, page) -> page == 1
                ? Watch.page(1230, 0, 1000, true, DELIVERED, "100")
                : Watch.page(1230, 1000, 1230, false, UNDELIVERED, "101"));

        watch.checkWhenDue(batch);

        assertThat(watch.provider.asked()).containsExactly(1, 2);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1000, "undelivered", 230));
        assertThat(watch.report(batch).lines()).hasSize(1230);
        assertThat(watch.dispatch(batch).due()).isNull();
    }

    @Test
    void aQuestionThatBreaksOffGoesOnWhereItStopped() {
        var batch = bigOne();
        var broken = new AtomicInteger(1);
        watch.provider.reporting((reference, page) -> {
            if (page == 2 && broken.getAndDecrement() > 0) {
                throw new ProviderException.ProviderRefused("report", "-301");
            }
            return page == 1
                    ? Watch.page(1230, 0, 1000, true, DELIVERED, "100")
                    : Watch.page(1230, 1000, 1230, false, DELIVERED, "100");
        });

        assertThat(watch.checkWhenDue(batch)).isEqualTo(Checks.Outcome.DONE);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1000, "submitted", 230));
        assertThat(watch.dispatch(batch).page()).isEqualTo(1);
        assertThat(watch.dispatch(batch).due())
                .isAfter(watch.house.clock.instant())
                .isBeforeOrEqualTo(watch.house.clock.instant().plus(Duration.ofMinutes(5)));
        watch.checkWhenDue(batch);

        assertThat(watch.provider.asked()).containsExactly(1, 2, 2);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1230));
        assertThat(watch.dispatch(batch).page()).isZero();
    }

    @Test
    void aProviderThatIsAwayIsAskedLaterAndLater() {
        var batch = watch.submitted(1, "ref");
        watch.provider.reporting((reference, page) -> {
            throw new ProviderException.ProviderUnavailable("report", "timeout");
        });

        for (int i = 1; i < 4; i++) {
            assertThat(watch.checkWhenDue(batch)).isEqualTo(Checks.Outcome.AWAY);
            assertThat(watch.checkups.find(Watch.id(batch)).orElseThrow().failures())
                    .isEqualTo(i);
        }
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("submitted", 1));
        assertThat(watch.dispatch(batch).due()).isNotNull();

        watch.provider.reporting((reference, page) -> Watch.page(1, 0, 1, false, DELIVERED, "100"));
        watch.checkWhenDue(batch);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
    }

    @Test
    void timeSettlesAlsoWhatCannotBeAsked() {
        var batch = watch.submitted(1, "ref");
        watch.provider.reporting((reference, page) -> {
            throw new ProviderException.ProviderUnavailable("report", "timeout");
        });
        watch.house.clock.set("2026-03-05T04:00:00Z");

        watch.check(batch);

        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("unknown", 1));
        assertThat(watch.dispatch(batch).due()).isNull();
    }

    /** {@code COUNT=999999999}, and a row on each page. */
    @Test
    void aReportWithoutAnEndIsReadToAHundredPages() {
        var batch = watch.submitted(2, "ref");
        watch.provider.reporting((reference, page) -> Watch.page(999_999_999, 0, 1, true, SUBMITTED, "0"));

        watch.checkWhenDue(batch);
        for (int runs = 1; runs < 4; runs++) {
            assertThat(watch.dispatch(batch).due()).isEqualTo(watch.house.clock.instant());
            watch.check(batch);
        }

        assertThat(watch.provider.asked()).hasSize(100);
        assertThat(watch.dispatch(batch).due()).isAfter(watch.house.clock.instant());
        assertThat(watch.dispatch(batch).page()).isZero();
    }

    /** Five hundred a check, each once; what the page says of messages is known from the first. */
    @Test
    void tenThousandRepliesAreKeptOverChecks() {
        var batch = watch.submitted(50, "ref");
        watch.provider.reporting((reference, page) -> new ReportPage(
                50,
                IntStream.range(0, 50)
                        .mapToObj(n -> Watch.row(n, DELIVERED, "100", replies(200, 3)))
                        .toList(),
                false));

        watch.checkWhenDue(batch);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 50));
        int checks = 1;
        while (!watch.house.clock.instant().isBefore(dueOrEver(batch)) && checks < 50) {
            watch.check(batch);
            checks++;
        }

        assertThat(checks).isEqualTo(20);
        assertThat(watch.replies().size()).isEqualTo(100);
        assertThat(watch.report(batch).lines().values())
                .allSatisfy(line -> assertThat(line.replies()).hasSize(3));
    }

    private Instant dueOrEver(Batch batch) {
        var due = watch.dispatch(batch).due();
        return due == null ? Instant.MAX : due;
    }

    private static ReportPage.ReplyRow[] replies(int count, int different) {
        return IntStream.range(0, count)
                .mapToObj(n -> new ReportPage.ReplyRow(Instant.parse("2026-03-01T04:00:10Z"), "r" + n % different))
                .toArray(ReportPage.ReplyRow[]::new);
    }

    @Test
    void withoutTimeTheRepliesOfAPageWaitForTheNextCheck() {
        var batch = watch.submitted(1, "ref");
        watch.provider.reporting((reference, page) -> {
            watch.house.clock.move(Duration.ofMillis(600));
            return new ReportPage(1, List.of(Watch.row(0, SUBMITTED, "0", replies(2, 2))), false);
        });
        watch.house.clock.set(watch.dispatch(batch).due().toString());

        watch.checks.run(
                watch.checkups.find(Watch.id(batch)).orElseThrow(),
                Deadline.in(Duration.ofMillis(10_500), watch.house.clock));
        assertThat(watch.winner(batch, 0)).isPresent();
        assertThat(watch.replies()).isEmpty();
        assertThat(watch.dispatch(batch).due()).isEqualTo(watch.house.clock.instant());
        watch.check(batch);

        assertThat(watch.replies()).hasSize(2);
    }

    /** Lambda would freeze what is not done in time. What is known of messages does not wait for it. */
    @Test
    void hundredsOfOrphansAreAdoptedOverChecks() {
        for (int n = 0; n < 200; n++) {
            watch.calledBack(Watch.delivery("ref", n, DELIVERED, "100"));
        }
        var batch = watch.submitted(200, "ref");
        watch.house.clock.set(watch.dispatch(batch).due().toString());

        int checks = checksUntilNoneIsDue(batch, () -> {
            assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 200));
            assertThat(watch.again(batch).settled()).isEmpty();
        });

        assertThat(checks).isBetween(3, 4);
        assertThat(items(
                        item -> item.containsKey("list") && item.get("list").s().startsWith("ORPHAN#")))
                .isZero();
        assertThat(watch.again(batch).settled()).containsExactly(0);
    }

    /** A line names but twenty of them: the others are not assigned again and again. */
    @Test
    void hundredsOfRepliesByCallbackAreAssignedOverChecks() {
        var batch = watch.submitted(2, "ref");
        watch.calledBack(Watch.delivery("ref", 1, DELIVERED, "100"));
        for (int n = 0; n < 200; n++) {
            watch.calledBack(Watch.reply("ref", 0, "r" + n, BEGIN.plusSeconds(n)));
        }
        watch.calledBack(Watch.delivery("ref", 0, DELIVERED, "100"));
        watch.house.clock.set(watch.dispatch(batch).due().toString());

        int checks = checksUntilNoneIsDue(batch, () -> {
            assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 2));
            assertThat(watch.again(batch).settled()).isEmpty();
        });

        assertThat(checks).isBetween(3, 4);
        assertThat(items(item ->
                        item.containsKey("message") && item.get("kind").s().equals("INBOUND")))
                .isEqualTo(200);
        assertThat(watch.report(batch).line(0).replies()).hasSize(20);
        assertThat(watch.again(batch).settled()).containsExactly(0);
    }

    /** Each write takes 0.6 s. @param meanwhile holds after every check but the last */
    private int checksUntilNoneIsDue(Batch batch, Runnable meanwhile) {
        watch.house.faults.when(
                write -> {
                    watch.house.clock.move(Duration.ofMillis(600));
                    return false;
                },
                FaultyDynamo.Fault.LOST);
        for (int checks = 1; checks < 10; checks++) {
            var deadline = watch.deadline();
            watch.check(batch);
            assertThat(deadline.isOver()).isFalse();
            if (watch.dispatch(batch).due() == null) {
                return checks;
            }
            assertThat(watch.dispatch(batch).due()).isBeforeOrEqualTo(watch.house.clock.instant());
            meanwhile.run();
        }
        throw new AssertionError("it is due for ever");
    }

    private long items(Predicate<Map<String, AttributeValue>> wanted) {
        return watch.house.healthy.scanPaginator(scan -> scan.tableName(watch.house.name)).items().stream()
                .filter(wanted)
                .count();
    }

    private static ReportPage said(boolean more, String... texts) {
        var replies = Stream.of(texts).map(text -> new ReportPage.ReplyRow(BEGIN, text));
        var reportRow = Watch.row(0, SUBMITTED, "0", replies.toArray(ReportPage.ReplyRow[]::new));
        return new ReportPage(1, List.of(reportRow), more);
    }

    private Checkup checkup(Batch batch) {
        return watch.checkups.find(Watch.id(batch)).orElseThrow();
    }

    @Test
    void oneReplyOfManyThatCannotBeKeptCostsNoneOfTheOthersAndIsTriedAgain() {
        var batch = watch.submitted(1, "ref");
        var texts = IntStream.range(0, 20).mapToObj(n -> n == 7 ? "poisoned" : "reply " + n);
        var page = said(false, texts.toArray(String[]::new));
        watch.provider.reporting((reference, n) -> page);
        watch.house.faults.losing("poisoned");

        watch.checkWhenDue(batch);
        watch.checkWhenDue(batch);
        assertThat(watch.replies()).hasSize(19).extracting(Reply::text).doesNotContain("poisoned");
        assertThat(watch.replies(House.CALLER)).hasSize(19);
        assertThat(checkup(batch).failures()).isEqualTo(2);
        assertThat(checkup(batch).failure()).isEqualTo("replies_unkept");
        assertThat(watch.dispatch(batch).due())
                .isBeforeOrEqualTo(watch.house.clock.instant().plus(Duration.ofMinutes(5)));

        watch.house.faults.heal();
        watch.checkWhenDue(batch);
        assertThat(watch.replies(House.CALLER))
                .hasSize(20)
                .extracting(Reply::text)
                .contains("poisoned");
        assertThat(checkup(batch).failures()).isZero();
        assertThat(checkup(batch).failure()).isNull();
    }

    /** Each page has its own tries, and the next check after the report was read to its end asks for all of them. */
    @Test
    void aPageIsPassedOverWhenItsRepliesCouldNotBeKeptFiveTimes() {
        var batch = watch.submitted(1, "ref");
        watch.provider.reporting((reference, n) -> switch (n) {
            case 1 -> said(true, "one", "poisoned 1");
            case 2 -> said(true, "poisoned 2", "two");
            default -> said(false, "three");
        });
        watch.house.faults.losing("poisoned");

        for (int checks = 0; checks < 11; checks++) {
            assertThat(watch.replies()).extracting(Reply::text).doesNotContain("three");
            watch.checkWhenDue(batch);
        }
        assertThat(watch.provider.asked()).containsExactly(1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3);
        assertThat(watch.replies()).extracting(Reply::text).containsExactlyInAnyOrder("one", "two", "three");

        watch.house.faults.heal();
        watch.checkWhenDue(batch);
        assertThat(watch.replies()).hasSize(5);
    }

    /** Its provider was away before. */
    @Test
    void otherFailuresAreNoTriesOfAPage() {
        var batch = watch.submitted(1, "ref");
        watch.provider.reporting((reference, page) -> {
            throw new ProviderException.ProviderUnavailable("report", "timeout");
        });
        for (int i = 0; i < 6; i++) {
            watch.checkWhenDue(batch);
        }
        watch.provider.reporting((reference, page) -> said(page == 1, page == 1 ? "hiccup" : "behind it"));
        watch.house.faults.losing("hiccup");

        watch.checkWhenDue(batch);
        assertThat(watch.replies()).isEmpty();
        assertThat(checkup(batch).failures()).isEqualTo(1);

        watch.house.faults.heal();
        watch.checkWhenDue(batch);
        assertThat(watch.replies()).hasSize(2);
    }

    @Test
    void nothingOfAReplyThatCouldNotBeKeptIsLogged() {
        var batch = watch.submitted(1, "ref");
        watch.provider.reporting((reference, page) -> said(false, Canary.TEXT));
        watch.house.faults.losing(Canary.TEXT);

        try (var canary = new Canary()) {
            watch.checkWhenDue(batch);

            assertThat(canary.logged()).anyMatch(line -> line.contains("could not be kept"));
            canary.assertUnheard();
        }
    }

    /** 450 KB: cut, marked, and the row after it counts. */
    @Test
    void aReplyLongerThanAnItemKeepsNoDispatchOpen() {
        var batch = watch.submitted(2, "ref");
        var at = Instant.parse("2026-03-01T04:00:10Z");
        watch.provider.reporting((reference, page) -> new ReportPage(
                2,
                List.of(
                        Watch.row(0, DELIVERED, "100", new ReportPage.ReplyRow(at, "x".repeat(450_000))),
                        Watch.row(1, DELIVERED, "100", new ReportPage.ReplyRow(at, "short"))),
                false));

        watch.checkWhenDue(batch);

        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 2));
        assertThat(watch.replies()).extracting(Reply::text).containsExactlyInAnyOrder("short", "x".repeat(4095) + "…");
    }

    @Test
    void noMoreThanTwentyFivePagesInOneRun() {
        var batch = watch.submitted(1, "ref");
        watch.provider.reporting((reference, page) -> Watch.page(30_000, 0, 0, page < 30, MessageState.SUBMITTED, "0"));

        watch.checkWhenDue(batch);
        assertThat(watch.provider.asked()).hasSize(25);
        assertThat(watch.dispatch(batch).due()).isEqualTo(watch.house.clock.instant());
        watch.check(batch);

        assertThat(watch.provider.asked()).hasSize(30).endsWith(26, 27, 28, 29, 30);
        assertThat(watch.dispatch(batch).due()).isAfter(watch.house.clock.instant());
    }

    @Test
    void anEventBetweenReadingAndLeavingKeepsItDue() {
        var batch = watch.submitted(1, "ref");
        watch.provider.reporting((reference, page) -> {
            // The check has read the events; this one it does not see.
            watch.calledBack(Watch.delivery("ref", 0, DELIVERED, "100"));
            return Watch.page(1, 0, 1, false, UNDELIVERED, "101");
        });

        watch.checkWhenDue(batch);
        assertThat(watch.winner(batch, 0)).map(StatusFact::state).contains(UNDELIVERED);
        assertThat(watch.dispatch(batch).due()).isEqualTo(watch.house.clock.instant());
        watch.check(batch);

        assertThat(watch.winner(batch, 0)).map(StatusFact::state).contains(DELIVERED);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
        assertThat(watch.dispatch(batch).due()).isNull();
    }

    @Test
    void aCheckForACallbackAsksNobodyBeforeItsAge() {
        var batch = watch.submitted(2, "ref");
        watch.provider.reporting((reference, page) -> Watch.page(2, 0, 2, false, SUBMITTED, "0"));
        for (int i = 0; i < 5; i++) {
            watch.checkWhenDue(batch);
        }
        var next = watch.dispatch(batch).due();

        watch.house.clock.move(Duration.ofMinutes(3));
        watch.calledBack(Watch.delivery("ref", 0, DELIVERED, "100"));
        watch.checkWhenDue(batch);

        assertThat(watch.provider.asked()).hasSize(5);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1, "submitted", 1));
        assertThat(watch.dispatch(batch).due()).isEqualTo(next);
    }

    @Test
    void aReplyByReportAndByCallbackIsOne() {
        var at = Instant.parse("2026-03-01T04:00:40Z");
        var reportRow = Watch.row(0, DELIVERED, "100", new ReportPage.ReplyRow(at, " yes\n"));
        watch.provider.reporting((reference, page) -> new ReportPage(1, List.of(reportRow), false));

        var first = watch.submitted(1, "report-first");
        watch.checkWhenDue(first);
        watch.calledBack(Watch.reply("report-first", 0, "yes", at));
        watch.checkWhenDue(first);
        assertThat(watch.replies()).hasSize(1);
        assertThat(watch.report(first).line(0).replies()).hasSize(1);

        var second = watch.submitted(1, "callback-first");
        watch.calledBack(Watch.reply("callback-first", 0, "yes", at));
        watch.checkWhenDue(second);
        assertThat(watch.replies()).hasSize(2).allMatch(reply -> Integer.valueOf(0)
                .equals(reply.message()));
        assertThat(watch.report(second).line(0).replies()).hasSize(1);
    }

    @Test
    void whatFitsNoRecipientIsKeptAside() {
        var batch = watch.submitted(2, "ref");
        watch.provider.reporting((reference, page) ->
                new ReportPage(2, List.of(Watch.row(99, DELIVERED, "100"), Watch.row(1, DELIVERED, "100")), false));

        watch.checkWhenDue(batch);

        assertThat(watch.report(batch).lines()).containsOnlyKeys(1);
        assertThat(watch.report(batch).strays().history().facts()).hasSize(1);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("submitted", 1, "delivered", 1));
    }

    @Test
    void anUnconfirmedOneSettlesAnHourAfterItCanHaveBeenSentLast() {
        var batch = watch.lost(1);

        watch.checkWhenDue(batch);
        assertThat(watch.dispatch(batch).due()).isEqualTo("2026-03-02T05:00:00Z");
        assertThat(watch.again(batch).settled()).isEmpty();
        watch.checkWhenDue(batch);

        assertThat(watch.again(batch).settled()).containsExactly(0);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("unconfirmed", 1));
        assertThat(watch.dispatch(batch).due()).isNull();
        assertThat(watch.provider.asked()).isEmpty();
    }

    @Test
    void anUnconfirmedOneWithAReferenceIsAskedForAndSubmittedOnceItIsKnown() {
        watch.house.provider.sending(order -> new SendOutcome.Unconfirmed("overdrawn", "", Optional.of("ref")));
        var batch = watch.house.admitted(House.to(1));
        assertThat(watch.dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);

        watch.checkWhenDue(batch);
        assertThat(watch.dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
        watch.provider.reporting((reference, page) -> Watch.page(1, 0, 1, false, SUBMITTED, "0"));
        watch.checkWhenDue(batch);

        assertThat(watch.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("submitted", 1));
    }

    @Test
    void aRejectedOneIsSettledAtOnce() {
        watch.house.provider.sending(order -> new SendOutcome.Rejected("-306", "no"));
        var batch = watch.house.admitted(House.to(2));

        watch.checkWhenDue(batch);

        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("rejected", 2));
        assertThat(watch.dispatch(batch).due()).isNull();
        assertThat(watch.again(batch).settled()).containsExactly(0);
    }

    @Test
    void aScheduledOneIsAskedAboutDailyUntilItIsSent() {
        var batch = scheduled();
        watch.provider.reporting((reference, page) -> Watch.page(1, 0, 1, false, SCHEDULED, "300"));
        var checked = new ArrayList<Instant>();

        for (int i = 0; i < 5; i++) {
            watch.checkWhenDue(batch);
            checked.add(watch.house.clock.instant());
            assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("scheduled", 1));
        }

        assertThat(watch.provider.asked()).hasSize(4);
        assertThat(checked)
                .containsExactly(
                        BEGIN.plus(Duration.ofMinutes(1)),
                        BEGIN.plus(Duration.ofMinutes(1).plusDays(1)),
                        BEGIN.plus(Duration.ofMinutes(1).plusDays(2)),
                        Instant.parse("2026-03-03T22:01:00Z"),
                        Instant.parse("2026-03-03T22:02:00Z"));
    }

    @Test
    void whatIsMarkedAfterItWasSentIsTakenBackByTheCheck() {
        var batch = watch.submitted(2, "ref");
        watch.house.clock.move(Duration.ofSeconds(10));
        watch.provider.erasing((reference, deadline) -> new CancelOutcome.NoResult("-4", "busy"));
        watch.provider.reporting((reference, page) -> Watch.page(2, 0, 2, false, SCHEDULED, "300"));
        watch.erasure.erase(batch, watch.deadline());

        watch.checkWhenDue(batch);
        assertThat(watch.dispatch(batch).deleted()).isNull();
        assertThat(watch.dispatch(batch).due())
                .isBeforeOrEqualTo(watch.house.clock.instant().plus(Duration.ofMinutes(1)));
        watch.provider.erasing((reference, deadline) -> new CancelOutcome.CancelledMessages(2, new BigDecimal("2.0")));
        watch.checkWhenDue(batch);

        assertThat(watch.dispatch(batch).deleted()).isEqualTo(2);
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("cancelled", 2));
        assertThat(watch.again(batch).settled()).containsExactly(0);
        assertThat(watch.dispatch(batch).due()).isNull();
    }

    /** It would be asked about once a day. */
    @Test
    void oneThatIsHeldForLaterAndMarkedIsLookedAtEveryMinute() {
        var batch = scheduled();
        watch.checkWhenDue(batch);
        watch.provider.erasing((reference, deadline) -> new CancelOutcome.NoResult("-8", "later"));
        watch.provider.reporting((reference, page) -> Watch.page(1, 0, 1, false, SCHEDULED, "300"));
        watch.erasure.erase(batch, watch.deadline());

        for (int i = 0; i < 4; i++) {
            watch.checkWhenDue(batch);

            assertThat(watch.dispatch(batch).due())
                    .isBeforeOrEqualTo(watch.house.clock.instant().plus(Erasure.AGAIN));
        }
    }

    /** All the time of a tick would go into cancelling, minute by minute, and none into what became of it. */
    @Test
    void itsReportIsAskedForHoweverSlowCancellingIs() {
        var batch = watch.submitted(2, "ref");
        watch.erasure.erase(batch, Deadline.in(Duration.ZERO, watch.house.clock));
        watch.house.provider.limits(HttpLimits.DEFAULT);
        watch.provider.erasing((reference, deadline) -> {
            watch.house.clock.move(deadline.left().minus(HttpLimits.DEFAULT.margin()));
            throw new ProviderException.ProviderUnavailable("erase", "timeout");
        });
        watch.provider.reporting((reference, page) -> Watch.page(2, 0, 1, false, DELIVERED, "100"));
        watch.house.clock.move(Duration.ofMinutes(2));

        watch.check(batch);

        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1, "submitted", 1));
    }

    @Test
    void aWishThatComesDuringACheckIsNotPutOff() {
        var batch = scheduled();
        watch.provider.erasing((reference, deadline) -> new CancelOutcome.NoResult("-8", "later"));
        eraseDuringTheNextReport(batch);

        watch.checkWhenDue(batch);
        assertThat(watch.dispatch(batch).deleted()).isNull();
        assertThat(watch.dispatch(batch).due())
                .isBeforeOrEqualTo(watch.house.clock.instant().plus(Erasure.AGAIN));
        watch.provider.erasing((reference, deadline) -> new CancelOutcome.CancelledMessages(1, new BigDecimal("1.0")));
        watch.checkWhenDue(batch);

        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("cancelled", 1));
    }

    @Test
    void aResultThatComesDuringACheckIsLookedAtAtOnce() {
        var batch = scheduled();
        watch.provider.erasing((reference, deadline) -> new CancelOutcome.CancelledMessages(1, new BigDecimal("1.0")));
        eraseDuringTheNextReport(batch);

        watch.checkWhenDue(batch);
        assertThat(watch.dispatch(batch).deleted()).isEqualTo(1);
        assertThat(watch.dispatch(batch).due()).isEqualTo(watch.house.clock.instant());
        watch.check(batch);

        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("cancelled", 1));
        assertThat(watch.dispatch(batch).due()).isNull();
    }

    /** The check has read the batch before it is marked. */
    private void eraseDuringTheNextReport(Batch batch) {
        watch.checkWhenDue(batch); // the first asks nobody
        var wished = new AtomicInteger();
        watch.provider.reporting((reference, page) -> {
            if (wished.getAndIncrement() == 0) {
                watch.erasure.erase(batch, watch.deadline());
            }
            return Watch.page(1, 0, 1, false, SCHEDULED, "300");
        });
    }

    /** As long as the function of that one may run, and a margin. */
    @Test
    void whoComesWhileAnotherChecksLeavesItAlone() {
        var batch = watch.submitted(1, "ref");
        var outcomes = new ArrayList<Checks.Outcome>();
        watch.provider.reporting((reference, page) -> {
            if (watch.provider.asked().size() == 1) {
                watch.house.clock.move(Duration.ofSeconds(55));
                outcomes.add(watch.check(batch));
            }
            return Watch.page(1, 0, 1, false, DELIVERED, "100");
        });

        watch.checkWhenDue(batch);

        assertThat(outcomes).containsExactly(Checks.Outcome.NOTHING);
        assertThat(watch.provider.asked()).hasSize(1);
    }

    @Test
    void whatIsNotDueIsLeftAlone() {
        var batch = watch.submitted(1, "ref");

        assertThat(watch.check(batch)).isEqualTo(Checks.Outcome.NOTHING);
        assertThat(watch.provider.asked()).isEmpty();
    }

    /** One message, for three days later. */
    private Batch scheduled() {
        watch.house.provider.sending(order -> FakeProvider.accepted("ref"));
        var entries = List.of(House.entry(0));
        return watch.house.admitted(
                new BatchRequest(null, "hello", null, "2026-03-04T06:00:00+08:00", null, null, entries, false));
    }

    /** 1,230 messages under one reference. */
    private Batch bigOne() {
        watch.house.provider.dispatchSize(2000);
        return watch.submitted(1230, "ref");
    }
}
