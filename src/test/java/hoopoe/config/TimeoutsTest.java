package hoopoe.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimeoutsTest {

    private final Timeouts timeouts = new Timeouts(new SmallRyeConfigBuilder().build());

    /** API Gateway's own limit; not a setting. */
    private static final Duration API = Duration.ofSeconds(30);

    @Test
    void eachLimitHoldsTheNext() {
        assertThat(API).isGreaterThan(timeouts.function());
        assertThat(timeouts.function())
                .isGreaterThanOrEqualTo(timeouts.session().plus(timeouts.send()));
        assertThat(timeouts.send()).isGreaterThan(timeouts.call());
        assertThat(timeouts.call()).isGreaterThan(timeouts.connect());
        assertThat(timeouts.lease()).isPositive();
        assertThat(timeouts.untouched()).isGreaterThan(timeouts.function());
    }

    @Test
    void aRetryIsFullJitterBetweenFiveSecondsAndFiveMinutes() {
        assertThat(IntStream.range(0, 500).mapToObj(i -> timeouts.retry(1)))
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10)));
        var late = IntStream.range(0, 500).mapToObj(i -> timeouts.retry(40)).toList();
        assertThat(late)
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(5), Duration.ofMinutes(5)))
                .anySatisfy(pause -> assertThat(pause).isGreaterThan(Duration.ofMinutes(2)))
                .anySatisfy(pause -> assertThat(pause).isLessThan(Duration.ofMinutes(2)));
    }

    @Test
    void whatIsLeftAloneDoesNotComeBackAllAtOnce() {
        assertThat(IntStream.range(0, 500).mapToObj(i -> timeouts.silent()))
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(5), Duration.ofMinutes(5)))
                .anySatisfy(pause -> assertThat(pause).isGreaterThan(Duration.ofMinutes(3)))
                .anySatisfy(pause -> assertThat(pause).isLessThan(Duration.ofMinutes(2)));
        assertThat(IntStream.range(0, 500).mapToObj(i -> timeouts.behind()))
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ZERO, Duration.ofMinutes(1)))
                .anySatisfy(pause -> assertThat(pause).isGreaterThan(Duration.ofSeconds(30)));
    }
}
