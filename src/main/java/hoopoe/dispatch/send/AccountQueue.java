package hoopoe.dispatch.send;

import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.provider.Deadline;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The dispatches of one account in one invocation. Run by one thread for each concurrent call. */
final class AccountQueue implements Runnable {

    /** Concurrent calls for one account. */
    static final int CALLS = 4;

    private static final Logger LOG = Logger.getLogger(AccountQueue.class);

    private final Dispatcher dispatcher;
    private final Deadline deadline;
    private final Set<DispatchId> failed = ConcurrentHashMap.newKeySet();
    private final Queue<Dispatch> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean away;

    AccountQueue(Dispatcher dispatcher, Deadline deadline) {
        this.dispatcher = dispatcher;
        this.deadline = deadline;
    }

    /** @param dispatch as it was read; it is read again before it is sent */
    void add(Dispatch dispatch) {
        waiting.add(dispatch);
    }

    @Override
    public void run() {
        while (!away) {
            var next = waiting.poll();
            if (next == null) {
                return;
            }
            next.trail().follow(() -> send(next));
        }
    }

    /** Dispatches that our own failure left unprocessed. */
    Set<DispatchId> failed() {
        return failed;
    }

    /** Dispatches that no thread got to, once all threads have ended. */
    Stream<DispatchId> left() {
        return waiting.stream().map(Dispatch::id);
    }

    private void send(Dispatch seen) {
        try {
            if (dispatcher.dispatch(seen.id(), deadline) == DispatchOutcome.AWAY) {
                away = true;
            }
        } catch (RuntimeException | VirtualMachineError e) {
            LOG.errorf(e, "dispatch %s could not be looked after", seen.id());
            failed.add(seen.id());
            postpone(seen);
        }
    }

    private void postpone(Dispatch seen) {
        try {
            dispatcher.postpone(seen);
        } catch (RuntimeException | VirtualMachineError e) {
            LOG.errorf(e, "dispatch %s could not be put off", seen.id());
        }
    }
}
