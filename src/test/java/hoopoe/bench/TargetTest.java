package hoopoe.bench;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.bench.Statistics.Ratio;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource({
        "2.0, 1.9, 2.1, stretch met",
        "2.4, 2.1, 2.7, 'stretch met, not for sure'",
        "4.0, 3.8, 4.2, met",
        "4.4, 4.1, 4.9, 'met, not for sure'",
        "4.6, 4.2, 5.0, 'missed, not for sure'",
        "6.0, 5.0, 7.0, missed"
    })
    void aVerdictSaysWhetherTheIntervalLeavesADoubt(double value, double low, double high, String verdict) {
        var target = Target.atMost("start", Optional.of(new Ratio(value, low, high)), " ×", 4.5, 2.5);
        assertThat(target.verdict()).isEqualTo(verdict);
    }

    @Test
    void theLeastIsMetFromAbove() {
        assertThat(Target.atLeast("speed", Optional.of(Target.exactly(41)), " ×", 40)
                        .verdict())
                .isEqualTo("met");
        assertThat(Target.atLeast("speed", Optional.of(Target.exactly(39)), " ×", 40)
                        .verdict())
                .isEqualTo("missed");
    }

    @Test
    void whatWasNotMeasuredIsNotJudged() {
        assertThat(Target.atMost("start", Optional.empty(), " ×", 4.5, 2.5).row())
                .isEqualToNormalizingNewlines("| start | – | – | ≤ 4.5 × | ≤ 2.5 × | not measured |\n");
    }

    @ParameterizedTest
    @CsvSource({"0.714, 0.71", "2, 2", "22.5, 22.5", "66, 66", "1747.3, 1747", "100.4, 100", "40.04, 40"})
    void aNumberHasThreeDigits(double value, String text) {
        assertThat(Target.number(value)).isEqualTo(text);
    }
}
