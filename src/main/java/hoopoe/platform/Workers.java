package hoopoe.platform;

import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Waits for parallel workers. */
final class Workers {

    private Workers() {}

    /**
     * Returns when all have ended, with or without failure: Lambda freezes threads that still run when a function returns, even
     * in the middle of a send.
     *
     * @throws IllegalStateException with the first failure of a worker; an {@link Error} is thrown as it is
     */
    static void await(Collection<? extends Future<?>> running) {
        @Nullable Throwable failure = null;
        for (var one : running) {
            var failed = failure(one);
            failure = failure == null ? failed : failure;
        }
        if (failure instanceof Error error) {
            throw error;
        } else if (failure != null) {
            throw new IllegalStateException("a worker failed", failure);
        }
    }

    private static @Nullable Throwable failure(Future<?> running) {
        try {
            running.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
