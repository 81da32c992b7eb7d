package hoopoe.delivery.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * When a provider is polled for a dispatch, by the dispatch's age: after the first check at 1, 2, 5, 10, 20, 40 min, 1.5, 3,
 * 6, 12, 24 h, then daily. A first check sooner than a minute is followed by others at twice the age each. A dispatch that the
 * provider holds for later is polled for daily until then.
 */
final class CheckIntervals {

    private static final Duration DAY = Duration.ofDays(1);
    private static final List<Duration> USUAL = LongStream.of(1, 2, 5, 10, 20, 40, 90, 180, 360, 720, 1440)
            .mapToObj(Duration::ofMinutes)
            .toList();

    private final List<Duration> ages = new ArrayList<>();

    /** @param first age of the first check; positive */
    CheckIntervals(Duration first) {
        for (var age = first; age.compareTo(USUAL.get(0)) < 0; age = age.multipliedBy(2)) {
            ages.add(age);
        }
        USUAL.stream().filter(age -> age.compareTo(first) >= 0).forEach(ages::add);
    }

    /**
     * The first instant for a check that is later than {@code after}.
     *
     * @param base the instant from which ages count
     */
    Instant next(Instant base, Instant after) {
        if (after.isBefore(base)) {
            return earlier(after.plus(DAY), base.plus(first()));
        }
        var age = Duration.between(base, after);
        return base.plus(ages.stream()
                .filter(next -> next.compareTo(age) > 0)
                .findFirst()
                .orElseGet(() -> DAY.multipliedBy(age.toDays() + 1)));
    }

    private Duration first() {
        return ages.isEmpty() ? DAY : ages.get(0);
    }

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
