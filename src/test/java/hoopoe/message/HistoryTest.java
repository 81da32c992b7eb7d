package hoopoe.message;

import static hoopoe.message.MessageState.CANCELLED;
import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SCHEDULED;
import static hoopoe.message.MessageState.SUBMITTED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.Fact.Source;
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

class HistoryTest {

    private static final Fact HANDED_OVER = fact(SUBMITTED, "2026-03-01T02:00:00Z", "0", "1.0");
    private static final Fact UNREACHED = fact(UNDELIVERED, "2026-03-01T02:01:00Z", "101", null);
    private static final Fact UNREACHED_AGAIN = fact(UNDELIVERED, "2026-03-01T02:05:00Z", "107", null);
    private static final Fact REACHED = fact(DELIVERED, "2026-03-01T02:03:00Z", "100", null);
    private static final Fact REACHED_UNTIMED = fact(DELIVERED, null, "100", null);
    private static final Fact WAITING = fact(SCHEDULED, "2026-03-01T01:00:00Z", "300", "2.0");
    private static final Fact TAKEN_BACK = fact(CANCELLED, "2026-03-01T01:30:00Z", "303", "0");

    private static final List<Fact> ALL =
            List.of(HANDED_OVER, UNREACHED, UNREACHED_AGAIN, REACHED, REACHED_UNTIMED, WAITING, TAKEN_BACK);

    @Test
    void everyOrderOfTheSameFactsIsTheSameHistory() {
        var expected = History.of(ALL);

        permutations(ALL, order -> {
            var oneByOne = History.EMPTY;
            for (var fact : order) {
                oneByOne = oneByOne.with(List.of(fact));
            }
            assertThat(oneByOne).isEqualTo(expected);
        });
    }

    @Test
    void repeatingFactsChangesNothing() {
        var expected = History.of(ALL);
        var random = new Random(7);

        for (int round = 0; round < 500; round++) {
            var history = History.EMPTY;
            var repeated = new ArrayList<>(ALL);
            random.ints(20, 0, ALL.size()).forEach(i -> repeated.add(random.nextInt(repeated.size()), ALL.get(i)));
            for (int from = 0; from < repeated.size(); ) {
                var until = Math.min(repeated.size(), from + 1 + random.nextInt(3));
                history = history.with(repeated.subList(from, until));
                from = until;
            }
            assertThat(history).isEqualTo(expected);
        }
    }

    @Test
    void whatIsCutIsCountedOnceInAnyOrderUpToItsBound() {
        var many = IntStream.range(0, 40)
                .mapToObj(i -> fact(SUBMITTED, "2026-03-01T02:00:%02dZ".formatted(i), "0", null))
                .toList();
        var expected = History.of(many);
        var random = new Random(11);

        assertThat(expected.cut()).hasSize(History.MOST_CUT);
        for (int round = 0; round < 50; round++) {
            var shuffled = new ArrayList<>(many);
            Collections.shuffle(shuffled, random);
            var history = History.EMPTY;
            for (var fact : shuffled) {
                history = history.with(List.of(fact)).with(many.subList(0, random.nextInt(5)));
            }
            assertThat(history).isEqualTo(expected);
        }
    }

    @Test
    void deliveredBeatsUndeliveredWhicheverCameFirst() {
        assertThat(History.of(List.of(REACHED, UNREACHED_AGAIN)).over(SUBMITTED))
                .isEqualTo(DELIVERED);
        assertThat(History.of(List.of(UNREACHED_AGAIN)).with(List.of(REACHED)).over(SUBMITTED))
                .isEqualTo(DELIVERED);
    }

    @Test
    void whatLostStays() {
        var history = History.of(ALL);

        assertThat(history.winner()).contains(REACHED);
        assertThat(history.others()).startsWith(REACHED_UNTIMED, UNREACHED_AGAIN, UNREACHED);
        assertThat(history.cut()).hasSize(2);
    }

    @Test
    void thePriceOutlivesTheFactsThatWereCut() {
        assertThat(History.of(ALL).cost()).isEqualByComparingTo("0");
        assertThat(History.of(List.of(HANDED_OVER, UNREACHED, UNREACHED_AGAIN, REACHED, REACHED_UNTIMED))
                        .cost())
                .isEqualByComparingTo("1.0");
        assertThat(History.of(List.of(fact(DELIVERED, null, "100", "free"))).cost())
                .isNull();
    }

    @Test
    void theRegisterShowsWhereItIsGreater() {
        assertThat(History.EMPTY.over(SUBMITTED)).isEqualTo(SUBMITTED);
        assertThat(History.of(List.of(WAITING)).over(SUBMITTED)).isEqualTo(SUBMITTED);
        assertThat(History.of(List.of(WAITING)).over(SCHEDULED)).isEqualTo(SCHEDULED);
    }

    @Test
    void roomIsMadeWithoutLosingTheWinnerAndThePrice() {
        var small = History.of(ALL).cutTo(0);

        assertThat(small.facts()).containsExactly(REACHED, TAKEN_BACK);
        assertThat(small.cut()).hasSize(5);
    }

    private static Fact fact(MessageState state, @Nullable String at, String code, @Nullable String cost) {
        return new Fact(state, at == null ? null : Instant.parse(at), code, "", cost, Source.REPORT);
    }

    private static void permutations(Collection<Fact> facts, Consumer<List<Fact>> each) {
        permute(new ArrayList<>(facts), 0, each);
    }

    private static void permute(List<Fact> facts, int from, Consumer<List<Fact>> each) {
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
