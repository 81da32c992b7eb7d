package hoopoe.store.dispatch;

import hoopoe.dispatch.DispatchId;
import hoopoe.store.DueIndex;
import hoopoe.store.Keys;
import hoopoe.store.batch.BatchItem;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Stores that a batch is cancelled, and the result for each of its dispatches. */
@ApplicationScoped
public class CancellationRepository {

    private final Table table;

    public CancellationRepository(Table table) {
        this.table = table;
    }

    /**
     * Marks the batch as cancelled: a send that begins afterwards sends nothing of it. An existing mark stays.
     *
     * @return false where conflicts with other writers outlast the retries, or the batch is gone
     */
    public boolean mark(String batch, Instant now) {
        var mark = Write.update(Keys.batch(batch))
                .set(BatchItem.ERASE, now)
                .when("attribute_exists({pk}) AND attribute_not_exists({erase})")
                .attempt();
        return write(mark)
                || table.get(Keys.batch(batch))
                        .filter(item -> item.has(BatchItem.ERASE))
                        .isPresent();
    }

    /**
     * Stores the result of a cancellation. It replaces an earlier result only where it knows the refund and that one does not.
     *
     * @param refunded points; null where the provider did not say
     * @param due when to poll the provider for the state of each message
     */
    public void keep(DispatchId dispatch, int deleted, @Nullable BigDecimal refunded, Instant due) {
        var write = DueIndex.set(counted(dispatch), due)
                .set(DispatchItem.DELETED, deleted)
                .set(DispatchItem.REFUNDED, refunded)
                .checkAttempt();
        write(
                refunded == null
                        ? write.when("attribute_exists({pk}) AND attribute_not_exists({deleted})")
                        : write.when("attribute_exists({pk})"
                                + " AND (attribute_not_exists({deleted}) OR attribute_not_exists({refunded}))"));
    }

    /** Makes the dispatch due by then at the latest. */
    public void wake(DispatchId dispatch, Instant due) {
        var soon = DueIndex.upTo(due);
        if (!write(counted(dispatch).when("attribute_exists({pk}) AND {due_at} <= ?", soon))) {
            write(DueIndex.set(counted(dispatch), due)
                    .when("attribute_exists({pk}) AND (attribute_not_exists({due_at}) OR {due_at} > ?)", soon));
        }
    }

    private boolean write(Write write) {
        return ConflictRetry.settle(table, () -> table.apply(write)).done();
    }

    /** Counts it like a callback: a running check may not know of the mark, and must not put off the next one. */
    private static Write counted(DispatchId id) {
        return Write.update(Keys.dispatch(id.batch(), id.n())).add(DispatchItem.EVENTS, 1);
    }
}
