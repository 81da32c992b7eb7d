package hoopoe.batch.view;

import hoopoe.batch.Batch;
import hoopoe.batch.BatchTotal;
import hoopoe.delivery.check.BatchTotalsWriter;
import hoopoe.delivery.check.StatusEvidence;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.cancel.CancelResult;
import hoopoe.provider.Points;
import hoopoe.store.batch.BatchTotalsRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sums up the status of batches: message by message, as of the last checks, or from totals that are stored. */
@ApplicationScoped
public class BatchStatusReader {

    /** Batches of at most this many dispatches are counted message by message. */
    private static final int LIVE = 3;

    private final BatchTotalsRepository totals;
    private final StatusEvidence statusEvidence;
    private final Clock clock;

    public BatchStatusReader(BatchTotalsRepository totals, StatusEvidence statusEvidence, Clock clock) {
        this.totals = totals;
        this.statusEvidence = statusEvidence;
        this.clock = clock;
    }

    /** As it stands now; of a batch of many dispatches as of the last checks. */
    BatchStatus current(Batch batch, List<Dispatch> there) {
        return BatchStatus.of(batch, there, counts(batch, there));
    }

    /** As of the last checks. */
    BatchStatus checked(Batch batch, List<Dispatch> there) {
        return BatchStatus.of(batch, there, StatusCounts.counted(batch, there, clock.instant()));
    }

    /** Of a settled batch whose totals are stored; else empty. */
    Optional<BatchStatus> stored(Batch batch) {
        var kept = batch.dispatches() > BatchTotalsWriter.FEW && BatchTotalsWriter.isSettled(batch)
                ? totals.find(batch)
                : Optional.<BatchTotal>empty();
        return kept.map(batchTotal -> BatchStatus.of(batch, batchTotal));
    }

    private StatusCounts counts(Batch batch, List<Dispatch> there) {
        if (batch.dispatches() > LIVE || there.size() < batch.dispatches()) {
            return StatusCounts.counted(batch, there, clock.instant());
        }
        var counts = new ArrayList<Map<String, Integer>>();
        var settled = true;
        for (var dispatch : there) {
            var live = statusEvidence.live(batch, dispatch, clock.instant());
            counts.add(live.status().counts(live.recipients()));
            settled &= live.status().isSettled(live.recipients());
        }
        return StatusCounts.of(counts, settled, clock.instant());
    }

    /** The sums over the dispatches of a batch. */
    record BatchStatus(
            StatusCounts tally, @Nullable BigDecimal cost, BatchView.@Nullable CancellationView cancellation) {

        static BatchStatus of(Batch batch, List<Dispatch> there, StatusCounts statusCounts) {
            return new BatchStatus(
                    statusCounts,
                    BatchTotalsWriter.cost(there),
                    batch.progress().erase() == null
                            ? null
                            : cancellation(batch.progress().erase(), CancelResult.of(batch, there)));
        }

        static BatchStatus of(Batch batch, BatchTotal batchTotal) {
            var result = new CancelResult(batchTotal.cancelled(), Points.orNull(batchTotal.refunded()), 0);
            return new BatchStatus(
                    StatusCounts.of(List.of(batchTotal.counts()), true, batchTotal.countedAt()),
                    batchTotal.cost(),
                    batch.progress().erase() == null
                            ? null
                            : cancellation(batch.progress().erase(), result));
        }

        private static BatchView.CancellationView cancellation(Instant wished, CancelResult result) {
            return new BatchView.CancellationView(wished, result.cancelled(), result.refunded(), result.pending());
        }
    }
}
