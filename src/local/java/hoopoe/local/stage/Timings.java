package hoopoe.local.stage;

import java.time.Duration;

/**
 * How long things take on a simulator's clock.
 *
 * @param report from the sending of a message to its fate
 * @param lateReport the same for a late one
 * @param reply from its fate to what its receiver writes back
 * @param callbackRepeat from a callback that was not taken to its repeat
 */
public record Timings(Duration report, Duration lateReport, Duration reply, Duration callbackRepeat) {

    /** As the local stack runs. */
    public static Timings usual() {
        return new Timings(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    /** For tests whose clock is not moved. */
    public static Timings quick() {
        return new Timings(
                Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMillis(50));
    }
}
