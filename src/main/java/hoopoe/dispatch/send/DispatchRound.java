package hoopoe.dispatch.send;

import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.platform.Workers;
import hoopoe.provider.Deadline;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Sends many dispatches in one invocation, several at once, and skips accounts that cannot send now. */
@ApplicationScoped
public class DispatchRound {

    private static final Logger LOG = Logger.getLogger(DispatchRound.class);

    /** Concurrent calls for all accounts. */
    private static final int CALLS = 16;

    private final DispatchRepository dispatchRepository;
    private final Dispatcher dispatcher;

    public DispatchRound(DispatchRepository dispatchRepository, Dispatcher dispatcher) {
        this.dispatchRepository = dispatchRepository;
        this.dispatcher = dispatcher;
    }

    /**
     * Sends the dispatches that still wait. Those that it does not reach stay due.
     *
     * @return dispatches that our own failure left unprocessed
     */
    public Set<DispatchId> send(Collection<DispatchId> ids, Deadline deadline) {
        var failed = new HashSet<DispatchId>();
        var seen = new ArrayList<Dispatch>();
        for (var id : ids) {
            try {
                dispatchRepository.find(id).ifPresent(seen::add);
            } catch (RuntimeException | VirtualMachineError e) {
                LOG.errorf(e, "dispatch %s cannot be read", id);
                failed.add(id);
            }
        }
        failed.addAll(sendSeen(seen, deadline).failed());
        return failed;
    }

    /** The same for dispatches that were read already; each is read again before it is sent. */
    public UnprocessedDispatches sendSeen(Collection<Dispatch> seen, Deadline deadline) {
        var lanes = new LinkedHashMap<String, AccountQueue>();
        seen.forEach(
                dispatch -> lanes.computeIfAbsent(dispatch.account(), name -> new AccountQueue(dispatcher, deadline))
                        .add(dispatch));
        drive(lanes.values());
        return new UnprocessedDispatches(
                lanes.values().stream()
                        .flatMap(accountQueue -> accountQueue.failed().stream())
                        .collect(Collectors.toSet()),
                lanes.values().stream().flatMap(AccountQueue::left).collect(Collectors.toSet()));
    }

    private static void drive(Collection<AccountQueue> lanes) {
        if (lanes.isEmpty()) {
            return;
        }
        var pool = Executors.newFixedThreadPool(Math.min(CALLS, lanes.size() * AccountQueue.CALLS));
        try {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < AccountQueue.CALLS; i++) {
                lanes.forEach(accountQueue -> running.add(pool.submit(accountQueue)));
            }
            Workers.await(running);
        } finally {
            pool.shutdown();
        }
    }
}
