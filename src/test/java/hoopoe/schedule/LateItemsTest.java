package hoopoe.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.TickFixture;
import hoopoe.platform.WorkerPools;
import hoopoe.provider.Deadline;
import hoopoe.store.DueItemRepository.DueItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Kinds of due items that are added to batches and dispatches. */
class LateItemsTest {

    private final TickFixture tickFixture = new TickFixture();
    private final ErrorBoundary errorBoundary = tickFixture.appFixture.beans.get(ErrorBoundary.class);
    private final List<List<DueItem>> handled = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService pool = Executors.newFixedThreadPool(Tick.CALLS);
    private final TickProgress work = new TickProgress();

    @AfterEach
    void close() {
        pool.shutdown();
    }

    /** Of items whose partition begins so. */
    private final class Kind implements DueItemHandler {

        private final String prefix;
        private final Predicate<List<DueItem>> answer;

        Kind(String prefix, Predicate<List<DueItem>> answer) {
            this.prefix = prefix;
            this.answer = answer;
        }

        @Override
        public boolean handles(DueItem item) {
            return item.pk().startsWith(prefix);
        }

        @Override
        public boolean handle(List<DueItem> items, Deadline deadline) {
            handled.add(items);
            return answer.test(items);
        }
    }

    private LateItems.FoundItems found(DueItemHandler handler, String pk, int items) {
        var found = new LateItems(Stream.of(handler), errorBoundary, tickFixture.appFixture.timeouts).find();
        found.add(due(pk, items));
        return found;
    }

    private List<DueItem> due(String pk, int items) {
        return IntStream.range(0, items)
                .mapToObj(n -> new DueItem(tickFixture.appFixture.clock.instant(), pk, "item " + n))
                .toList();
    }

    private void handle(LateItems.FoundItems found) {
        found.handle(work, pool, tickFixture.deadline());
    }

    private int items() {
        return handled.stream().mapToInt(List::size).sum();
    }

    @Test
    void aKindGetsItsOwnTenAtATime() {
        handle(found(new Kind("HOOK#", items -> true), "HOOK#1", 25));

        assertThat(handled).extracting(List::size).containsExactlyInAnyOrder(10, 10, 5);
        assertThat(handled.stream().flatMap(List::stream)).doesNotHaveDuplicates();
    }

    @Test
    void whatIsOfNoKindIsLeftAlone() {
        var found = found(new Kind("HOOK#", items -> true), "INBOX#main", 25);

        assertThat(found.isEmpty()).isTrue();
        handle(found);
        assertThat(handled).isEmpty();
    }

    @Test
    void noMoreAreKeptInMindThanATickMayDo() {
        handle(found(new Kind("HOOK#", items -> true), "HOOK#1", 2500));

        assertThat(items()).isEqualTo(2000);
    }

    @Test
    void aKindThatIsFullLeavesRoomForTheOthers() {
        var kinds = Stream.of("HOOK#", "OTHER#").map(prefix -> new Kind(prefix, items -> true));
        var found = new LateItems(kinds.map(DueItemHandler.class::cast), errorBoundary, tickFixture.appFixture.timeouts)
                .find();
        found.add(due("HOOK#1", 2500));
        found.add(due("OTHER#1", 15));
        handle(found);

        assertThat(handled.stream().flatMap(List::stream).map(DueItem::pk))
                .hasSize(2015)
                .filteredOn("OTHER#1"::equals)
                .hasSize(15);
    }

    @Test
    void aSinkThatDoesNotAnswerIsLeftAlone() {
        handle(found(new Kind("HOOK#", items -> false), "HOOK#1", 1000));

        // Three, and those that were under way.
        assertThat(handled).hasSizeBetween(3, 3 + Tick.CALLS);
        assertThat(work.failed.get()).isZero();
    }

    @Test
    void oneThatBlowsStopsNoOther() {
        handle(found(
                new Kind("HOOK#", items -> {
                    if (items.get(0).sk().equals("item 0")) {
                        throw new StackOverflowError();
                    }
                    return true;
                }),
                "HOOK#1",
                30));

        assertThat(items()).isEqualTo(30);
        assertThat(work.failed.get()).isEqualTo(1);
    }

    @Test
    void aTickHandlesThemAfterItsChecksAndThoughItsTimeIsOverForThose() {
        var beans = tickFixture.appFixture.beans;
        for (int i = 0; i < 60; i++) {
            tickFixture.submitted(1, "ref-" + i);
        }
        tickFixture.appFixture.healthy.putItem(put -> put.tableName(tickFixture.appFixture.name)
                .item(Map.of(
                        "pk", AttributeValue.fromS("HOOK#1"),
                        "sk", AttributeValue.fromS("event"),
                        "due_shard", AttributeValue.fromS("DUE#3"),
                        "due_at", AttributeValue.fromS("2026-03-01T04:00:00.000000Z#HOOK#1#event"))));
        tickFixture.provider.reporting((reference, page) -> {
            tickFixture.appFixture.clock.move(Duration.ofSeconds(1));
            throw new IllegalStateException();
        });
        var askedBefore = new ArrayList<Integer>();
        beans.given(new LateItems(
                Stream.of(new Kind(
                        "HOOK#",
                        items -> askedBefore.add(tickFixture.provider.asked().size()))),
                errorBoundary,
                tickFixture.appFixture.timeouts));
        var tick = new Tick(
                tickFixture.due,
                beans.get(TickRounds.class),
                beans.get(AccountPoller.class),
                beans.get(LateItems.class),
                errorBoundary,
                tickFixture.appFixture.timeouts,
                beans.get(WorkerPools.class));
        tickFixture.appFixture.clock.move(Duration.ofMinutes(2));
        var deadline = tickFixture.deadline();

        tick.run(WorkerShare.WHOLE, deadline);

        assertThat(handled).hasSize(1);
        assertThat(handled.get(0)).extracting(DueItem::pk).containsExactly("HOOK#1");
        assertThat(askedBefore).containsExactly(tickFixture.provider.asked().size());
        assertThat(tickFixture.provider.asked()).hasSizeBetween(30, 59);
    }
}
