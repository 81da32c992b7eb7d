package hoopoe.batch.sending;

import hoopoe.config.Timeouts;
import hoopoe.store.Batch;
import hoopoe.store.Batches;
import hoopoe.store.Dispatches;
import hoopoe.store.NewBatch;
import hoopoe.store.Recipients;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** Brings the dispatches of a batch to be. */
@ApplicationScoped
public class Spread {

    private final Batches batches;
    private final Dispatches dispatches;
    private final Recipients recipients;
    private final Timeouts timeouts;
    private final Clock clock;

    public Spread(Batches batches, Dispatches dispatches, Recipients recipients, Timeouts timeouts, Clock clock) {
        this.batches = batches;
        this.dispatches = dispatches;
        this.recipients = recipients;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    /** Of one that was stored a moment ago. */
    public void start(NewBatch added) {
        var batch = added.batch();
        dispatches.spread(batch, n -> added.recipients().get(n).size(), due());
    }

    /**
     * Finishes what somebody began and did not end. For whoever finds a batch due.
     *
     * @return whether all dispatches are there now; else the batch stays due
     */
    public boolean finish(String id) {
        return batches.find(id).map(this::finish).orElse(true);
    }

    private boolean finish(Batch batch) {
        return batch.spread()
                || dispatches.spread(batch, n -> recipients.of(batch.id(), n).size(), due());
    }

    private Instant due() {
        return clock.instant().plus(timeouts.untouched());
    }
}
