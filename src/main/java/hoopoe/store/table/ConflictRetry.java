package hoopoe.store.table;

import hoopoe.store.table.Table.WriteResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Repeats a write while other writers write the same item, with pauses of full jitter. Only its condition refuses it. */
public final class ConflictRetry {

    /** How long a write is repeated that nothing else limits. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int FIRST_MILLIS = 20;
    private static final int LONGEST_MILLIS = 400;

    private ConflictRetry() {}

    /** Conflicts with other writers outlasted the retries. Nothing was written; trying later is safe. */
    public static class ContentionException extends RuntimeException {

        private static final long serialVersionUID = 1;

        public ContentionException(String what) {
            super("contended: " + what);
        }
    }

    /**
     * @return whether it was written; false where its condition did not hold
     * @throws ContentionException where the conflicts outlast the retries
     */
    public static boolean apply(Table table, Write write, String what) {
        return isDone(settle(table, () -> table.apply(write)), what);
    }

    /** The same for several writes, all or none. */
    public static boolean transact(Table table, List<Write> writes, String what) {
        return isDone(settle(table, () -> table.transact(writes)), what);
    }

    /** @param writes made anew for each try, by how often it was tried; where others write the same items, it may write others */
    public static boolean transact(Table table, IntFunction<List<Write>> writes, String what) {
        var tried = new AtomicInteger();
        return isDone(settle(table, () -> table.transact(writes.apply(tried.getAndIncrement()))), what);
    }

    private static boolean isDone(WriteResult writeResult, String what) {
        if (writeResult instanceof WriteResult.Conflict) {
            throw new ContentionException(what);
        }
        return writeResult.done();
    }

    /** @return the last result; a conflict only where the conflicts outlast the retries */
    public static WriteResult settle(Table table, Supplier<WriteResult> write) {
        return until(table, PATIENCE, () -> Optional.of(write.get())
                        .filter(tried -> !(tried instanceof WriteResult.Conflict)))
                .orElseGet(WriteResult.Conflict::new);
    }

    /**
     * Repeats an attempt that is not refused, but may come to nothing. It is made at least once.
     *
     * @param limit by the table's {@link Pauses}, whatever clock is injected
     * @return what the attempt made; empty where all attempts until the limit made nothing
     */
    public static <T> Optional<T> until(Table table, Duration limit, Supplier<Optional<T>> attempt) {
        var pauses = table.pauses();
        long end = pauses.nanoTime() + limit.toNanos();
        int bound = FIRST_MILLIS;
        while (true) {
            var made = attempt.get();
            if (made.isPresent() || pauses.nanoTime() - end >= 0 || !pauses.pause(bound)) {
                return made;
            }
            bound = Math.min(bound * 2, LONGEST_MILLIS);
        }
    }
}
