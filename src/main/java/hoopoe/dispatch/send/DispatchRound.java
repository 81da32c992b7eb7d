package hoopoe.dispatch.send;

import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.send.Dispatcher.DispatchOutcome;
import hoopoe.platform.FairScheduler;
import hoopoe.platform.WorkerPools;
import hoopoe.provider.Deadline;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;

/** Sends many dispatches in one invocation, several at once, and skips accounts that cannot send now. */
@ApplicationScoped
public class DispatchRound {

    private static final Logger LOG = Logger.getLogger(DispatchRound.class);

    /** Concurrent calls for all accounts. */
    private static final int CALLS = 16;

    private static final int CALLS_OF_AN_ACCOUNT = 4;

    /** After so many dispatches that an account cannot send now, its others are left alone. */
    private static final int REFUSALS = 1;

    private final DispatchRepository dispatchRepository;
    private final Dispatcher dispatcher;
    private final WaitingDispatches waitingDispatches;
    private final WorkerPools workerPools;

    public DispatchRound(
            DispatchRepository dispatchRepository,
            Dispatcher dispatcher,
            WaitingDispatches waitingDispatches,
            WorkerPools workerPools) {
        this.dispatchRepository = dispatchRepository;
        this.dispatcher = dispatcher;
        this.waitingDispatches = waitingDispatches;
        this.workerPools = workerPools;
    }

    /**
     * Shares the sends of one or several rounds among accounts.
     *
     * @param calls how many calls may go to an account at once; of sends it is four at most
     */
    public static FairScheduler scheduler(ToIntFunction<String> calls) {
        return new FairScheduler(account -> Math.min(CALLS_OF_AN_ACCOUNT, calls.applyAsInt(account)), REFUSALS);
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
        failed.addAll(sendSeen(seen, deadline, scheduler(account -> CALLS_OF_AN_ACCOUNT))
                .failed());
        return failed;
    }

    /**
     * The same for dispatches that were read already; each is read again before it is sent.
     *
     * @param fairScheduler knows which accounts could not send in earlier rounds; nothing waits in it afterwards
     */
    public UnprocessedDispatches sendSeen(Collection<Dispatch> seen, Deadline deadline, FairScheduler fairScheduler) {
        Set<DispatchId> failed = ConcurrentHashMap.newKeySet();
        Set<DispatchId> left = ConcurrentHashMap.newKeySet();
        for (var dispatch : seen) {
            left.add(dispatch.id());
            fairScheduler.add(dispatch.account(), () -> {
                left.remove(dispatch.id());
                return dispatch.trail().follow(() -> send(dispatch, failed, deadline));
            });
        }
        var pool = workerPools.of(CALLS);
        try {
            fairScheduler.run(pool, Math.min(CALLS, seen.size()), () -> true);
        } finally {
            pool.shutdown();
            fairScheduler.abandon();
        }
        return new UnprocessedDispatches(failed, left);
    }

    /** @return whether the account can send more */
    private boolean send(Dispatch seen, Set<DispatchId> failed, Deadline deadline) {
        try {
            return dispatcher.dispatch(seen.id(), deadline) != DispatchOutcome.AWAY;
        } catch (RuntimeException | VirtualMachineError e) {
            LOG.errorf(e, "dispatch %s could not be looked after", seen.id());
            failed.add(seen.id());
            postpone(seen);
            return true;
        }
    }

    private void postpone(Dispatch seen) {
        try {
            waitingDispatches.postpone(seen);
        } catch (RuntimeException | VirtualMachineError e) {
            LOG.errorf(e, "dispatch %s could not be put off", seen.id());
        }
    }

    /**
     * Dispatches that a round did not process.
     *
     * @param failed those that our own failure left unprocessed
     * @param left those left alone, because their account cannot send now or time was over
     */
    public record UnprocessedDispatches(Set<DispatchId> failed, Set<DispatchId> left) {

        public boolean has(DispatchId id) {
            return failed.contains(id) || left.contains(id);
        }
    }
}
