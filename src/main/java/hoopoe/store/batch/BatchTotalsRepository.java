package hoopoe.store.batch;

import hoopoe.batch.Batch;
import hoopoe.batch.BatchTotal;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * The totals of settled batches, so that a list need not read a thousand dispatches for a row. Totals are stored while no
 * dispatch is due, and deleted before a settled dispatch is written again, so stored totals are never older than their batch.
 */
@ApplicationScoped
public class BatchTotalsRepository {

    private static final String CHANGES = "changes";
    private static final String COUNTS = "counts";
    private static final String COUNTED_AT = "counted_at";
    private static final String COST = "cost";
    private static final String CANCELLED = "cancelled";
    private static final String REFUNDED = "refunded";

    private final Table table;

    public BatchTotalsRepository(Table table) {
        this.table = table;
    }

    public Optional<BatchTotal> find(Batch batch) {
        return table.get(Keys.totals(batch.id()))
                .filter(item -> item.has(COUNTED_AT))
                .map(item -> new BatchTotal(
                        item.counts(COUNTS),
                        item.requiredInstant(COUNTED_AT),
                        item.decimal(COST),
                        item.number(CANCELLED),
                        item.decimal(REFUNDED)));
    }

    /** How often the totals were deleted. To be read before the dispatches that the totals are made from. */
    public int changes(Batch batch) {
        return table.get(Keys.totals(batch.id()))
                .map(item -> item.number(CHANGES))
                .orElse(0);
    }

    /** Stores the totals, unless they were deleted since {@code changes} was read. */
    public void keep(Batch batch, BatchTotal batchTotal, int changes) {
        var write = Write.update(Keys.totals(batch.id()))
                .set(Attributes.KIND, "TOTALS")
                .set(COUNTS, batchTotal.counts())
                .set(COUNTED_AT, batchTotal.countedAt())
                .set(COST, batchTotal.cost())
                .set(CANCELLED, batchTotal.cancelled())
                .set(REFUNDED, batchTotal.refunded())
                .set(Attributes.EXPIRES_AT, batch.lifetime().expires().getEpochSecond())
                .attempt();
        ConflictRetry.apply(
                table,
                changes == 0 ? write.when("attribute_not_exists({changes})") : write.when("{changes} = ?", changes),
                "totals");
    }

    /** Deletes the totals, because a settled dispatch is about to be written again. */
    public void forget(Batch batch) {
        var write = Write.update(Keys.totals(batch.id()))
                .set(Attributes.KIND, "TOTALS")
                .add(CHANGES, 1)
                .remove(COUNTS)
                .remove(COUNTED_AT)
                .remove(COST)
                .remove(CANCELLED)
                .remove(REFUNDED)
                .set(Attributes.EXPIRES_AT, batch.lifetime().expires().getEpochSecond());
        ConflictRetry.apply(table, write, "totals");
    }
}
