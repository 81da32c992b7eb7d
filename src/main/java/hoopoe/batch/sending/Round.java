package hoopoe.batch.sending;

import hoopoe.provider.Deadline;
import hoopoe.store.DispatchId;
import hoopoe.store.Dispatches;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/** Many dispatches in one invocation, several at once, none of an account that cannot send now. */
@ApplicationScoped
public class Round {

    private static final Logger LOG = Logger.getLogger(Round.class);

    /** Calls at once, of all accounts. */
    private static final int CALLS = 16;

    private final Dispatches dispatches;
    private final Dispatcher dispatcher;

    public Round(Dispatches dispatches, Dispatcher dispatcher) {
        this.dispatches = dispatches;
        this.dispatcher = dispatcher;
    }

    /**
     * Sends what still waits to be sent. What is not reached stays due.
     *
     * @return those that our own failure kept from being looked at
     */
    public Set<DispatchId> send(Collection<DispatchId> ids, Deadline deadline) {
        Set<DispatchId> failed = ConcurrentHashMap.newKeySet();
        var lanes = new LinkedHashMap<String, Lane>();
        for (var id : ids) {
            try {
                dispatches.find(id).ifPresent(dispatch -> lanes.computeIfAbsent(
                                dispatch.account(), name -> new Lane(dispatcher, deadline, failed))
                        .add(dispatch));
            } catch (RuntimeException e) {
                LOG.errorf(e, "dispatch %s cannot be read", id);
                failed.add(id);
            }
        }
        drive(lanes.values());
        return failed;
    }

    private static void drive(Collection<Lane> lanes) {
        if (lanes.isEmpty()) {
            return;
        }
        var pool = Executors.newFixedThreadPool(Math.min(CALLS, lanes.size() * Lane.CALLS));
        try {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < Lane.CALLS; i++) {
                lanes.forEach(lane -> running.add(pool.submit(lane)));
            }
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a lane ends by itself", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pool.shutdown();
        }
    }
}
