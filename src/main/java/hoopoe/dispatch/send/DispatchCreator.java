package hoopoe.dispatch.send;

import hoopoe.batch.Batch;
import hoopoe.config.Timeouts;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.batch.NewBatch;
import hoopoe.store.batch.RecipientRepository;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** Creates the dispatches of a batch. */
@ApplicationScoped
public class DispatchCreator {

    private final BatchRepository batchRepository;
    private final DispatchRepository dispatchRepository;
    private final RecipientRepository recipientRepository;
    private final Timeouts timeouts;
    private final Clock clock;

    public DispatchCreator(
            BatchRepository batchRepository,
            DispatchRepository dispatchRepository,
            RecipientRepository recipientRepository,
            Timeouts timeouts,
            Clock clock) {
        this.batchRepository = batchRepository;
        this.dispatchRepository = dispatchRepository;
        this.recipientRepository = recipientRepository;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    /** For a batch that was stored a moment ago. */
    public void start(NewBatch added) {
        var batch = added.batch();
        dispatchRepository.spread(batch, n -> added.recipients().get(n).size(), due());
    }

    /**
     * Finishes a due batch whose dispatches another invocation began to create.
     *
     * @return whether all dispatches exist now; else the batch stays due
     */
    public boolean finish(String id) {
        return batchRepository.find(id).map(this::finish).orElse(true);
    }

    private boolean finish(Batch batch) {
        return batch.progress().spread()
                || dispatchRepository.spread(
                        batch, n -> recipientRepository.of(batch.id(), n).size(), due());
    }

    private Instant due() {
        return clock.instant().plus(timeouts.untouched());
    }
}
