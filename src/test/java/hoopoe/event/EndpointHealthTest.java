package hoopoe.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndpointHealthTest {

    private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");

    private static EndpointHealth after(int failures) {
        return IntStream.range(0, failures)
                .boxed()
                .reduce(EndpointHealth.GOOD, (health, i) -> health.failed(NOW.plusSeconds(i)), (a, b) -> b);
    }

    @Test
    void fiveFailuresInARowMakeItFailing() {
        assertThat(after(4)).isEqualTo(new EndpointHealth(EndpointState.ENABLED, 4, NOW, NOW.plusSeconds(3), null));
        assertThat(after(5))
                .isEqualTo(
                        new EndpointHealth(EndpointState.FAILING, 5, NOW, NOW.plusSeconds(4), NOW.plusSeconds(4 + 60)));
    }

    @Test
    void itIsTriedLessAndLessOften() {
        for (var expected : new int[][] {{5, 1}, {6, 5}, {7, 15}, {8, 30}, {9, 60}, {10, 60}, {50, 60}}) {
            var health = after(expected[0]);

            assertThat(Duration.between(health.lastFailedAt(), health.probeAt()))
                    .isEqualTo(Duration.ofMinutes(expected[1]));
        }
    }

    @Test
    void aProbeKeepsOthersAwayForAPause() {
        var later = NOW.plus(Duration.ofHours(3));

        assertThat(after(7).probed(later).probeAt()).isEqualTo(later.plus(Duration.ofMinutes(15)));
        assertThat(after(4).probed(later)).isEqualTo(after(4));
    }

    @Test
    void onlyWhoFailedForFiveDaysIsDisabled() {
        var end = NOW.plus(EndpointHealth.DISABLED_AFTER);

        assertThat(after(5).failed(end.minusMillis(1)).state()).isEqualTo(EndpointState.FAILING);
        assertThat(after(5).failed(end)).isEqualTo(new EndpointHealth(EndpointState.DISABLED, 6, NOW, end, null));
        assertThat(after(3).failed(end).state()).as("too few").isEqualTo(EndpointState.ENABLED);
        assertThat(after(4).failed(end).state()).as("five in all").isEqualTo(EndpointState.DISABLED);
    }

    @Test
    void whatIsDisabledStaysSo() {
        var disabled = after(3).disabled();

        assertThat(disabled.failed(NOW.plusSeconds(60))).isEqualTo(disabled);
        assertThat(disabled.probed(NOW.plusSeconds(60))).isEqualTo(disabled);
    }
}
