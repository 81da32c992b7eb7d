package hoopoe.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SystemClockTest {

    @Test
    void timesAreAsTheTableKeepsThem() {
        var clock = new SystemClock().clock();

        assertThat(IntStream.range(0, 100).map(i -> clock.instant().getNano() % 1_000_000))
                .containsOnly(0);
    }
}
