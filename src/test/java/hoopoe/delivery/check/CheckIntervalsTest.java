package hoopoe.delivery.check;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.delivery.check.CheckSchedule.CheckIntervals;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckIntervalsTest {

    /** A day on which clocks change in much of the world, and not in Taipei. */
    private static final Instant BASE = LocalDateTime.of(2026, 3, 29, 1, 30)
            .atZone(ZoneId.of("Asia/Taipei"))
            .toInstant();

    @Test
    void growFromAMinuteToADay() {
        assertThat(minutes(new CheckIntervals(Duration.ofMinutes(1)), 14))
                .containsExactly(1L, 2L, 5L, 10L, 20L, 40L, 90L, 180L, 360L, 720L, 1440L, 2880L, 4320L, 5760L);
    }

    @Test
    void aSoonerFirstCheckIsFollowedByTwiceTheAgeEach() {
        var ages = new CheckIntervals(Duration.ofSeconds(1));
        var next = BASE;
        var seconds = new ArrayList<Long>();
        for (int i = 0; i < 8; i++) {
            next = ages.next(BASE, next);
            seconds.add(Duration.between(BASE, next).toSeconds());
        }
        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 120L);
    }

    @Test
    void aLaterFirstCheckLeavesTheEarlierOnesOut() {
        assertThat(minutes(new CheckIntervals(Duration.ofMinutes(7)), 3)).containsExactly(10L, 20L, 40L);
    }

    @Test
    void whatIsPlannedIsLookedAtDailyUntilThen() {
        var ages = new CheckIntervals(Duration.ofMinutes(1));

        assertThat(ages.next(BASE, BASE.minus(Duration.ofHours(60)))).isEqualTo(BASE.minus(Duration.ofHours(36)));
        assertThat(ages.next(BASE, BASE.minus(Duration.ofHours(12)))).isEqualTo(BASE.plusSeconds(60));
    }

    private static List<Long> minutes(CheckIntervals ages, int count) {
        var minutes = new ArrayList<Long>();
        var next = BASE;
        for (int i = 0; i < count; i++) {
            next = ages.next(BASE, next);
            minutes.add(Duration.between(BASE, next).toMinutes());
        }
        return minutes;
    }
}
