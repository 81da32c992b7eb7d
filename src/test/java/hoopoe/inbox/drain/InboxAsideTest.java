package hoopoe.inbox.drain;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.TickFixture;
import hoopoe.inbox.RawInboxAnswer;
import hoopoe.observability.Metric;
import hoopoe.provider.Readiness;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.Mailbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What cannot be read or kept: how often it is tried, how it lies aside, and that it stops nothing else. */
class InboxAsideTest extends InboxFixture {

    /** It is put aside like an answer that cannot be read; messages behind it are kept. */
    @ParameterizedTest
    @ValueSource(strings = {"#1", "#3"})
    void anAnswerWithoutOneOfItsPartsIsUnreadableAndNoOtherIs(String part) {
        box.whileRead(() -> tickFixture.appFixture.faults.when(write -> true, FaultyDynamo.Fault.UNREACHED));
        noise(2_400_000);
        tick();
        tickFixture.appFixture.faults.heal();
        box.whileRead(() -> {});
        var parts = rows("INBOX#", "PART#");
        assertThat(parts).hasSize(3);
        delete(parts.stream().filter(sk -> sk.endsWith(part)).findFirst().orElseThrow());
        box.put("+989121234568", "3000123", AT, "behind it");

        tick();

        assertThat(tickFixture.replies())
                .extracting(reply -> reply.sms().text())
                .containsExactly("behind it");
        assertThat(open()).isEmpty();
        assertThat(tickFixture.inboxRepository.standing("main").aside()).isEqualTo(1);
        assertThat(tickFixture.appFixture.told.sum(Metric.INBOX_ASIDE)).isEqualTo(1);
        assertThat(tickFixture.inboxRepository.readAgain("main", () -> true)).isEqualTo(1);
        tick();
        assertThat(tickFixture.inboxRepository.standing("main").aside()).isEqualTo(1);
        assertThat(rows("INBOX#", "PART#")).hasSize(2);
    }

    private List<String> rows(String pk, String prefix) {
        return tickFixture
                .appFixture
                .healthy
                .scanPaginator(scan -> scan.tableName(tickFixture.appFixture.name))
                .items()
                .stream()
                .filter(item -> item.get("pk").s().startsWith(pk))
                .map(item -> item.get("sk").s())
                .filter(sk -> sk.startsWith(prefix))
                .sorted()
                .toList();
    }

    /** The biggest answer that one item holds, and as many failures as may stand beside it. */
    @Test
    void whatFailedOfTheBiggestAnswerStillFitsItsItem() {
        var body = new byte[379 * 1024];
        new Random(1).nextBytes(body);
        var inboxLease = tickFixture
                .inboxRepository
                .begin("main", tickFixture.appFixture.clock.instant())
                .orElseThrow();
        var raw = new RawInboxAnswer(200, "c".repeat(8192), body, "v1");
        var question = tickFixture
                .inboxRepository
                .answer(tickFixture.inboxRepository.ask(inboxLease), raw, Duration.ofSeconds(5))
                .orElseThrow();
        assertThat(rows("INBOX#", "PART#")).isEmpty();
        var failed = IntStream.range(0, InboxImporter.MOST + InboxImporter.FAILURES)
                .mapToObj(n -> 123_456 + n)
                .collect(Collectors.toSet());

        tickFixture.inboxRepository.kept(question, 200_000, failed, true);

        assertThat(open()).singleElement().satisfies(kept -> assertThat(kept.failed())
                .isEqualTo(failed));
    }

    private void delete(String sk) {
        tickFixture.appFixture.healthy.deleteItem(delete -> delete.tableName(tickFixture.appFixture.name)
                .key(Map.of("pk", AttributeValue.fromS("INBOX#main"), "sk", AttributeValue.fromS(sk))));
    }

    /** The table takes some minutes no replies: nothing is put aside for that. */
    @Test
    void anOutageOfTheTableCostsNoMessage() {
        with(3);
        box.whileRead(() -> tickFixture.appFixture.faults.when(write -> true, FaultyDynamo.Fault.UNREACHED));
        for (int minutes = 0; minutes < 10; minutes++) {
            tick();
            tickFixture.appFixture.faults.heal();
        }
        assertThat(tickFixture.replies()).isEmpty();
        assertThat(tickFixture.inboxRepository.standing("main").aside()).isZero();

        box.whileRead(() -> {});
        for (int minutes = 0; minutes < 10; minutes++) {
            tick();
        }

        assertThat(tickFixture.replies()).hasSize(3);
        assertThat(open()).isEmpty();
    }

    /** The table never takes one of them: the others are kept at once, and the answer waits for people with them kept. */
    @Test
    void oneThatCannotBeKeptHoldsBackNoneOfTheOthers() {
        var crowd = new Mailbox(700);
        for (int i = 0; i < 600; i++) {
            crowd.put("+98912000" + (1000 + i), "3000123", AT.plusSeconds(i), i == 300 ? "poisoned" : "text");
        }
        tickFixture.appFixture.provider.mailbox(crowd);
        tickFixture.appFixture.faults.losing("poisoned");

        tick();
        tick();
        assertThat(kept()).hasSize(599);
        assertThat(open()).singleElement().satisfies(question -> {
            assertThat(question.kept()).isEqualTo(600);
            assertThat(question.failed()).containsExactly(300);
        });
        tick();
        assertThat(tickFixture.inboxRepository.standing("main").failure()).isEqualTo("internal");
        tick();
        tickFixture.appFixture.clock.move(Duration.ofDays(1));
        tick();
        assertThat(open()).isEmpty();
        assertThat(tickFixture.inboxRepository.standing("main").aside()).isEqualTo(1);

        tickFixture.appFixture.faults.heal();
        assertThat(tickFixture.inboxRepository.readAgain("main", () -> true)).isEqualTo(1);
        tick();
        tick();
        assertThat(kept()).hasSize(600);
        assertThat(open()).isEmpty();
    }

    /** Three failures end a try. What failed for a while is kept, wherever it stands among what fails always. */
    @Test
    void manyThatCannotBeKeptHoldBackNoneOfTheOthers() {
        var crowd = new Mailbox(50);
        for (int i = 0; i < 20; i++) {
            crowd.put("+98912000" + (1000 + i), "3000123", AT.plusSeconds(i), i % 3 == 0 ? "poisoned" : "text");
        }
        tickFixture.appFixture.provider.mailbox(crowd);
        tickFixture.appFixture.faults.losing("3000123");
        hours(7);
        assertThat(kept()).isEmpty();
        assertThat(open()).singleElement().satisfies(question -> assertThat(question.failed())
                .hasSize(20));

        tickFixture.appFixture.faults.losing("poisoned");
        hours(12);

        assertThat(kept()).hasSize(13);
        tickFixture.appFixture.faults.heal();
        hours(1);
        assertThat(kept()).hasSize(20);
        assertThat(open()).isEmpty();
    }

    private List<String> kept() {
        return rows("INBOUND#2026-03-01#", "");
    }

    private void hours(int ticks) {
        for (int i = 0; i < ticks; i++) {
            tickFixture.appFixture.clock.move(Duration.ofHours(1));
            tickFixture.tick();
        }
    }

    /** What cannot be kept of one answer stops neither the answers behind it nor the emptying, and is shown. */
    @Test
    void oneBadAnswerStopsNothing() {
        answered("poisoned");
        answered("behind it");
        box.put("+989121234567", "3000123", AT, "in the inbox");
        tickFixture.appFixture.faults.losing("poisoned");

        assertThat(tick().failed()).isZero();

        assertThat(tickFixture.replies())
                .extracting(reply -> reply.sms().text())
                .containsExactlyInAnyOrder("behind it", "in the inbox");
        assertThat(open()).hasSize(1);
        assertThat(tickFixture.appFixture.told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
        assertThat(tickFixture.inboxRepository.standing("main").failure()).isEqualTo("internal");
    }

    /** By a process that died over it. */
    private void answered(String text) {
        tickFixture.appFixture.clock.move(Duration.ofMinutes(1));
        var inboxLease = tickFixture
                .inboxRepository
                .begin("main", tickFixture.appFixture.clock.instant())
                .orElseThrow();
        var body = String.join("|", "+989121234567", "3000123", AT.toString(), text);
        var raw = new RawInboxAnswer(200, "text/plain", body.getBytes(StandardCharsets.UTF_8), "v1");
        assertThat(tickFixture.inboxRepository.answer(
                        tickFixture.inboxRepository.ask(inboxLease), raw, Duration.ofSeconds(5)))
                .isPresent();
    }

    /** After a day it is not awaited any more: it is shown, counted, and read again when an operator says so. */
    @Test
    void whatFailsForADayIsPutAsideAndReadAgainOnRequest() {
        with(3);
        var reads = new AtomicInteger();
        Runnable failing = () -> {
            reads.incrementAndGet();
            tickFixture.appFixture.faults.when(write -> true, FaultyDynamo.Fault.UNREACHED);
        };
        box.whileRead(failing);
        tick();
        tickFixture.appFixture.faults.heal();
        tickFixture.appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        for (int minutes = 0; minutes < 24 * 60 + 62; minutes++) {
            tickFixture.appFixture.clock.move(Duration.ofMinutes(1));
            if (minutes < 10 || minutes % 30 == 0 || minutes > 24 * 60) {
                tickFixture.tick();
                tickFixture.appFixture.faults.heal();
            }
            if (minutes < 24 * 60) {
                assertThat(tickFixture.inboxRepository.standing("main").aside()).isZero();
            }
        }
        assertThat(reads.get()).isLessThan(60);
        assertThat(tickFixture.inboxRepository.standing("main").aside()).isEqualTo(1);
        assertThat(tickFixture.appFixture.told.sum(Metric.INBOX_ASIDE)).isEqualTo(1);
        box.whileRead(() -> {});
        tickFixture.appFixture.provider.ready(() -> new Readiness.Ready("key"));
        tick();
        assertThat(tickFixture.replies()).isEmpty();

        assertThat(tickFixture.inboxRepository.readAgain("main", () -> true)).isEqualTo(1);
        box.whileRead(failing);
        for (int again = 0; again < 2; again++) {
            tick();
            tickFixture.appFixture.faults.heal();
        }
        assertThat(tickFixture.inboxRepository.standing("main").aside()).isZero();
        box.whileRead(() -> {});
        tick();

        assertThat(tickFixture.replies()).hasSize(3);
        assertThat(tickFixture.inboxRepository.standing("main").aside()).isZero();
        assertThat(tickFixture.inboxRepository.readAgain("main", () -> true)).isZero();
    }

    /** Each release tries once, however many processes it has. */
    @Test
    void whatLiesAsideIsReadAgainByAnotherRelease() {
        with(1);
        var reads = new AtomicInteger();
        box.whileRead(() -> {
            reads.incrementAndGet();
            throw new IllegalStateException();
        });
        var first = release("1");
        ticks(first);
        tickFixture.appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        ticks(first, release("1"), release("1"));
        assertThat(reads.get()).isEqualTo(1);

        var second = release("2");
        ticks(second, second, release("2"));
        assertThat(reads.get()).isEqualTo(2);
        assertThat(second.inboxRepository.standing("main").aside()).isEqualTo(1);

        box.whileRead(() -> {});
        ticks(release("2"), second);
        assertThat(tickFixture.replies()).isEmpty();
        var third = release("3");
        ticks(third, third);

        assertThat(tickFixture.replies()).hasSize(1);
        assertThat(third.inboxRepository.standing("main").aside()).isZero();
        assertThat(open()).isEmpty();
    }

    private TickFixture release(String version) {
        return tickFixture.another("AWS_LAMBDA_FUNCTION_VERSION", version);
    }

    private void ticks(TickFixture... processes) {
        for (var process : processes) {
            tickFixture.appFixture.clock.move(Duration.ofMinutes(1));
            process.tick();
        }
    }

    /** Lambda would freeze what is not done in time: it goes on with the next tick. */
    @Test
    void whatLiesAsideWaitsForTime() {
        with(7);
        box.onTheWay(answer -> saying("<html>"));
        for (int answers = 0; answers < 3; answers++) {
            tick();
        }
        var left = new AtomicInteger(2);

        assertThat(tickFixture.inboxRepository.readAgain("main", () -> left.getAndDecrement() > 0))
                .isEqualTo(2);

        assertThat(open()).hasSize(2);
        assertThat(tickFixture.inboxRepository.standing("main").aside()).isEqualTo(1);
    }

    @Test
    void anAnswerThatNobodyCanReadIsKeptForPeopleAndStopsNothing() {
        with(4);
        first(answer -> saying("<html>"));

        tick();
        assertThat(tickFixture.inboxRepository.standing("main").failure()).isEqualTo("html");
        assertThat(open()).isEmpty();
        tick();

        assertThat(tickFixture.replies())
                .extracting(reply -> reply.sms().text())
                .containsExactly("text 3");
        assertThat(aside()).isEqualTo(1);
    }

    @Test
    void anAdapterThatThrowsOnReadingIsNotAskedToReadItAgain() {
        with(1);
        box.whileRead(() -> {
            throw new IllegalStateException("canary");
        });

        tick();

        assertThat(aside()).isEqualTo(1);
        assertThat(open()).isEmpty();
        assertThat(tickFixture.appFixture.told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
    }

    /** Their ids stand on one item, which has an end: the inbox goes on being emptied when very many lie aside. */
    @Test
    void whatLiesAsideIsCountedToABound() {
        var inbox = Map.of("pk", AttributeValue.fromS("INBOX#main"), "sk", AttributeValue.fromS("INBOX"));
        var ids =
                IntStream.range(0, 1_000).mapToObj("2026-02-01T%08d"::formatted).toList();
        tickFixture.appFixture.healthy.updateItem(update -> update.tableName(tickFixture.appFixture.name)
                .key(inbox)
                .updateExpression("SET aside = :ids")
                .expressionAttributeValues(Map.of(":ids", AttributeValue.fromSs(ids))));
        with(1).first(answer -> saying("<html>"));

        tick();

        var counted = tickFixture
                .appFixture
                .healthy
                .getItem(get ->
                        get.tableName(tickFixture.appFixture.name).key(inbox).consistentRead(true))
                .item()
                .get("aside")
                .ss();
        assertThat(counted).hasSize(501).anyMatch(id -> !ids.contains(id));
    }
}
