package hoopoe.local.gateway;

import hoopoe.local.template.ThrottleDefinition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A token bucket: full at first, a call takes a token. AWS counts by its best effort, this to the call. */
final class Throttle {

    private final ThrottleDefinition definition;
    private final Clock clock;
    private Instant filled;
    private double tokens;

    Throttle(ThrottleDefinition definition, Clock clock) {
        this.definition = definition;
        this.clock = clock;
        this.filled = clock.instant();
        this.tokens = definition.burst();
    }

    /** Whether one more call gets through. */
    synchronized boolean lets() {
        fill(clock.instant());
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    private void fill(Instant now) {
        var seconds = Duration.between(filled, now).toNanos() / 1e9;
        tokens = Math.min(definition.burst(), tokens + Math.max(0, seconds) * definition.rate());
        filled = now;
    }
}
