package hoopoe.local.lambda;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;

/**
 * The parts that all environments of a stack share.
 *
 * @param threads many: waiting for an event holds one an environment
 * @param clock for timeouts
 * @param log takes the output of the environments, line by line
 */
public record Workers(ExecutorService threads, ScheduledThreadPoolExecutor clock, Consumer<String> log)
        implements AutoCloseable {

    /** Daemon threads, ended by {@link #close()}. */
    public static Workers start(Consumer<String> log) {
        var clock = new ScheduledThreadPoolExecutor(1, work -> daemon(work, "lambda-clock"));
        clock.setRemoveOnCancelPolicy(true);
        return new Workers(Executors.newCachedThreadPool(work -> daemon(work, "lambda")), clock, log);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        threads.shutdownNow();
    }

    private static Thread daemon(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
