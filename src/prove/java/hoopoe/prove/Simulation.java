package hoopoe.prove;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Plays histories: one alone, or those of many seeds on all processors. */
final class Simulation {

    /** How one history went. @param breach null where all invariants held */
    record Outcome(Plan plan, @Nullable Breach breach, List<Integer> faults, int effects, String story, String hash) {
        boolean isGood() {
            return breach == null;
        }
    }

    /** How the histories of many seeds went. @param failed by their seeds, the lowest first */
    record Summary(long seeds, long effects, List<Outcome> failed, Duration took) {

        double rate() {
            return seeds / Math.max(0.001, took.toMillis() / 1000.0);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d seeds, %d effects, %.0f seeds a second, %d failed",
                    seeds,
                    effects,
                    rate(),
                    failed.size());
        }
    }

    private Simulation() {}

    static Outcome play(Plan plan, ExecutorService threads, boolean isTold) {
        var history = plan.history(threads, isTold);
        Breach breach = null;
        try {
            history.play();
        } catch (Breach e) {
            breach = e;
        } catch (RuntimeException e) {
            breach = new Breach("nothing escapes", e.toString(), e);
        }
        return new Outcome(
                plan,
                breach,
                history.scheduler().happened(),
                history.scheduler().effects(),
                history.story().text(),
                history.story().hash());
    }

    /**
     * Plays seeds from {@code first} on, on all processors.
     *
     * @param progress is told how many are done
     * @param stopsAtFirst whether the first failure ends it
     */
    static Summary run(long first, long seeds, boolean stopsAtFirst, LongConsumer progress) {
        var next = new AtomicLong(first);
        var done = new AtomicLong();
        var effects = new AtomicLong();
        var failed = new ConcurrentSkipListMap<Long, Outcome>();
        long begin = System.nanoTime();
        var players = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            players.execute(() -> {
                var threads = threads();
                try {
                    for (long seed = next.getAndIncrement();
                            seed < first + seeds && !(stopsAtFirst && !failed.isEmpty());
                            seed = next.getAndIncrement()) {
                        for (var kind : Plan.Kind.values()) {
                            var outcome = play(Plan.of(seed, kind), threads, false);
                            effects.addAndGet(outcome.effects());
                            if (!outcome.isGood()) {
                                failed.putIfAbsent(seed, outcome);
                            }
                        }
                        progress.accept(done.incrementAndGet());
                    }
                } finally {
                    threads.shutdown();
                }
            });
        }
        players.shutdown();
        try {
            players.awaitTermination(1, TimeUnit.DAYS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Summary(
                done.get(), effects.get(), List.copyOf(failed.values()), Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Threads of workers. They wait for each other, so there is no bound. */
    static ExecutorService threads() {
        return Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "worker");
            thread.setDaemon(true);
            return thread;
        });
    }
}
