package hoopoe.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Looks again and again until something is as it should be, and fails after a bound that no healthy run comes near. */
public final class Await {

    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Await() {}

    /** @return what was seen at last */
    public static <T> T until(String what, Callable<T> look, Predicate<? super T> enough) throws Exception {
        long end = System.nanoTime() + BOUND.toNanos();
        T seen = look.call();
        while (!enough.test(seen)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never " + what + ", but at last: " + seen);
            }
            Thread.sleep(PAUSE.toMillis());
            seen = look.call();
        }
        return seen;
    }
}
