package hoopoe.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {

    private final Samples samples = new Samples();

    @Test
    void aRoundIsItsMedian() {
        add(1, 3, 1, 2);
        add(2, 10);
        assertThat(samples.medians("start", "c", "next")).containsExactly(2, 10);
        assertThat(samples.least("start", "c", "next")).isEqualTo(1);
        assertThat(samples.rounds("start")).isEqualTo("2 rounds, 0 too noisy");
    }

    @Test
    void aRoundInWhichTheFloorTremblesIsNotCounted() {
        for (var round = 1; round <= 4; round++) {
            add(round, round);
        }
        assertThat(samples.judge("start", 2, 1, 3.1)).isFalse();
        assertThat(samples.judge("start", 3, 1, 3)).isTrue();
        assertThat(samples.medians("start", "c", "next")).containsExactly(1, 3, 4);
        assertThat(samples.rounds("start")).isEqualTo("4 rounds, 1 too noisy");
    }

    @Test
    void aRoundThatIsSlowFromBeginningToEndIsNotCounted() {
        for (var round = 1; round <= 4; round++) {
            add(round, round);
            var median = round == 2 ? 3.1 : 1;
            samples.judge("start", round, median, median);
        }
        assertThat(samples.rounds("start")).isEqualTo("4 rounds, 1 too noisy");
        assertThat(samples.medians("start", "c", "next")).containsExactly(1, 3, 4);
    }

    @Test
    void whereTooFewWouldRemainAllAreCountedAndItIsSaid() {
        for (var round = 1; round <= 3; round++) {
            add(round, round);
        }
        samples.judge("start", 1, 1, 9);
        assertThat(samples.medians("start", "c", "next")).containsExactly(1, 2, 3);
        assertThat(samples.rounds("start")).endsWith("(counted all the same)");
    }

    @Test
    void partsAreNoisyByThemselves() {
        for (var round = 1; round <= 4; round++) {
            add(round, round);
            samples.add("warm", "c", "next", round, round);
        }
        samples.judge("warm", 1, 1, 9);
        assertThat(samples.medians("start", "c", "next")).hasSize(4);
        assertThat(samples.medians("warm", "c", "next")).hasSize(3);
    }

    private void add(int round, double... values) {
        for (var value : values) {
            samples.add("start", "c", "next", round, value);
        }
    }
}
