package hoopoe.store.dispatch;

import hoopoe.batch.Batch;
import hoopoe.dispatch.Dispatch;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.batch.BatchItem;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.Table;
import hoopoe.store.table.Table.WriteResult;
import hoopoe.store.table.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Creates the missing dispatches of a batch. The last transaction marks the batch, and none is created afterwards: a dispatch
 * that TTL deleted is never made again.
 */
final class DispatchCreation {

    /** A transaction takes 100 writes; one of them is the batch. */
    private static final int AT_ONCE = 99;

    private final Table table;
    private final Batch batch;
    private final IntUnaryOperator sizes;
    private final Instant due;

    DispatchCreation(Table table, Batch batch, IntUnaryOperator sizes, Instant due) {
        this.table = table;
        this.batch = batch;
        this.sizes = sizes;
        this.due = due;
    }

    /** @return whether all exist now, created here or by another invocation */
    boolean finish(List<Integer> missing) {
        for (int from = 0; ; from += AT_ONCE) {
            boolean last = from + AT_ONCE >= missing.size();
            var some = missing.subList(from, last ? missing.size() : from + AT_ONCE);
            var put = put(some, last);
            if (put != Put.DONE || last) {
                return put != Put.LEFT;
            }
        }
    }

    private enum Put {
        DONE,
        /** Another invocation has created them all. */
        SPREAD,
        /** Conflicts outlasted the retries; the next run sees which are missing. */
        LEFT
    }

    private Put put(List<Integer> numbers, boolean last) {
        var left = new ArrayList<>(numbers);
        return ConflictRetry.until(table, ConflictRetry.PATIENCE, () -> {
                    var writeResult = table.transact(writes(left, last));
                    if (writeResult instanceof WriteResult.ConditionFailed conditionFailed) {
                        if (conditionFailed.by(0)) {
                            return Optional.of(Put.SPREAD);
                        }
                        left.removeAll(there(left, conditionFailed));
                    }
                    return writeResult.done() ? Optional.of(Put.DONE) : Optional.empty();
                })
                .orElse(Put.LEFT);
    }

    private static HashSet<Integer> there(List<Integer> numbers, WriteResult.ConditionFailed conditionFailed) {
        var there = new HashSet<Integer>();
        conditionFailed.standing().keySet().forEach(place -> there.add(numbers.get(place - 1)));
        return there;
    }

    private List<Write> writes(List<Integer> numbers, boolean last) {
        var writes = new ArrayList<Write>();
        writes.add(last ? mark() : unspread(Write.check(Keys.batch(batch.id()))));
        for (int n : numbers) {
            var dispatch = Dispatch.waiting(batch, n, sizes.applyAsInt(n), due);
            writes.add(Write.putNew(DispatchItem.of(dispatch)).attempt());
        }
        return writes;
    }

    private Write mark() {
        var mark = Write.update(Keys.batch(batch.id())).set(BatchItem.SPREAD, true);
        return unspread(DueIndex.set(mark, null)).attempt();
    }

    private static Write unspread(Write write) {
        return write.when("attribute_exists({pk}) AND attribute_not_exists({spread})");
    }
}
