package hoopoe.store.table;

import java.util.concurrent.ThreadLocalRandom;

/** The time in which a write is repeated: the machine's, whatever clock is injected, because a deadline of AWS goes by it. */
public interface Pauses {

    Pauses REAL = new Pauses() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public boolean pause(int bound) {
            try {
                Thread.sleep(1 + ThreadLocalRandom.current().nextInt(bound));
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    };

    /** As {@link System#nanoTime()}. */
    long nanoTime();

    /**
     * Waits for a random time.
     *
     * @param bound in milliseconds
     * @return false where the thread is interrupted
     */
    boolean pause(int bound);
}
