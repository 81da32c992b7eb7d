package hoopoe.delivery.check;

import hoopoe.batch.Batch;
import hoopoe.batch.BatchTotal;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.cancel.CancelResult;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.batch.BatchTotalsRepository;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the totals of a settled batch of many dispatches, for lists of batches. */
@ApplicationScoped
public class BatchTotalsWriter {

    /** A batch with at most so many dispatches has no totals: they are read one by one. */
    public static final int FEW = 3;

    private final BatchRepository batchRepository;
    private final DispatchRepository dispatchRepository;
    private final BatchTotalsRepository totals;

    public BatchTotalsWriter(
            BatchRepository batchRepository, DispatchRepository dispatchRepository, BatchTotalsRepository totals) {
        this.batchRepository = batchRepository;
        this.dispatchRepository = dispatchRepository;
        this.totals = totals;
    }

    /** To be called before a check of a dispatch ends. */
    void begin(Batch batch, int n) {
        if (batch.dispatches() > FEW && batch.progress().settled().contains(n)) {
            totals.forget(batch);
        }
    }

    /**
     * To be called after a check that leaves its dispatch not due, once no other dispatch of the batch is known to be due.
     * Reads all dispatches: a megabyte for a thousand (some 125 read units, strongly), which is why a tick does it once a
     * batch.
     */
    public void end(Batch batch) {
        batchRepository.find(batch.id()).filter(BatchTotalsWriter::isSettled).ifPresent(settled -> {
            int changes = totals.changes(settled);
            var all = dispatchRepository.of(settled);
            if (all.size() == settled.dispatches() && all.stream().allMatch(BatchTotalsWriter::isAtRest)) {
                totals.keep(settled, sum(settled, all), changes);
            }
        });
    }

    public static boolean isSettled(Batch batch) {
        return batch.progress().settled().size() == batch.dispatches();
    }

    /** A check leaves its dispatch due until it has written its result. */
    private static boolean isAtRest(Dispatch dispatch) {
        return dispatch.due() == null && dispatch.checks().countedAt() != null;
    }

    private static BatchTotal sum(Batch batch, List<Dispatch> all) {
        var counts = new TreeMap<String, Integer>();
        all.forEach(dispatch ->
                dispatch.checks().counts().forEach((label, count) -> counts.merge(label, count, Integer::sum)));
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
                .map(dispatch -> dispatch.checks().countedAt())
                .map(Objects::requireNonNull)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Points that the provider took, less those that it gave back; null where it said nothing. */
    public static @Nullable BigDecimal cost(List<Dispatch> dispatches) {
        return dispatches.stream()
                .filter(dispatch -> dispatch.submission().cost() != null)
                .map(dispatch -> left(
                        dispatch.submission().cost(), dispatch.cancellation().refunded()))
                .reduce(BigDecimal::add)
                .orElse(null);
    }

    private static BigDecimal left(BigDecimal taken, @Nullable BigDecimal refunded) {
        return refunded == null ? taken : taken.subtract(refunded);
    }
}
