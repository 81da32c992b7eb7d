package hoopoe.dispatch.send;

import hoopoe.delivery.check.MessageMetrics;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.DispatchState;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Ends leases whose holders wrote no result: the dispatch may have been sent, so it is never sent again automatically. */
@ApplicationScoped
public class ExpiredLeases {

    private final DispatchRepository dispatchRepository;
    private final MessageMetrics messageMetrics;
    private final Clock clock;

    public ExpiredLeases(DispatchRepository dispatchRepository, MessageMetrics messageMetrics, Clock clock) {
        this.dispatchRepository = dispatchRepository;
        this.messageMetrics = messageMetrics;
        this.clock = clock;
    }

    /** @return whether the lease had ended, so that the dispatch is {@code unconfirmed} now */
    public boolean reap(DispatchId id) {
        var now = clock.instant();
        var reaped = dispatchRepository
                .find(id)
                .filter(dispatch -> dispatch.state() == DispatchState.DISPATCHING)
                .filter(dispatch -> dispatch.claim().deadline() != null
                        && !dispatch.claim().deadline().isAfter(now))
                .filter(dispatch -> dispatchRepository.reap(dispatch, now));
        reaped.ifPresent(dispatch -> messageMetrics.unconfirmed(dispatch.account(), dispatch.size()));
        return reaped.isPresent();
    }
}
