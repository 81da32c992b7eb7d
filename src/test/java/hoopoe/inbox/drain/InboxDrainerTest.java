package hoopoe.inbox.drain;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.TickFixture;
import hoopoe.inbox.InboxFetch;
import hoopoe.inbox.RawInboxAnswer;
import hoopoe.observability.Metric;
import hoopoe.provider.Deadline;
import hoopoe.provider.InboxResponse;
import hoopoe.provider.InboxResponse.RawResponse;
import hoopoe.provider.Readiness;
import hoopoe.provider.http.HttpLimits;
import hoopoe.schedule.TickSummary;
import hoopoe.testing.Canary;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.Mailbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class InboxDrainerTest {

    private static final Instant AT = Instant.parse("2026-03-01T03:50:00Z");

    private final TickFixture tickFixture = new TickFixture();
    private final Mailbox box = new Mailbox(3);

    InboxDrainerTest() {
        tickFixture.appFixture.provider.mailbox(box);
    }

    private InboxDrainerTest with(int messages) {
        for (int i = 0; i < messages; i++) {
            box.put("+98912000" + (1000 + i), "3000123", AT.plusSeconds(i), "text " + i);
        }
        return this;
    }

    private TickSummary tick() {
        tickFixture.appFixture.clock.move(Duration.ofMinutes(1));
        return tickFixture.tick();
    }

    private List<InboxFetch> open() {
        return tickFixture.inboxRepository.open("main");
    }

    /** Changes the first answer, which has taken its messages out all the same. */
    private void first(UnaryOperator<InboxResponse> change) {
        box.onTheWay(answer -> box.calls() == 1 ? change.apply(answer) : answer);
    }

    private static RawResponse saying(String body) {
        return new RawResponse(200, "", body.getBytes(StandardCharsets.UTF_8), "v1");
    }

    @Test
    void aMessageIsShownAsItCame() {
        box.put("+989121234567", "3000123", AT, "سلام");

        assertThat(tick().received()).isEqualTo(1);

        assertThat(tickFixture.replies()).singleElement().satisfies(reply -> {
            assertThat(reply.sms().from()).hasToString("**********567");
            assertThat(reply.sms().to()).isEqualTo("3000123");
            assertThat(reply.sms().at()).isEqualTo(AT);
            assertThat(reply.sms().text()).isEqualTo("سلام");
            assertThat(reply.batch()).isNull();
        });
        assertThat(open()).isEmpty();
    }

    /** Longer than an item of the table: the end of it is cut off at a whole character. */
    @Test
    void oneThatIsTooLongIsCutAndTakesNoOtherWithIt() {
        box.put("+989121234567", "3000123", AT, "a".repeat(4094) + "😀".repeat(250_000));
        box.put("+989121234568", "3000123".repeat(100_000), AT, "after it");

        tick();

        assertThat(tickFixture.replies())
                .extracting(reply -> reply.sms().text())
                .containsExactlyInAnyOrder("after it", "a".repeat(4094) + "…");
        assertThat(open()).isEmpty();
    }

    /** More than one item holds, and nothing packs it: it is kept in several before anybody reads it. */
    @Test
    void anAnswerOfAMegabyteIsKeptWholeUntilItCanBeRead() {
        noise(1_000_000);
        box.put("+989121234568", "3000123", AT, "after it");
        box.whileRead(() -> {
            throw new IllegalStateException();
        });
        tick();
        box.whileRead(() -> {});
        assertThat(tickFixture.inboxRepository.standing("main").aside()).isEqualTo(1);
        assertThat(tickFixture.replies()).isEmpty();

        assertThat(tickFixture.inboxRepository.readAgain("main", () -> true)).isEqualTo(1);
        tick();

        assertThat(tickFixture.replies()).hasSize(2);
        assertThat(tickFixture.inboxRepository.standing("main").aside()).isZero();
        assertThat(open()).isEmpty();
        assertThat(inInbox()).isEqualTo(1);
    }

    /** It is put aside like an answer that cannot be read; messages behind it are kept. */
    @ParameterizedTest
    @ValueSource(strings = {"#1", "#3"})
    void anAnswerWithoutOneOfItsPartsIsUnreadableAndNoOtherIs(String part) {
        box.whileRead(() -> tickFixture.appFixture.faults.when(write -> true, FaultyDynamo.Fault.UNREACHED));
        noise(2_400_000);
        tick();
        tickFixture.appFixture.faults.heal();
        box.whileRead(() -> {});
        var parts = rows("PART#");
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
        assertThat(rows("PART#")).hasSize(2);
    }

    /** Nothing packs it. */
    private void noise(int length) {
        box.put(
                "+989121234567",
                "3000123",
                AT,
                new Random(1)
                        .ints(length, 'a', 'z')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    private List<String> rows(String prefix) {
        return tickFixture
                .appFixture
                .healthy
                .scanPaginator(scan -> scan.tableName(tickFixture.appFixture.name))
                .items()
                .stream()
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
        assertThat(rows("PART#")).isEmpty();
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

    private long inInbox() {
        return tickFixture.appFixture.healthy.scan(scan -> scan.tableName(tickFixture.appFixture.name)).items().stream()
                .filter(item -> item.get("pk").s().startsWith("INBOX#"))
                .count();
    }

    /** Five hundred a tick, and none twice: what is kept is not asked of the table again. */
    @Test
    void tenThousandMessagesAreKeptOverTicksAndNobodyWaits() {
        var crowd = new Mailbox(10_000);
        for (int i = 0; i < 10_000; i++) {
            crowd.put("+98912000" + (1000 + i / 100), "3000123", AT, "text");
        }
        var crowded =
                new TickFixture("hoopoe.accounts.other.provider", FakeProvider.TYPE, "hoopoe.default-account", "main");
        crowded.appFixture.provider.mailbox(crowd);

        crowded.appFixture.clock.move(Duration.ofMinutes(1));
        assertThat(crowded.tick().received()).isEqualTo(InboxImporter.MOST);
        assertThat(Set.of(
                        String.valueOf(crowded.inboxRepository.standing("main").failure()),
                        String.valueOf(crowded.inboxRepository.standing("other").failure())))
                .containsExactlyInAnyOrder("unfinished", "null");
        int ticks = 1;
        for (int brought = InboxImporter.MOST; brought < 10_000 && ticks < 30; ticks++) {
            crowded.appFixture.clock.move(Duration.ofMinutes(1));
            brought += crowded.tick().received();
        }

        assertThat(ticks).isEqualTo(20);
        assertThat(crowded.inboxRepository.open("main")).isEmpty();
        assertThat(crowded.inboxRepository.open("other")).isEmpty();
        assertThat(crowded.replies()).hasSize(100);
    }

    @Test
    void withoutTimeTheMessagesOfAnAnswerWaitForTheNextTick() {
        with(2);
        tickFixture.appFixture.provider.withAnswer(() -> tickFixture.appFixture.clock.move(Duration.ofMillis(54_600)));

        assertThat(tick().received()).isZero();
        assertThat(open()).hasSize(1);

        tickFixture.appFixture.provider.withAnswer(() -> {});
        assertThat(tick().received()).isEqualTo(2);
        assertThat(open()).isEmpty();
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
        return rows("2026-03-01T");
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
    void asksUntilAnAnswerIsNotFull() {
        with(7);

        assertThat(tick().received()).isEqualTo(7);

        assertThat(box.calls()).isEqualTo(3);
        assertThat(tickFixture.replies()).hasSize(7);
    }

    @Test
    void leavesTheRestToTheNextTickWhereThereIsNoEnd() {
        with(3 * InboxDrainer.MOST_CALLS + 1);

        assertThat(tick().received()).isEqualTo(3 * InboxDrainer.MOST_CALLS);
        assertThat(tickFixture.inboxRepository.standing("main").failure()).isEqualTo("unfinished");
        assertThat(tick().received()).isEqualTo(1);
        assertThat(tickFixture.inboxRepository.standing("main").failure()).isNull();
    }

    @Test
    void asksNoLongerThanInboxesMay() {
        with(30);
        tickFixture.appFixture.provider.limits(HttpLimits.DEFAULT);
        box.whileAsked(() -> tickFixture.appFixture.clock.move(Duration.ofSeconds(7)));

        tick();

        assertThat(box.calls()).isEqualTo(3);
        assertThat(tickFixture.replies()).hasSize(box.taken());
    }

    /** What is left of an invocation is no limit of a call whose answer is told once: it has all its time, or is not begun. */
    @Test
    void aSlowPanelLosesNothingHoweverLateItIsAsked() {
        var late = new TickFixture("hoopoe.provider.call-timeout", "PT20S", "hoopoe.provider.call-margin", "PT2S");
        late.appFixture.provider.mailbox(box);
        var account = late.appFixture.accounts.find("main").orElseThrow();
        with(600);
        int brought = 0;
        box.whileAsked(() -> late.appFixture.clock.move(Duration.ofSeconds(3)));

        for (int left = 0; left <= 55; left++) {
            int before = box.calls();
            var deadline = Deadline.in(Duration.ofSeconds(left), late.appFixture.clock);

            brought += late.inboxDrainer.drain(account, deadline.within(Duration.ofSeconds(20)), deadline);

            int calls = left < 22 ? 0 : Math.min(7, (left - 22) / 3 + 1);
            assertThat(box.calls() - before).as("%d s", left).isEqualTo(calls);
            assertThat(late.inboxRepository.standing("main").failure())
                    .as("%d s", left)
                    .isEqualTo("unfinished");
        }
        assertThat(late.inboxRepository.standing("main").losses()).isZero();
        assertThat(brought).isEqualTo(box.taken());
    }

    @Test
    void theSameMessageIsShownOnceAndAnotherIsAnother() {
        box.put("+989121234567", "3000123", AT, "a").put("+989121234567", "3000123", AT, "a");
        tick();
        box.put("+989121234567", "3000123", AT, "a")
                .put("+989121234567", "3000124", AT, "a")
                .put("+989121234568", "3000123", AT, "a")
                .put("+989121234567", "3000123", AT.plusSeconds(1), "a")
                .put("+989121234567", "3000123", AT, "b");
        tick();

        assertThat(tickFixture.replies()).hasSize(5);
    }

    @Test
    void theWishStandsBeforeTheQuestionAndTheAnswerBeforeItIsRead() {
        with(1);
        var asked = new ArrayList<InboxFetch>();
        var read = new ArrayList<InboxFetch>();
        box.whileAsked(() -> asked.addAll(open())).whileRead(() -> read.addAll(open()));

        tick();

        assertThat(asked).singleElement().satisfies(question -> assertThat(question.raw())
                .isNull());
        assertThat(read).singleElement().satisfies(question -> assertThat(
                        new String(question.raw().body(), StandardCharsets.UTF_8))
                .endsWith("text 0"));
    }

    @Test
    void aLostAnswerIsNotedAsAPossibleLoss() {
        with(4);
        first(answer -> new InboxResponse.ResponseLost("timeout", ""));

        tick();
        assertThat(tickFixture.inboxRepository.standing("main").losses()).isEqualTo(1);
        assertThat(tickFixture.inboxRepository.standing("main").lost())
                .isEqualTo(tickFixture.appFixture.clock.instant());
        assertThat(tickFixture.inboxRepository.standing("main").failure()).isEqualTo("timeout");
        tick();

        assertThat(tickFixture.inboxRepository.standing("main").losses()).isEqualTo(1);
        assertThat(tickFixture.inboxRepository.standing("main").emptied())
                .isEqualTo(tickFixture.appFixture.clock.instant());
        assertThat(tickFixture.replies())
                .extracting(reply -> reply.sms().text())
                .containsExactly("text 3");
        assertThat(listed("LOSS#main")).isEqualTo(1);
    }

    private int listed(String list) {
        return tickFixture
                .appFixture
                .healthy
                .query(query -> query.tableName(tickFixture.appFixture.name)
                        .indexName("list")
                        .keyConditionExpression("#list = :list")
                        .expressionAttributeNames(Map.of("#list", "list"))
                        .expressionAttributeValues(Map.of(":list", AttributeValue.fromS(list))))
                .count();
    }

    @Test
    void whatWasNeverAskedLosesNothing() {
        with(2);
        box.onTheWay(answer -> new InboxResponse.NotAsked("connect", ""));

        tick();

        assertThat(open()).isEmpty();
        assertThat(tickFixture.inboxRepository.standing("main").losses()).isZero();
        assertThat(tickFixture.inboxRepository.standing("main").failure()).isEqualTo("connect");
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

    private long aside() {
        return tickFixture.appFixture.healthy.scan(scan -> scan.tableName(tickFixture.appFixture.name)).items().stream()
                .filter(item -> item.get("sk").s().startsWith("ASIDE#"))
                .filter(item -> item.containsKey("packed") && !item.containsKey("due_at"))
                .count();
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

    /** With every failure of an adapter or the table. */
    @Test
    void nothingOfAnInboxIsLogged() {
        Runnable throwing = () -> {
            throw new IllegalStateException(Canary.TEXT + " for +989121234567");
        };
        for (int i = 0; i < 12; i++) {
            box.put("+989121234567", "3000123", AT.plusSeconds(i), Canary.TEXT);
        }

        try (var canary = new Canary()) {
            box.onTheWay(answer -> saying("<html>" + Canary.TEXT + " for 09121234567"));
            tick();
            box.onTheWay(answer -> answer).whileRead(throwing);
            tick();
            box.whileRead(() -> {}).whileAsked(throwing);
            tick();
            box.whileAsked(() -> {})
                    .whileRead(() -> tickFixture.appFixture.faults.when(write -> true, FaultyDynamo.Fault.UNREACHED));
            tick();
            tickFixture.appFixture.faults.heal();
            box.whileRead(() -> {});
            for (int minutes = 0; minutes < 3; minutes++) {
                tick();
            }

            assertThat(canary.logged())
                    .anyMatch(line -> line.contains("kept aside: html"))
                    .anyMatch(line -> line.contains("kept aside: threw"))
                    .anyMatch(line -> line.contains("messages may be lost"))
                    .anyMatch(line -> line.contains("SdkClientException"))
                    .filteredOn(line -> line.contains("the adapter threw"))
                    .hasSize(2);
            canary.assertUnheard();
        }
        assertThat(tickFixture.replies())
                .isNotEmpty()
                .allMatch(reply -> reply.sms().text().equals(Canary.TEXT));
    }

    @Test
    void anAdapterThatThrowsOnAskingMayHaveLostThem() {
        with(1);
        box.whileAsked(() -> {
            throw new IllegalStateException();
        });

        tick();

        assertThat(tickFixture.inboxRepository.standing("main").losses()).isEqualTo(1);
        assertThat(tickFixture.appFixture.told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
    }

    @Test
    void aRefusalIsShownAndTakesNothing() {
        box.onTheWay(answer -> saying("-1"));

        assertThat(tick().failed()).isZero();

        assertThat(tickFixture.inboxRepository.standing("main").failure()).isEqualTo("-1");
        assertThat(open()).isEmpty();
    }

    @Test
    void aBlockedAccountIsNotAsked() {
        with(1);
        tickFixture.appFixture.provider.ready(() -> new Readiness.Blocked("-1", ""));

        tick();

        assertThat(box.calls()).isZero();
        assertThat(tickFixture.inboxRepository.standing("main").failure()).isEqualTo("-1");
    }

    @Test
    void anInboxThatAnotherEmptiesIsLeftAlone() {
        with(1);
        tickFixture
                .inboxRepository
                .begin("main", tickFixture.appFixture.clock.instant().plus(Duration.ofMinutes(2)))
                .orElseThrow();

        tick();
        assertThat(box.calls()).isZero();
        tick();

        assertThat(box.calls()).isEqualTo(1);
    }

    /** As long as the function may run, and a margin. */
    @Test
    void theRightToAnInboxOutlastsTheFunction() {
        var others = new ArrayList<Boolean>();
        box.whileAsked(() -> {
            tickFixture.appFixture.clock.move(Duration.ofSeconds(55));
            others.add(tickFixture
                    .inboxRepository
                    .begin("main", tickFixture.appFixture.clock.instant())
                    .isPresent());
        });

        tick();

        assertThat(others).containsExactly(false);
    }

    @Test
    void twoAtOnceNeverAskTogetherAndLoseNothing() throws Exception {
        with(40);
        var barrier = new CyclicBarrier(4);
        var pool = Executors.newFixedThreadPool(4);
        try {
            var ticks = new ArrayList<Future<?>>();
            for (int i = 0; i < 4; i++) {
                ticks.add(pool.submit(() -> {
                    barrier.await(10, TimeUnit.SECONDS);
                    return tickFixture.tick();
                }));
            }
            for (var one : ticks) {
                one.get();
            }
        } finally {
            pool.shutdown();
        }

        assertThat(box.mostAtOnce()).isEqualTo(1);
        assertThat(tickFixture.replies()).hasSize(40);
    }

    /** Its right is over, another has noted a loss: what it holds is kept all the same, and shown once. */
    @Test
    void anAnswerThatComesTooLateIsKept() {
        with(2);
        tickFixture.appFixture.provider.withAnswer(() -> {
            tickFixture.appFixture.provider.withAnswer(() -> {});
            tickFixture.appFixture.clock.move(Duration.ofMinutes(2));
            tickFixture.tick();
        });

        tickFixture.tick();
        tick();

        assertThat(tickFixture.replies()).hasSize(2);
        assertThat(open()).isEmpty();
        assertThat(tickFixture.inboxRepository.standing("main").losses()).isEqualTo(1);
    }

    @Test
    void whoHasNoInboxIsNotAsked() {
        var without = new TickFixture();

        assertThat(without.tick().failed()).isZero();
        assertThat(without.inboxRepository.standing("main").emptied()).isNull();
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
