package hoopoe.batch.sending;

import hoopoe.batch.Counting;
import hoopoe.observability.Metrics;
import hoopoe.store.DispatchId;
import hoopoe.store.DispatchState;
import hoopoe.store.Dispatches;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Ends leases whose holders never said how the send ended: it may have been sent, so it is never sent again by itself. */
@ApplicationScoped
public class Reaper {

    private final Dispatches dispatches;
    private final Counting counting;
    private final Clock clock;

    public Reaper(Dispatches dispatches, Metrics metrics, Clock clock) {
        this.dispatches = dispatches;
        this.counting = new Counting(metrics, clock);
        this.clock = clock;
    }

    /** @return whether its lease had ended, and it is {@code unconfirmed} now */
    public boolean reap(DispatchId id) {
        var now = clock.instant();
        var reaped = dispatches
                .find(id)
                .filter(dispatch -> dispatch.state() == DispatchState.DISPATCHING)
                .filter(dispatch ->
                        dispatch.deadline() != null && !dispatch.deadline().isAfter(now))
                .filter(dispatch -> dispatches.reap(dispatch, now));
        reaped.ifPresent(dispatch -> counting.unconfirmed(dispatch.account(), dispatch.size()));
        return reaped.isPresent();
    }
}
