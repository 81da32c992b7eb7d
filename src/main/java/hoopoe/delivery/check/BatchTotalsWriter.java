package hoopoe.delivery.check;

import hoopoe.batch.Batch;
import hoopoe.batch.BatchTotal;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.cancel.CancelResult;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.batch.BatchTotalsRepository;
import hoopoe.store.dispatch.DispatchRepository;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sums up what a settled batch of many dispatches comes to, for those who list it. */
public final class BatchTotalsWriter {

    /** Those of a batch with no more are read one by one. */
    public static final int FEW = 3;

    private final BatchRepository batchRepository;
    private final DispatchRepository dispatchRepository;
    private final BatchTotalsRepository totals;

    BatchTotalsWriter(
            BatchRepository batchRepository, DispatchRepository dispatchRepository, BatchTotalsRepository totals) {
        this.batchRepository = batchRepository;
        this.dispatchRepository = dispatchRepository;
        this.totals = totals;
    }

    /** Before a check of a dispatch ends. */
    void begin(Batch batch, int n) {
        if (batch.dispatches() > FEW && batch.settled().contains(n)) {
            totals.forget(batch);
        }
    }

    /**
     * After a check of a dispatch ended that leaves nothing due, and none of its batch is known to be due any more: all its
     * dispatches are read, a megabyte of a thousand (some 125 read units, strongly), which is why a tick does it once a batch.
     */
    void end(Batch batch) {
        batchRepository.find(batch.id()).filter(BatchTotalsWriter::isSettled).ifPresent(settled -> {
            int changes = totals.changes(settled);
            var all = dispatchRepository.of(settled);
            if (all.size() == settled.dispatches() && all.stream().allMatch(BatchTotalsWriter::isAtRest)) {
                totals.keep(settled, sum(settled, all), changes);
            }
        });
    }

    public static boolean isSettled(Batch batch) {
        return batch.settled().size() == batch.dispatches();
    }

    /** Whoever looks after a dispatch says so by leaving it due until they have written what they found. */
    private static boolean isAtRest(Dispatch dispatch) {
        return dispatch.due() == null && dispatch.countedAt() != null;
    }

    private static BatchTotal sum(Batch batch, List<Dispatch> all) {
        var counts = new TreeMap<String, Integer>();
        all.forEach(dispatch -> dispatch.counts().forEach((label, count) -> counts.merge(label, count, Integer::sum)));
        var result = CancelResult.of(batch, all);
        var refunded = result.refunded();
        return new BatchTotal(
                counts,
                oldest(all),
                cost(all),
                result.cancelled(),
                refunded == null ? null : new BigDecimal(refunded.amount()));
    }

    private static Instant oldest(List<Dispatch> all) {
        return all.stream()
                .map(Dispatch::countedAt)
                .map(Objects::requireNonNull)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Points that the provider took, less what it gave back; null where it said nothing. */
    public static @Nullable BigDecimal cost(List<Dispatch> dispatches) {
        return dispatches.stream()
                .filter(dispatch -> dispatch.cost() != null)
                .map(dispatch -> left(dispatch.cost(), dispatch.refunded()))
                .reduce(BigDecimal::add)
                .orElse(null);
    }

    private static BigDecimal left(BigDecimal taken, @Nullable BigDecimal refunded) {
        return refunded == null ? taken : taken.subtract(refunded);
    }
}
