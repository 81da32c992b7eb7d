package hoopoe.provider;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The time at which an invocation, or a part of it, must be finished. */
public record Deadline(Clock clock, Instant at) {

    public static Deadline in(Duration duration, Clock clock) {
        return new Deadline(clock, clock.instant().plus(duration));
    }

    /** The time left; never negative. */
    public Duration left() {
        var left = Duration.between(clock.instant(), at);
        return left.isNegative() ? Duration.ZERO : left;
    }

    public boolean isOver() {
        return left().isZero();
    }

    public boolean leaves(Duration needed) {
        return left().compareTo(needed) >= 0;
    }

    /** The earlier of this deadline and {@code duration} from now. */
    public Deadline within(Duration duration) {
        var other = in(duration, clock);
        return other.at.isBefore(at) ? other : this;
    }

    /** A deadline earlier by {@code needed}, the time that must be left for something else. */
    public Deadline keeping(Duration needed) {
        return new Deadline(clock, at.minus(needed));
    }
}
