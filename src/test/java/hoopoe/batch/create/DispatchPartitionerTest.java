package hoopoe.batch.create;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.MessageRange;
import hoopoe.batch.Recipient;
import hoopoe.message.PhoneNumber;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DispatchPartitionerTest {

    private static Recipient recipient(int n, int number, String text) {
        return new Recipient(
                n, new PhoneNumber("+8869" + (10000000 + number)), text, null, null, null, null, null, null);
    }

    private static List<List<Integer>> numbers(List<List<Recipient>> dispatches) {
        return dispatches.stream()
                .map(some -> some.stream().map(Recipient::n).toList())
                .toList();
    }

    @Test
    void aDispatchHoldsNoMoreThanItsSize() {
        var recipients =
                IntStream.range(0, 7).mapToObj(n -> recipient(n, n, null)).toList();

        var cut = DispatchPartitioner.of(recipients, 3);

        assertThat(numbers(cut)).containsExactly(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6));
        assertThat(DispatchPartitioner.ranges(cut))
                .containsExactly(new MessageRange(0, 2), new MessageRange(3, 5), new MessageRange(6, 6));
    }

    @Test
    void aNumberThatOccursAgainGoesToTheNextDispatchWithoutIt() {
        var recipients =
                List.of(recipient(0, 1, "a"), recipient(1, 1, "b"), recipient(2, 1, "c"), recipient(3, 2, "d"));

        assertThat(numbers(DispatchPartitioner.of(recipients, 500)))
                .containsExactly(List.of(0, 3), List.of(1), List.of(2));
    }

    @Test
    void noNumberIsTwiceInADispatchAndNobodyIsLost() {
        var recipients = IntStream.range(0, 2000)
                .mapToObj(n -> recipient(n, n * n % 97, "text " + n))
                .toList();

        var cut = DispatchPartitioner.of(recipients, 10);

        var all = new ArrayList<Integer>();
        for (var dispatch : cut) {
            assertThat(dispatch).hasSizeLessThanOrEqualTo(10);
            assertThat(new HashSet<>(dispatch.stream().map(Recipient::to).toList()))
                    .hasSameSizeAs(dispatch);
            dispatch.forEach(recipient -> all.add(recipient.n()));
        }
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        recipients.stream().map(Recipient::n).toList());
    }

    @Test
    void longTextsOfTheirOwnMakeSmallerDispatches() {
        var text = "漢".repeat(1500);
        var recipients =
                IntStream.range(0, 100).mapToObj(n -> recipient(n, n, text)).toList();

        var cut = DispatchPartitioner.of(recipients, 500);

        assertThat(cut).hasSizeGreaterThan(1).allSatisfy(dispatch -> assertThat(dispatch.stream()
                        .mapToInt(hoopoe.store.batch.RecipientRepository::packedSize)
                        .sum())
                .isLessThanOrEqualTo(DispatchPartitioner.PACKED));
    }
}
