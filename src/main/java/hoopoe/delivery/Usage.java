package hoopoe.delivery;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What messages took, by the label of their state.
 *
 * @param counts without states that no message has
 */
public record Usage(SortedMap<String, UsageCount> counts) {

    public static final Usage NONE = new Usage(new TreeMap<>());

    /**
     * @param segments over the air
     * @param points as the provider said; null where it said nothing
     * @param timed how many of the messages have a known time to delivery
     * @param seconds to the delivery, of these messages together
     */
    public record UsageCount(
            long messages, long segments, @Nullable BigDecimal points, long timed, long seconds) {

        public static final UsageCount NONE = new UsageCount(0, 0, null);

        /** Without times to delivery. */
        public UsageCount(long messages, long segments, @Nullable BigDecimal points) {
            this(messages, segments, points, 0, 0);
        }

        public UsageCount plus(UsageCount other) {
            return new UsageCount(
                    messages + other.messages,
                    segments + other.segments,
                    points == null || other.points == null
                            ? points == null ? other.points : points
                            : points.add(other.points),
                    timed + other.timed,
                    seconds + other.seconds);
        }

        private UsageCount negated() {
            return new UsageCount(-messages, -segments, points == null ? null : points.negate(), -timed, -seconds);
        }

        /** As {@link Usage#read} reads it. */
        private String text() {
            var parts = messages + ":" + segments + ':' + (points == null ? "" : points.toPlainString());
            return timed == 0 ? parts : parts + ':' + timed + ':' + seconds;
        }

        private static UsageCount read(String[] parts) {
            return new UsageCount(
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    parts[3].isEmpty() ? null : new BigDecimal(parts[3]),
                    parts.length == 4 ? 0 : Long.parseLong(parts[4]),
                    parts.length == 4 ? 0 : Long.parseLong(parts[5]));
        }

        /** Whether nothing is counted; points may be known to be none. */
        public boolean isZero() {
            return messages == 0
                    && segments == 0
                    && (points == null || points.signum() == 0)
                    && timed == 0
                    && seconds == 0;
        }
    }

    /** What has to be added to {@code before} to make it this, by state label. */
    public SortedMap<String, UsageCount> since(Usage before) {
        var changes = new TreeMap<String, UsageCount>();
        var states = new TreeSet<>(counts.keySet());
        states.addAll(before.counts.keySet());
        for (var state : states) {
            var then = before.counts.getOrDefault(state, UsageCount.NONE);
            var now = counts.getOrDefault(state, UsageCount.NONE);
            var change = now.plus(then.negated());
            // Points that become known count as known, also where they are none.
            if (!change.isZero() || now.points() != null && then.points() == null) {
                changes.put(state, change);
            }
        }
        return changes;
    }

    /**
     * As {@link #read} reads it: {@code delivered:500:600:500.0:490:2450,undelivered:3:3:} where the last has no points and no times to
     * delivery.
     */
    public String text() {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + ':' + count.getValue().text())
                .collect(Collectors.joining(","));
    }

    public static Usage read(String text) {
        return new Usage(Stream.of(text)
                .filter(some -> !some.isEmpty())
                .flatMap(some -> Arrays.stream(some.split(",")))
                .map(count -> count.split(":", -1))
                .collect(Collectors.toMap(parts -> parts[0], UsageCount::read, UsageCount::plus, TreeMap::new)));
    }

    /** @param caller who owns the messages */
    public record CallerUsage(String caller, Usage usage) {}

    /**
     * What the messages of one caller and account took, that are of batches of one hour.
     *
     * @param hour of the day, in UTC
     */
    public record HourUsage(String caller, String account, int hour, Map<String, UsageCount> counts) {}
}
