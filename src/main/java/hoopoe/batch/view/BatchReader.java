package hoopoe.batch.view;

import hoopoe.access.Grant;
import hoopoe.batch.Shown;
import hoopoe.batch.check.Evidence;
import hoopoe.batch.check.Summing;
import hoopoe.batch.erasure.EraseResult;
import hoopoe.message.Ulid;
import hoopoe.observability.Metrics;
import hoopoe.provider.Points;
import hoopoe.store.Batch;
import hoopoe.store.BatchTotals;
import hoopoe.store.Batches;
import hoopoe.store.Dispatch;
import hoopoe.store.Dispatches;
import hoopoe.store.Recipients;
import hoopoe.store.Rejected;
import hoopoe.store.Settlements;
import hoopoe.store.Totals;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Batches as the API shows them, read as they stand. */
@ApplicationScoped
public class BatchReader {

    /** Batches of at most so many dispatches are looked at message by message. */
    private static final int LIVE = 3;

    private static final Logger LOG = Logger.getLogger(BatchReader.class);

    private final Batches batches;
    private final Dispatches dispatches;
    private final Recipients recipients;
    private final Settlements settlements;
    private final BatchTotals totals;
    private final Evidence evidence;
    private final Metrics metrics;
    private final Clock clock;

    public BatchReader(
            Batches batches,
            Dispatches dispatches,
            Recipients recipients,
            Settlements settlements,
            BatchTotals totals,
            Evidence evidence,
            Metrics metrics,
            Clock clock) {
        this.batches = batches;
        this.dispatches = dispatches;
        this.recipients = recipients;
        this.settlements = settlements;
        this.totals = totals;
        this.evidence = evidence;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** As it is now; empty where it is none, or somebody else's. */
    public Optional<Batch> find(String caller, String id) {
        return find(id).filter(batch -> batch.caller().equals(caller));
    }

    /** The same for whoever may also look after those of others. */
    public Optional<Batch> find(Grant by, String id) {
        return find(id).filter(batch -> by.looksAfter(batch.caller()));
    }

    private Optional<Batch> find(String id) {
        return id.startsWith(Batch.PREFIX) && Ulid.isUlid(id.substring(Batch.PREFIX.length()))
                ? batches.find(id).filter(batch -> batch.expires().isAfter(clock.instant()))
                : Optional.empty();
    }

    /** All of it, as it stands now. */
    public BatchView whole(Batch batch) {
        return whole(batch, Map.of());
    }

    /** @param candidates for references, by the number of the dispatch */
    public BatchView whole(Batch batch, Map<Integer, List<BatchView.Candidate>> candidates) {
        var there = dispatches.of(batch);
        return whole(batch, there, recipients.rejected(batch), tally(batch, there), candidates);
    }

    /**
     * All of it, right after it was admitted: nobody has said anything yet that its dispatches do not know. Where they cannot
     * be read it is shown as it was admitted, since it is stored, and will be sent.
     */
    public BatchView whole(Batch batch, List<Rejected> invalid) {
        var there = readable(batch);
        return whole(batch, there, invalid, Tally.counted(batch, there, clock.instant()), Map.of());
    }

    private List<Dispatch> readable(Batch batch) {
        try {
            return dispatches.of(batch);
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf(e, "batch %s is shown as it was admitted", batch.id());
            return List.of();
        }
    }

    /**
     * A row of a list, as of the last checks.
     *
     * @param read how many dispatches were read for it
     */
    record Row(BatchView batch, int read) {}

    /** A row of a list, as of the last checks. */
    public BatchView row(Batch batch) {
        return counted(batch).batch();
    }

    /** Of one that is settled the totals are read, where they stand; else all its dispatches. */
    Row counted(Batch batch) {
        var kept = batch.dispatches() > Summing.FEW && Summing.isSettled(batch)
                ? totals.find(batch)
                : Optional.<Totals>empty();
        return kept.map(sum -> new Row(view(batch, Standing.of(batch, sum), null, null, null), 0))
                .orElseGet(() -> {
                    var there = dispatches.of(batch);
                    var tally = Tally.counted(batch, there, clock.instant());
                    return new Row(view(batch, Standing.of(batch, there, tally), null, null, null), there.size());
                });
    }

    private Tally tally(Batch batch, List<Dispatch> there) {
        if (batch.dispatches() > LIVE || there.size() < batch.dispatches()) {
            return Tally.counted(batch, there, clock.instant());
        }
        var counts = new ArrayList<Map<String, Integer>>();
        var settled = true;
        for (var dispatch : there) {
            var to = recipients.of(batch.id(), dispatch.n());
            var shown = new Shown(batch, dispatch, evidence.live(dispatch, to), clock.instant());
            counts.add(shown.counts(to));
            settled &= shown.isSettled(to);
        }
        return Tally.of(counts, settled, clock.instant());
    }

    private BatchView whole(
            Batch batch,
            List<Dispatch> there,
            List<Rejected> invalid,
            Tally tally,
            Map<Integer, List<BatchView.Candidate>> candidates) {
        return view(
                batch,
                Standing.of(batch, there, tally),
                invalid.stream().limit(Recipients.REJECTED_SHOWN).toList(),
                there.stream()
                        .map(dispatch -> sending(dispatch, candidates.get(dispatch.n())))
                        .toList(),
                Timeline.of(batch, there, settlements::of));
    }

    /** What its dispatches come to. */
    private record Standing(Tally tally, @Nullable BigDecimal cost, BatchView.@Nullable Erase cancellation) {

        static Standing of(Batch batch, List<Dispatch> there, Tally tally) {
            return new Standing(
                    tally,
                    Summing.cost(there),
                    batch.erase() == null ? null : cancellation(batch.erase(), EraseResult.of(batch, there)));
        }

        static Standing of(Batch batch, Totals totals) {
            var result = new EraseResult(totals.cancelled(), Points.orNull(totals.refunded()), 0);
            return new Standing(
                    Tally.of(List.of(totals.counts()), true, totals.countedAt()),
                    totals.cost(),
                    batch.erase() == null ? null : cancellation(batch.erase(), result));
        }

        private static BatchView.Erase cancellation(Instant wished, EraseResult result) {
            return new BatchView.Erase(wished, result.cancelled(), result.refunded(), result.pending());
        }
    }

    private static BatchView view(
            Batch batch,
            Standing standing,
            @Nullable List<Rejected> invalid,
            @Nullable List<BatchView.Sending> sendings,
            @Nullable List<BatchView.Entry> timeline) {
        return new BatchView(
                batch.id(),
                standing.tally().state().label(),
                batch.account(),
                batch.subject().isEmpty() ? null : batch.subject(),
                batch.reference(),
                batch.created(),
                batch.sendAt(),
                seconds(batch.validity()),
                batch.binary() == null ? null : Boolean.TRUE,
                batch.accepted(),
                batch.rejected(),
                invalid,
                standing.tally().labelled(),
                standing.tally().asOf(),
                Points.orNull(standing.cost()),
                batch.summary(),
                standing.cancellation(),
                sendings,
                timeline);
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }

    private static BatchView.Sending sending(Dispatch dispatch, @Nullable List<BatchView.Candidate> candidates) {
        return new BatchView.Sending(
                dispatch.n(),
                dispatch.state().label(),
                dispatch.size(),
                dispatch.attempt(),
                dispatch.reference(),
                dispatch.submitted(),
                dispatch.code(),
                dispatch.text(),
                Points.orNull(dispatch.cost()),
                dispatch.unsent() == 0 ? null : dispatch.unsent(),
                dispatch.deleted(),
                Points.orNull(dispatch.refunded()),
                candidates);
    }
}
