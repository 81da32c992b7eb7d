package hoopoe.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimingTest {

    private final Timing timing = new Timing(new SmallRyeConfigBuilder().build());

    @Test
    void eachLimitHoldsTheNext() {
        assertThat(Timing.API).isGreaterThan(timing.function());
        assertThat(timing.function()).isGreaterThanOrEqualTo(timing.session().plus(timing.send()));
        assertThat(timing.send()).isGreaterThan(timing.call());
        assertThat(timing.call()).isGreaterThan(timing.connect());
        assertThat(timing.lease()).isPositive();
        assertThat(timing.untouched()).isGreaterThan(timing.function());
    }

    @Test
    void aRetryIsFullJitterBetweenFiveSecondsAndFiveMinutes() {
        assertThat(IntStream.range(0, 500).mapToObj(i -> timing.retry(1)))
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10)));
        var late = IntStream.range(0, 500).mapToObj(i -> timing.retry(40)).toList();
        assertThat(late)
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(5), Duration.ofMinutes(5)))
                .anySatisfy(pause -> assertThat(pause).isGreaterThan(Duration.ofMinutes(2)))
                .anySatisfy(pause -> assertThat(pause).isLessThan(Duration.ofMinutes(2)));
    }

    @Test
    void whatIsLeftAloneDoesNotComeBackAllAtOnce() {
        assertThat(IntStream.range(0, 500).mapToObj(i -> timing.silent()))
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(5), Duration.ofMinutes(5)))
                .anySatisfy(pause -> assertThat(pause).isGreaterThan(Duration.ofMinutes(3)))
                .anySatisfy(pause -> assertThat(pause).isLessThan(Duration.ofMinutes(2)));
        assertThat(IntStream.range(0, 500).mapToObj(i -> timing.behind()))
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ZERO, Duration.ofMinutes(1)))
                .anySatisfy(pause -> assertThat(pause).isGreaterThan(Duration.ofSeconds(30)));
    }
}
