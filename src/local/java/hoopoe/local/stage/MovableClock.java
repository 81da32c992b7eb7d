package hoopoe.local.stage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** The simulator's time: it runs like the machine's, and can be moved ahead and back. */
public final class MovableClock extends Clock {
    private final Clock base;
    private final Runnable moved;
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    public MovableClock(Clock base, Runnable moved) {
        this.base = base;
        this.moved = moved;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(offset.get());
    }

    /** Moves ahead. Events that become due on the way have happened when this returns. */
    public void advance(Duration time) {
        offset.updateAndGet(before -> before.plus(time));
        moved.run();
    }

    /** Moves to this moment and runs on from there. */
    public void moveTo(Instant moment) {
        advance(Duration.between(instant(), moment));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Always in UTC: a simulator writes its own time where its wire has local times. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
