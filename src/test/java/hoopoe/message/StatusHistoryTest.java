package hoopoe.message;

import static hoopoe.message.MessageState.CANCELLED;
import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SCHEDULED;
import static hoopoe.message.MessageState.SUBMITTED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.StatusFact.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusHistoryTest {

    private static final StatusFact HANDED_OVER = fact(SUBMITTED, "2026-03-01T02:00:00Z", "0", "1.0");
    private static final StatusFact UNREACHED = fact(UNDELIVERED, "2026-03-01T02:01:00Z", "101", null);
    private static final StatusFact UNREACHED_AGAIN = fact(UNDELIVERED, "2026-03-01T02:05:00Z", "107", null);
    private static final StatusFact REACHED = fact(DELIVERED, "2026-03-01T02:03:00Z", "100", null);
    private static final StatusFact REACHED_UNTIMED = fact(DELIVERED, null, "100", null);
    private static final StatusFact WAITING = fact(SCHEDULED, "2026-03-01T01:00:00Z", "300", "2.0");
    private static final StatusFact TAKEN_BACK = fact(CANCELLED, "2026-03-01T01:30:00Z", "303", "0");

    private static final List<StatusFact> ALL =
            List.of(HANDED_OVER, UNREACHED, UNREACHED_AGAIN, REACHED, REACHED_UNTIMED, WAITING, TAKEN_BACK);

    @Test
    void everyOrderOfTheSameFactsIsTheSameHistory() {
        var expected = StatusHistory.of(ALL);

        permutations(ALL, order -> {
            var oneByOne = StatusHistory.EMPTY;
            for (var statusFact : order) {
                oneByOne = oneByOne.with(List.of(statusFact));
            }
            assertThat(oneByOne).isEqualTo(expected);
        });
    }

    @Test
    void repeatingFactsChangesNothing() {
        var expected = StatusHistory.of(ALL);
        var random = new Random(7);

        for (int round = 0; round < 500; round++) {
            var statusHistory = StatusHistory.EMPTY;
            var repeated = new ArrayList<>(ALL);
            random.ints(20, 0, ALL.size()).forEach(i -> repeated.add(random.nextInt(repeated.size()), ALL.get(i)));
            for (int from = 0; from < repeated.size(); ) {
                var until = Math.min(repeated.size(), from + 1 + random.nextInt(3));
                statusHistory = statusHistory.with(repeated.subList(from, until));
                from = until;
            }
            assertThat(statusHistory).isEqualTo(expected);
        }
    }

    @Test
    void whatIsCutIsCountedOnceInAnyOrderUpToItsBound() {
        var many = IntStream.range(0, 40)
                .mapToObj(i -> fact(SUBMITTED, "2026-03-01T02:00:%02dZ".formatted(i), "0", null))
                .toList();
        var expected = StatusHistory.of(many);
        var random = new Random(11);

        assertThat(expected.cut()).hasSize(StatusHistory.MOST_CUT);
        for (int round = 0; round < 50; round++) {
            var shuffled = new ArrayList<>(many);
            Collections.shuffle(shuffled, random);
            var statusHistory = StatusHistory.EMPTY;
            for (var statusFact : shuffled) {
                statusHistory = statusHistory.with(List.of(statusFact)).with(many.subList(0, random.nextInt(5)));
            }
            assertThat(statusHistory).isEqualTo(expected);
        }
    }

    @Test
    void deliveredBeatsUndeliveredWhicheverCameFirst() {
        assertThat(StatusHistory.of(List.of(REACHED, UNREACHED_AGAIN)).over(SUBMITTED))
                .isEqualTo(DELIVERED);
        assertThat(StatusHistory.of(List.of(UNREACHED_AGAIN))
                        .with(List.of(REACHED))
                        .over(SUBMITTED))
                .isEqualTo(DELIVERED);
    }

    @Test
    void whatLostStays() {
        var statusHistory = StatusHistory.of(ALL);

        assertThat(statusHistory.winner()).contains(REACHED);
        assertThat(statusHistory.facts()).startsWith(REACHED, REACHED_UNTIMED, UNREACHED_AGAIN, UNREACHED);
        assertThat(statusHistory.cut()).hasSize(2);
    }

    @Test
    void thePriceOutlivesTheFactsThatWereCut() {
        assertThat(StatusHistory.of(ALL).cost()).isEqualByComparingTo("0");
        assertThat(StatusHistory.of(List.of(HANDED_OVER, UNREACHED, UNREACHED_AGAIN, REACHED, REACHED_UNTIMED))
                        .cost())
                .isEqualByComparingTo("1.0");
        assertThat(StatusHistory.of(List.of(fact(DELIVERED, null, "100", "free")))
                        .cost())
                .isNull();
    }

    @Test
    void theRegisterShowsWhereItIsGreater() {
        assertThat(StatusHistory.EMPTY.over(SUBMITTED)).isEqualTo(SUBMITTED);
        assertThat(StatusHistory.of(List.of(WAITING)).over(SUBMITTED)).isEqualTo(SUBMITTED);
        assertThat(StatusHistory.of(List.of(WAITING)).over(SCHEDULED)).isEqualTo(SCHEDULED);
    }

    @Test
    void roomIsMadeWithoutLosingTheWinnerAndThePrice() {
        var small = StatusHistory.of(ALL).cutTo(0);

        assertThat(small.facts()).containsExactly(REACHED, TAKEN_BACK);
        assertThat(small.cut()).hasSize(5);
    }

    private static StatusFact fact(MessageState state, @Nullable String at, String code, @Nullable String cost) {
        return new StatusFact(state, at == null ? null : Instant.parse(at), code, "", cost, Source.REPORT);
    }

    private static void permutations(Collection<StatusFact> facts, Consumer<List<StatusFact>> each) {
        permute(new ArrayList<>(facts), 0, each);
    }

    private static void permute(List<StatusFact> facts, int from, Consumer<List<StatusFact>> each) {
        if (from == facts.size()) {
            each.accept(facts);
        }
        for (int i = from; i < facts.size(); i++) {
            Collections.swap(facts, from, i);
            permute(facts, from + 1, each);
            Collections.swap(facts, from, i);
        }
    }
}
