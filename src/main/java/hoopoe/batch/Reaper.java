package hoopoe.batch;

import hoopoe.store.DispatchId;
import hoopoe.store.DispatchState;
import hoopoe.store.Dispatches;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Ends leases whose holders never said how the send ended: it may have been sent, so it is never sent again by itself. */
@ApplicationScoped
public class Reaper {

    private final Dispatches dispatches;
    private final Clock clock;

    public Reaper(Dispatches dispatches, Clock clock) {
        this.dispatches = dispatches;
        this.clock = clock;
    }

    /** @return whether its lease had ended, and it is {@code unconfirmed} now */
    public boolean reap(DispatchId id) {
        var now = clock.instant();
        return dispatches
                .find(id)
                .filter(dispatch -> dispatch.state() == DispatchState.DISPATCHING)
                .filter(dispatch ->
                        dispatch.deadline() != null && !dispatch.deadline().isAfter(now))
                .filter(dispatch -> dispatches.reap(dispatch, now))
                .isPresent();
    }
}
