package hoopoe.batch.view;

import hoopoe.access.Grant;
import hoopoe.batch.Batch;
import hoopoe.batch.InvalidRecipient;
import hoopoe.batch.view.BatchStatusReader.BatchStatus;
import hoopoe.dispatch.Dispatch;
import hoopoe.message.Ulid;
import hoopoe.observability.Metrics;
import hoopoe.provider.Points;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.batch.RecipientRepository;
import hoopoe.store.dispatch.DecisionRepository;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads batches as the API shows them, in their current state. */
@ApplicationScoped
public class BatchReader {

    private static final Logger LOG = Logger.getLogger(BatchReader.class);

    private final BatchRepository batchRepository;
    private final DispatchRepository dispatchRepository;
    private final RecipientRepository recipientRepository;
    private final DecisionRepository decisionRepository;
    private final BatchStatusReader batchStatusReader;
    private final Metrics metrics;
    private final Clock clock;

    public BatchReader(
            BatchRepository batchRepository,
            DispatchRepository dispatchRepository,
            RecipientRepository recipientRepository,
            DecisionRepository decisionRepository,
            BatchStatusReader batchStatusReader,
            Metrics metrics,
            Clock clock) {
        this.batchRepository = batchRepository;
        this.dispatchRepository = dispatchRepository;
        this.recipientRepository = recipientRepository;
        this.decisionRepository = decisionRepository;
        this.batchStatusReader = batchStatusReader;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The current batch; empty where there is none of this id, or it is another caller's. */
    public Optional<Batch> find(String caller, String id) {
        return find(id).filter(batch -> batch.caller().equals(caller));
    }

    /** The same, and for an operator also a batch of another caller. */
    public Optional<Batch> find(Grant by, String id) {
        return find(id).filter(batch -> by.looksAfter(batch.caller()));
    }

    private Optional<Batch> find(String id) {
        return id.startsWith(Batch.PREFIX) && Ulid.isUlid(id.substring(Batch.PREFIX.length()))
                ? batchRepository
                        .find(id)
                        .filter(batch -> batch.lifetime().expires().isAfter(clock.instant()))
                : Optional.empty();
    }

    /** The whole batch in its current state. */
    public BatchView whole(Batch batch) {
        return whole(batch, Map.of());
    }

    /** @param candidates candidate references, by the number of the dispatch */
    public BatchView whole(Batch batch, Map<Integer, List<BatchView.Candidate>> candidates) {
        var there = dispatchRepository.of(batch);
        return whole(
                batch, there, recipientRepository.rejected(batch), batchStatusReader.current(batch, there), candidates);
    }

    /**
     * The whole batch right after its creation, when its dispatches hold all that is known. Where they cannot be read, it is
     * shown as created, because it is stored and will be sent.
     */
    public BatchView whole(Batch batch, List<InvalidRecipient> invalid) {
        var there = readable(batch);
        return whole(batch, there, invalid, batchStatusReader.checked(batch, there), Map.of());
    }

    private List<Dispatch> readable(Batch batch) {
        try {
            return dispatchRepository.of(batch);
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf(e, "batch %s is shown as it was admitted", batch.id());
            return List.of();
        }
    }

    /**
     * A row of a list, as of the last checks.
     *
     * @param read number of dispatches that were read for it
     */
    record BatchRow(BatchView batch, int read) {}

    /** A row of a list, as of the last checks. */
    public BatchView row(Batch batch) {
        return counted(batch).batch();
    }

    /** For a settled batch, reads its totals where they are stored; else all its dispatches. */
    BatchRow counted(Batch batch) {
        return batchStatusReader
                .stored(batch)
                .map(status -> new BatchRow(view(batch, status, null, null, null), 0))
                .orElseGet(() -> {
                    var there = dispatchRepository.of(batch);
                    var status = batchStatusReader.checked(batch, there);
                    return new BatchRow(view(batch, status, null, null, null), there.size());
                });
    }

    private BatchView whole(
            Batch batch,
            List<Dispatch> there,
            List<InvalidRecipient> invalid,
            BatchStatus batchStatus,
            Map<Integer, List<BatchView.Candidate>> candidates) {
        return view(
                batch,
                batchStatus,
                invalid.stream().limit(RecipientRepository.REJECTED_SHOWN).toList(),
                there.stream()
                        .map(dispatch ->
                                sending(dispatch, candidates.get(dispatch.id().n())))
                        .toList(),
                Timeline.of(batch, there, decisionRepository::of));
    }

    private static BatchView view(
            Batch batch,
            BatchStatus batchStatus,
            @Nullable List<InvalidRecipient> invalid,
            @Nullable List<BatchView.DispatchView> sendings,
            @Nullable List<BatchView.TimelineEntry> timeline) {
        var content = batch.content();
        return new BatchView(
                batch.id(),
                batchStatus.tally().state().label(),
                batch.account(),
                content.subject().isEmpty() ? null : content.subject(),
                content.reference(),
                batch.lifetime().created(),
                batch.window().sendAt(),
                seconds(batch.window().validity()),
                content.binary() == null ? null : Boolean.TRUE,
                batch.accepted(),
                batch.rejected(),
                invalid,
                batchStatus.tally().labelled(),
                batchStatus.tally().asOf(),
                Points.orNull(batchStatus.cost()),
                batch.summary(),
                batchStatus.cancellation(),
                sendings,
                timeline);
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }

    private static BatchView.DispatchView sending(Dispatch dispatch, @Nullable List<BatchView.Candidate> candidates) {
        var submission = dispatch.submission();
        return new BatchView.DispatchView(
                dispatch.id().n(),
                dispatch.state().label(),
                dispatch.size(),
                dispatch.claim().attempt(),
                submission.reference(),
                submission.submitted(),
                submission.code(),
                submission.text(),
                Points.orNull(submission.cost()),
                submission.unsent() == 0 ? null : submission.unsent(),
                dispatch.cancellation().deleted(),
                Points.orNull(dispatch.cancellation().refunded()),
                candidates);
    }
}
