package hoopoe.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the last calls of an endpoint ended.
 *
 * @param failures how many calls failed since the last that succeeded
 * @param firstFailedAt the first of them; null where there is none
 * @param lastFailedAt the last of them; null where there is none
 * @param probeAt when an endpoint that is failing is called again; null where it is not failing
 */
public record EndpointHealth(
        EndpointState state,
        int failures,
        @Nullable Instant firstFailedAt,
        @Nullable Instant lastFailedAt,
        @Nullable Instant probeAt) {

    /** Of a new endpoint, of one that answered, and of one that its caller enabled. */
    public static final EndpointHealth GOOD = new EndpointHealth(EndpointState.ENABLED, 0, null, null, null);

    /** So many failures in a row make an endpoint failing. */
    public static final int FAILING_AFTER = 5;

    /** An endpoint that failed so long, and never succeeded in between, is disabled. */
    public static final Duration DISABLED_AFTER = Duration.ofDays(5);

    /** How long a failing endpoint is left alone after each failure; the last for all that follow. */
    private static final List<Duration> PROBES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofMinutes(60));

    /** After one more failure. A disabled endpoint stays as it is. */
    public EndpointHealth failed(Instant now) {
        if (state == EndpointState.DISABLED) {
            return this;
        }
        int count = failures + 1;
        var first = firstFailedAt == null ? now : firstFailedAt;
        if (count < FAILING_AFTER) {
            return new EndpointHealth(EndpointState.ENABLED, count, first, now, null);
        }
        var next = new EndpointHealth(EndpointState.FAILING, count, first, now, now.plus(pause(count)));
        return Duration.between(first, now).compareTo(DISABLED_AFTER) < 0 ? next : next.disabled();
    }

    /** While a call tries whether the endpoint answers again: no other begins before a pause is over. */
    public EndpointHealth probed(Instant now) {
        return state == EndpointState.FAILING
                ? new EndpointHealth(state, failures, firstFailedAt, lastFailedAt, now.plus(pause(failures)))
                : this;
    }

    /** The failures stay visible. */
    public EndpointHealth disabled() {
        return new EndpointHealth(EndpointState.DISABLED, failures, firstFailedAt, lastFailedAt, null);
    }

    private static Duration pause(int failures) {
        return PROBES.get(Math.min(Math.max(failures - FAILING_AFTER, 0), PROBES.size() - 1));
    }
}
