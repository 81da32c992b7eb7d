package hoopoe.store.table;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses between tries of a write that met another, with full jitter, until it is over. Measures by itself, not by the clock of the records. */
public final class Backoff {

    private static final int FIRST_MILLIS = 20;
    private static final int LONGEST_MILLIS = 400;

    private final long until;
    private int bound = FIRST_MILLIS;

    public Backoff(Duration limit) {
        this.until = System.nanoTime() + limit.toNanos();
    }

    /** Waits a little. @return false where it is over, without having waited */
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
