package hoopoe.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void aMedianLiesInTheMiddleWhateverTheOrder() {
        assertThat(Statistics.median(new double[] {9, 1, 5})).isEqualTo(5);
        assertThat(Statistics.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
        assertThat(Statistics.median(new double[] {})).isNaN();
    }

    @Test
    void aQuantileLiesBetweenItsNeighbours() {
        var values = IntStream.rangeClosed(0, 10).mapToDouble(i -> i * 10).toArray();
        assertThat(Statistics.quantile(values, 0.9)).isEqualTo(90);
        assertThat(Statistics.quantile(values, 0.25)).isEqualTo(25);
        assertThat(Statistics.quantile(values, 1)).isEqualTo(100);
    }

    @Test
    void aRatioThatIsTheSameInEveryRoundIsCertain() {
        var under = new double[] {1, 2, 3, 4, 5, 6, 7};
        var over = new double[] {3, 6, 9, 12, 15, 18, 21};
        assertThat(Statistics.paired(over, under, 1)).isEqualTo(new Statistics.Ratio(3, 3, 3));
    }

    @Test
    void theSameTwoAreUncertainWhereTheirRoundsAreNotTheSame() {
        var under = new double[] {1, 2, 3, 4, 5, 6, 7};
        var over = new double[] {3, 6, 9, 12, 15, 18, 21};
        var ratio = Statistics.unpaired(over, under, 1);
        assertThat(ratio.value()).isEqualTo(3);
        assertThat(ratio.low()).isLessThan(2);
        assertThat(ratio.high()).isGreaterThan(4);
    }

    @Test
    void anIntervalHoldsTheTruthAboutAsOftenAsItSays() {
        var random = new Random(7);
        var held = IntStream.range(0, 40)
                .filter(run -> {
                    var ratio = Statistics.unpaired(noise(random, 20), noise(random, 10), run);
                    return ratio.low() <= 2 && 2 <= ratio.high();
                })
                .count();
        assertThat(held).isBetween(34L, 40L);
    }

    @Test
    void aMedianOfRoundsIsNarrowedDownByMoreOfThem() {
        var random = new Random(3);
        var few = Statistics.unpaired(noise(random, 20, 9), noise(random, 10, 9), 1);
        var many = Statistics.unpaired(noise(random, 20, 400), noise(random, 10, 400), 1);
        assertThat(many.value()).isCloseTo(2, within(0.1));
        assertThat(many.high() - many.low()).isLessThan((few.high() - few.low()) / 2);
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        var over = noise(new Random(1), 20);
        var under = noise(new Random(2), 10);
        assertThat(Statistics.paired(over, under, 5)).isEqualTo(Statistics.paired(over, under, 5));
    }

    @Test
    void roundsThatDoNotMatchAreNoPairs() {
        assertThatThrownBy(() -> Statistics.paired(new double[2], new double[3], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 and 3");
    }

    private static double[] noise(Random random, double around) {
        return noise(random, around, 15);
    }

    private static double[] noise(Random random, double around, int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> around * (1 + random.nextGaussian() / 10))
                .toArray();
    }
}
