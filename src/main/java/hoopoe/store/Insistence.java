package hoopoe.store;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A write that is repeated while others write the same item: only its condition refuses it. */
final class Insistence {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Insistence() {}

    /**
     * @return whether it was written; false where its condition did not hold
     * @throws Contended where others do not let it through
     */
    static boolean apply(Table table, Write write, String what) {
        return insist(() -> table.apply(write), what);
    }

    /** The same of several, all or none. */
    static boolean transact(Table table, List<Write> writes, String what) {
        return insist(() -> table.transact(writes), what);
    }

    private static boolean insist(Supplier<Table.Written> write, String what) {
        var patience = new Patience(PATIENCE);
        do {
            var written = write.get();
            if (!(written instanceof Table.Written.Conflict)) {
                return written.done();
            }
        } while (patience.again());
        throw new Contended(what);
    }
}
