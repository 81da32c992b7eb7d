package hoopoe.store.table;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses, with full jitter, between tries of a write that met a conflict, until a limit in real time, whatever clock is
 * injected.
 */
public final class Backoff {

    private static final int FIRST_MILLIS = 20;
    private static final int LONGEST_MILLIS = 400;

    private final long until;
    private int bound = FIRST_MILLIS;

    public Backoff(Duration limit) {
        this.until = System.nanoTime() + limit.toNanos();
    }

    /** Waits for a random pause. @return false, without a pause, where the limit is over */
    public boolean again() {
        if (System.nanoTime() - until >= 0) {
            return false;
        }
        try {
            Thread.sleep(1 + ThreadLocalRandom.current().nextInt(bound));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        bound = Math.min(bound * 2, LONGEST_MILLIS);
        return true;
    }
}
