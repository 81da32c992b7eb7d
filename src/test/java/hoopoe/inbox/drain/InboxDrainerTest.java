package hoopoe.inbox.drain;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.TickFixture;
import hoopoe.inbox.InboxFetch;
import hoopoe.observability.Metric;
import hoopoe.provider.Deadline;
import hoopoe.provider.InboxResponse;
import hoopoe.provider.Readiness;
import hoopoe.provider.http.HttpLimits;
import hoopoe.testing.Canary;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.Mailbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How an inbox is emptied: in which order, for how long, by one at a time, and what is shown of it. */
class InboxDrainerTest extends InboxFixture {

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

    private long inInbox() {
        return tickFixture.appFixture.healthy.scan(scan -> scan.tableName(tickFixture.appFixture.name)).items().stream()
                .filter(item -> item.get("pk").s().startsWith("INBOX#"))
                .count();
    }

    /** Five hundred a tick, and none twice: what is kept is not asked of the table again. */
    @Test
    void thousandsOfMessagesAreKeptOverTicksAndNobodyWaits() {
        var crowd = new Mailbox(2_000);
        for (int i = 0; i < 2_000; i++) {
            crowd.put("+98912000" + (1000 + i / 20), "3000123", AT, "text");
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
        for (int brought = InboxImporter.MOST; brought < 2_000 && ticks < 10; ticks++) {
            crowded.appFixture.clock.move(Duration.ofMinutes(1));
            brought += crowded.tick().received();
        }

        assertThat(ticks).isEqualTo(4);
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
        with(150);
        int brought = 0;
        box.whileAsked(() -> late.appFixture.clock.move(Duration.ofSeconds(3)));

        for (int left : List.of(0, 21, 22, 24, 25, 27, 28, 39, 40, 55)) {
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
}
