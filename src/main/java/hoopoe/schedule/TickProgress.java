package hoopoe.schedule;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What one tick has done so far; many threads write to it. */
final class TickProgress {

    final AtomicInteger due = new AtomicInteger();
    final AtomicInteger spread = new AtomicInteger();
    final AtomicInteger received = new AtomicInteger();
    final AtomicInteger reaped = new AtomicInteger();
    final AtomicInteger held = new AtomicInteger();
    final AtomicInteger checked = new AtomicInteger();
    final AtomicInteger putOff = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();

    /** @param oldest for how long the oldest item has been due */
    TickSummary summary(Duration oldest) {
        return new TickSummary(
                due.get(),
                oldest.toSeconds(),
                spread.get(),
                reaped.get(),
                received.get(),
                held.get(),
                checked.get(),
                putOff.get(),
                failed.get());
    }
}
