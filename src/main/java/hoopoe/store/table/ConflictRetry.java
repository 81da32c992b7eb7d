package hoopoe.store.table;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Repeats a write while other writers write the same item. Only its condition refuses it. */
public final class ConflictRetry {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private ConflictRetry() {}

    /**
     * @return whether it was written; false where its condition did not hold
     * @throws ContentionException where the conflicts outlast the retries
     */
    public static boolean apply(Table table, Write write, String what) {
        return insist(() -> table.apply(write), what);
    }

    /** The same for several writes, all or none. */
    public static boolean transact(Table table, List<Write> writes, String what) {
        return insist(() -> table.transact(writes), what);
    }

    private static boolean insist(Supplier<Table.WriteResult> write, String what) {
        var backoff = new Backoff(PATIENCE);
        do {
            var writeResult = write.get();
            if (!(writeResult instanceof Table.WriteResult.Conflict)) {
                return writeResult.done();
            }
        } while (backoff.again());
        throw new ContentionException(what);
    }
}
