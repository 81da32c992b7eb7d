package hoopoe.delivery.check;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SUBMITTED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.delivery.CheckState;
import hoopoe.message.MessageState;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.ReportPage;
import hoopoe.testing.Canary;
import hoopoe.testing.FaultyDynamo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A report, or callbacks, with more than one check reads or stores: what is done in pieces, and what cannot be stored. */
class LongReportTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T04:00:00Z");

    private final TickFixture tickFixture = new TickFixture();

    /** {@code COUNT=999999999}, and a row on each page. */
    @Test
    void aReportWithoutAnEndIsReadToAHundredPages() {
        var batch = tickFixture.submitted(2, "ref");
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(999_999_999, 0, 1, true, SUBMITTED, "0"));

        tickFixture.checkWhenDue(batch);
        for (int runs = 1; runs < 4; runs++) {
            assertThat(tickFixture.dispatch(batch).due()).isEqualTo(tickFixture.appFixture.clock.instant());
            tickFixture.check(batch);
        }

        assertThat(tickFixture.provider.asked()).hasSize(100);
        assertThat(tickFixture.dispatch(batch).due()).isAfter(tickFixture.appFixture.clock.instant());
        assertThat(tickFixture.dispatch(batch).checks().page()).isZero();
    }

    /** Five hundred a check, each once; what the page says of messages is known from the first. */
    @Test
    void tenThousandRepliesAreKeptOverChecks() {
        var batch = tickFixture.submitted(50, "ref");
        tickFixture.provider.reporting((reference, page) -> new ReportPage(
                50,
                IntStream.range(0, 50)
                        .mapToObj(n -> TickFixture.row(n, DELIVERED, "100", replies(200, 3)))
                        .toList(),
                false));

        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 50));
        int checks = 1;
        while (!tickFixture.appFixture.clock.instant().isBefore(dueOrEver(batch)) && checks < 50) {
            tickFixture.check(batch);
            checks++;
        }

        assertThat(checks).isEqualTo(20);
        assertThat(tickFixture.replies().size()).isEqualTo(100);
        assertThat(tickFixture.report(batch).lines().values())
                .allSatisfy(messageReport -> assertThat(messageReport.replies()).hasSize(3));
    }

    private Instant dueOrEver(Batch batch) {
        var due = tickFixture.dispatch(batch).due();
        return due == null ? Instant.MAX : due;
    }

    private static ReportPage.ReplyRow[] replies(int count, int different) {
        return IntStream.range(0, count)
                .mapToObj(n -> new ReportPage.ReplyRow(Instant.parse("2026-03-01T04:00:10Z"), "r" + n % different))
                .toArray(ReportPage.ReplyRow[]::new);
    }

    @Test
    void withoutTimeTheRepliesOfAPageWaitForTheNextCheck() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.provider.reporting((reference, page) -> {
            tickFixture.appFixture.clock.move(Duration.ofMillis(600));
            return new ReportPage(1, List.of(TickFixture.row(0, SUBMITTED, "0", replies(2, 2))), false);
        });
        tickFixture.appFixture.clock.set(tickFixture.dispatch(batch).due().toString());

        tickFixture.dispatchCheck.run(
                tickFixture.checkRepository.find(TickFixture.id(batch)).orElseThrow(),
                Deadline.in(Duration.ofMillis(10_500), tickFixture.appFixture.clock));
        assertThat(tickFixture.winner(batch, 0)).isPresent();
        assertThat(tickFixture.replies()).isEmpty();
        assertThat(tickFixture.dispatch(batch).due()).isEqualTo(tickFixture.appFixture.clock.instant());
        tickFixture.check(batch);

        assertThat(tickFixture.replies()).hasSize(2);
    }

    /** Lambda would freeze what is not done in time. What is known of messages does not wait for it. */
    @Test
    void hundredsOfOrphansAreAdoptedOverChecks() {
        for (int n = 0; n < 200; n++) {
            tickFixture.calledBack(TickFixture.delivery("ref", n, DELIVERED, "100"));
        }
        var batch = tickFixture.submitted(200, "ref");
        tickFixture.appFixture.clock.set(tickFixture.dispatch(batch).due().toString());

        int checks = checksUntilNoneIsDue(batch, () -> {
            assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 200));
            assertThat(tickFixture.again(batch).progress().settled()).isEmpty();
        });

        assertThat(checks).isBetween(3, 4);
        assertThat(items(
                        item -> item.containsKey("list") && item.get("list").s().startsWith("ORPHAN#")))
                .isZero();
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
    }

    /** A line names but twenty of them: the others are not assigned again and again. */
    @Test
    void hundredsOfRepliesByCallbackAreAssignedOverChecks() {
        var batch = tickFixture.submitted(2, "ref");
        tickFixture.calledBack(TickFixture.delivery("ref", 1, DELIVERED, "100"));
        for (int n = 0; n < 200; n++) {
            tickFixture.calledBack(TickFixture.reply("ref", 0, "r" + n, BEGIN.plusSeconds(n)));
        }
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        tickFixture.appFixture.clock.set(tickFixture.dispatch(batch).due().toString());

        int checks = checksUntilNoneIsDue(batch, () -> {
            assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 2));
            assertThat(tickFixture.again(batch).progress().settled()).isEmpty();
        });

        assertThat(checks).isBetween(3, 4);
        assertThat(assigned()).isEqualTo(200);
        assertThat(tickFixture.report(batch).line(0).replies()).hasSize(20);
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
    }

    /** However much time there is, other work does not wait for the rest. */
    @Test
    void noMoreThanFiveHundredOrphansAreAdoptedInOneCheck() {
        tickFixture.appFixture.provider.dispatchSize(501);
        for (int n = 0; n < 501; n++) {
            tickFixture.calledBack(TickFixture.delivery("ref", n, DELIVERED, "100"));
        }
        var batch = tickFixture.submitted(501, "ref");

        tickFixture.checkWhenDue(batch);
        assertThat(items(
                        item -> item.containsKey("list") && item.get("list").s().startsWith("ORPHAN#")))
                .isOne();
        assertThat(tickFixture.dispatch(batch).due()).isEqualTo(tickFixture.appFixture.clock.instant());
        tickFixture.check(batch);

        assertThat(tickFixture.dispatch(batch).due()).isNull();
    }

    @Test
    void noMoreThanFiveHundredRepliesByCallbackAreAssignedInOneCheck() {
        var batch = tickFixture.submitted(1, "ref");
        for (int n = 0; n < 501; n++) {
            tickFixture.calledBack(TickFixture.reply("ref", 0, "r" + n, BEGIN.plusSeconds(n)));
        }
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));

        tickFixture.checkWhenDue(batch);
        assertThat(assigned()).isEqualTo(500);
        assertThat(tickFixture.dispatch(batch).due()).isEqualTo(tickFixture.appFixture.clock.instant());
        tickFixture.check(batch);

        assertThat(assigned()).isEqualTo(501);
        assertThat(tickFixture.dispatch(batch).due()).isNull();
    }

    private long assigned() {
        return items(item -> item.containsKey("message") && item.get("kind").s().equals("INBOUND"));
    }

    /** Each write takes 0.6 s. @param meanwhile holds after every check but the last */
    private int checksUntilNoneIsDue(Batch batch, Runnable meanwhile) {
        tickFixture.appFixture.faults.when(
                write -> {
                    tickFixture.appFixture.clock.move(Duration.ofMillis(600));
                    return false;
                },
                FaultyDynamo.Fault.LOST);
        for (int checks = 1; checks < 10; checks++) {
            var deadline = tickFixture.deadline();
            tickFixture.check(batch);
            assertThat(deadline.isOver()).isFalse();
            if (tickFixture.dispatch(batch).due() == null) {
                return checks;
            }
            assertThat(tickFixture.dispatch(batch).due()).isBeforeOrEqualTo(tickFixture.appFixture.clock.instant());
            meanwhile.run();
        }
        throw new AssertionError("it is due for ever");
    }

    private long items(Predicate<Map<String, AttributeValue>> wanted) {
        return tickFixture
                .appFixture
                .healthy
                .scanPaginator(scan -> scan.tableName(tickFixture.appFixture.name))
                .items()
                .stream()
                .filter(wanted)
                .count();
    }

    private static ReportPage said(boolean more, String... texts) {
        var replies = Stream.of(texts).map(text -> new ReportPage.ReplyRow(BEGIN, text));
        var reportRow = TickFixture.row(0, SUBMITTED, "0", replies.toArray(ReportPage.ReplyRow[]::new));
        return new ReportPage(1, List.of(reportRow), more);
    }

    private CheckState checkup(Batch batch) {
        return tickFixture.checkRepository.find(TickFixture.id(batch)).orElseThrow();
    }

    @Test
    void oneReplyOfManyThatCannotBeKeptCostsNoneOfTheOthersAndIsTriedAgain() {
        var batch = tickFixture.submitted(1, "ref");
        var texts = IntStream.range(0, 20).mapToObj(n -> n == 7 ? "poisoned" : "reply " + n);
        var page = said(false, texts.toArray(String[]::new));
        tickFixture.provider.reporting((reference, n) -> page);
        tickFixture.appFixture.faults.losing("poisoned");

        tickFixture.checkWhenDue(batch);
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.replies())
                .hasSize(19)
                .extracting(reply -> reply.sms().text())
                .doesNotContain("poisoned");
        assertThat(tickFixture.replies(AppFixture.CALLER)).hasSize(19);
        assertThat(checkup(batch).failures()).isEqualTo(2);
        assertThat(checkup(batch).failure()).isEqualTo("replies_unkept");
        assertThat(tickFixture.dispatch(batch).due())
                .isBeforeOrEqualTo(tickFixture.appFixture.clock.instant().plus(Duration.ofMinutes(5)));

        tickFixture.appFixture.faults.heal();
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.replies(AppFixture.CALLER))
                .hasSize(20)
                .extracting(reply -> reply.sms().text())
                .contains("poisoned");
        assertThat(checkup(batch).failures()).isZero();
        assertThat(checkup(batch).failure()).isNull();
    }

    /** Each page has its own tries, and the next check after the report was read to its end asks for all of them. */
    @Test
    void aPageIsPassedOverWhenItsRepliesCouldNotBeKeptFiveTimes() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.provider.reporting((reference, n) -> switch (n) {
            case 1 -> said(true, "one", "poisoned 1");
            case 2 -> said(true, "poisoned 2", "two");
            default -> said(false, "three");
        });
        tickFixture.appFixture.faults.losing("poisoned");

        for (int checks = 0; checks < 11; checks++) {
            assertThat(tickFixture.replies())
                    .extracting(reply -> reply.sms().text())
                    .doesNotContain("three");
            tickFixture.checkWhenDue(batch);
        }
        assertThat(tickFixture.provider.asked()).containsExactly(1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3);
        assertThat(tickFixture.replies())
                .extracting(reply -> reply.sms().text())
                .containsExactlyInAnyOrder("one", "two", "three");

        tickFixture.appFixture.faults.heal();
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.replies()).hasSize(5);
    }

    /** Its provider was away before. */
    @Test
    void otherFailuresAreNoTriesOfAPage() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.provider.reporting((reference, page) -> {
            throw new ProviderException.ProviderUnavailable("report", "timeout");
        });
        for (int i = 0; i < 6; i++) {
            tickFixture.checkWhenDue(batch);
        }
        tickFixture.provider.reporting((reference, page) -> said(page == 1, page == 1 ? "hiccup" : "behind it"));
        tickFixture.appFixture.faults.losing("hiccup");

        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.replies()).isEmpty();
        assertThat(checkup(batch).failures()).isEqualTo(1);

        tickFixture.appFixture.faults.heal();
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.replies()).hasSize(2);
    }

    @Test
    void nothingOfAReplyThatCouldNotBeKeptIsLogged() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.provider.reporting((reference, page) -> said(false, Canary.TEXT));
        tickFixture.appFixture.faults.losing(Canary.TEXT);

        try (var canary = new Canary()) {
            tickFixture.checkWhenDue(batch);

            assertThat(canary.logged()).anyMatch(line -> line.contains("could not be kept"));
            canary.assertUnheard();
        }
    }

    /** 450 KB: cut, marked, and the row after it counts. */
    @Test
    void aReplyLongerThanAnItemKeepsNoDispatchOpen() {
        var batch = tickFixture.submitted(2, "ref");
        var at = Instant.parse("2026-03-01T04:00:10Z");
        tickFixture.provider.reporting((reference, page) -> new ReportPage(
                2,
                List.of(
                        TickFixture.row(0, DELIVERED, "100", new ReportPage.ReplyRow(at, "x".repeat(450_000))),
                        TickFixture.row(1, DELIVERED, "100", new ReportPage.ReplyRow(at, "short"))),
                false));

        tickFixture.checkWhenDue(batch);

        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 2));
        assertThat(tickFixture.replies())
                .extracting(reply -> reply.sms().text())
                .containsExactlyInAnyOrder("short", "x".repeat(4095) + "…");
    }

    @Test
    void noMoreThanTwentyFivePagesInOneRun() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.provider.reporting(
                (reference, page) -> TickFixture.page(30_000, 0, 0, page < 30, MessageState.SUBMITTED, "0"));

        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.provider.asked()).hasSize(25);
        assertThat(tickFixture.dispatch(batch).due()).isEqualTo(tickFixture.appFixture.clock.instant());
        tickFixture.check(batch);

        assertThat(tickFixture.provider.asked()).hasSize(30).endsWith(26, 27, 28, 29, 30);
        assertThat(tickFixture.dispatch(batch).due()).isAfter(tickFixture.appFixture.clock.instant());
    }
}
