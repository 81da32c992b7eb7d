package hoopoe.store;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.store.DueItemRepository.DueItem;
import hoopoe.store.table.Item;
import hoopoe.store.table.Key;
import hoopoe.store.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DuePagesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int MOST = 40;
    private static final IntPredicate ALL = shard -> true;

    private final Table table =
            new Table(LocalDynamo.shared().client(), LocalDynamo.shared().createLastingTable());
    private final DueItemRepository due = new DueItemRepository(table, MOST);

    private void put(int n, Instant at) {
        table.putAll(List.of(DueIndex.with(Item.of(new Key("THING#" + n, "THING")), at)));
    }

    private static List<DueItem> all(DueItemRepository.DuePages pages, Runnable between) {
        var all = new ArrayList<DueItem>();
        while (pages.more()) {
            var page = pages.next();
            assertThat(page).hasSizeLessThanOrEqualTo(MOST + 8).isSortedAccordingTo((one, other) -> one.at()
                    .compareTo(other.at()));
            all.addAll(page);
            between.run();
        }
        return all;
    }

    @Test
    void everyItemThatWasDueIsMetOnceWhateverBecomesOfItMeanwhile() {
        IntStream.range(0, 150).forEach(n -> put(n, NOON.minusSeconds(n)));
        put(1000, NOON.plusSeconds(1));
        var moved = new int[1];

        var all = all(due.upTo(NOON, ALL), () -> {
            // Put off, and due anew: neither is of this time.
            put(moved[0]++, NOON.plusSeconds(5));
            put(2000 + moved[0], NOON.plusMillis(1));
        });

        assertThat(all).extracting(DueItem::pk).doesNotHaveDuplicates().hasSizeBetween(150 - moved[0], 150);
        assertThat(moved[0]).isBetween(3, 8);
    }

    @Test
    void theSharesOfAllWorkersAreEverythingOnce() {
        IntStream.range(0, 100).forEach(n -> put(n, NOON.minusSeconds(n)));
        var seen = new ArrayList<String>();
        for (int worker = 0; worker < 4; worker++) {
            int own = worker;
            all(due.upTo(NOON, shard -> shard % 4 == own), () -> {}).forEach(item -> seen.add(item.pk()));
        }

        assertThat(seen).doesNotHaveDuplicates().hasSize(100);
    }

    @Test
    void theOldestIsThatOfAllShards() {
        assertThat(due.oldest(NOON)).isEmpty();
        IntStream.range(0, 30).forEach(n -> put(n, NOON.minusSeconds(n)));

        assertThat(due.oldest(NOON)).contains(NOON.minusSeconds(29));
    }

    @Test
    void nothingIsDueInAnEmptyTable() {
        var pages = due.upTo(NOON, ALL);

        assertThat(pages.next()).isEmpty();
        assertThat(pages.more()).isFalse();
    }
}
