package hoopoe.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.provider.Deadline;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpLimitsTest {

    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private final HttpLimits limits = HttpLimits.DEFAULT;

    @Test
    void anInvocationHoldsACallAndACallAConnect() {
        assertThat(limits.connect()).isLessThan(limits.call());
        assertThat(limits.leaveAWholeCall(left(28_000))).isTrue();
    }

    @Test
    void aSendWantsItsFullTime() {
        assertThat(limits.leaveAWholeCall(left(22_000))).isTrue();
        assertThat(limits.leaveAWholeCall(left(21_999))).isFalse();
        assertThat(limits.leaveAWholeCall(left(0))).isFalse();
    }

    @Test
    void aQuestionTakesWhatIsLeft() {
        assertThat(limits.within(left(300_000))).isEqualTo(limits.call());
        assertThat(limits.within(left(10_000))).isEqualTo(Duration.ofSeconds(8));
        assertThat(limits.within(left(2_000))).isZero();
        assertThat(limits.within(left(1_000))).isNegative();
    }

    @Test
    void allAreSettings() {
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "hoopoe.provider.call-timeout", "PT5S",
                                "hoopoe.provider.connect-timeout", "PT1S",
                                "hoopoe.provider.call-margin", "PT0.5S"),
                        "test",
                        100))
                .build();
        assertThat(HttpLimits.of(config))
                .isEqualTo(new HttpLimits(
                        Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMillis(500), limits.answer()));
        assertThat(HttpLimits.of(new SmallRyeConfigBuilder().build())).isEqualTo(limits);
    }

    private static Deadline left(long millis) {
        return Deadline.in(Duration.ofMillis(millis), CLOCK);
    }
}
