package hoopoe.batch.sending;

import hoopoe.provider.Deadline;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchId;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;

/** The dispatches of one account in one invocation. Run by as many threads as there may be calls at once. */
final class Lane implements Runnable {

    /** Calls at once, of one account. */
    static final int CALLS = 4;

    private static final Logger LOG = Logger.getLogger(Lane.class);

    private final Dispatcher dispatcher;
    private final Deadline deadline;
    private final Set<DispatchId> failed;
    private final Queue<Dispatch> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean away;

    Lane(Dispatcher dispatcher, Deadline deadline, Set<DispatchId> failed) {
        this.dispatcher = dispatcher;
        this.deadline = deadline;
        this.failed = failed;
    }

    /** @param dispatch as it was; it is read again */
    void add(Dispatch dispatch) {
        waiting.add(dispatch);
    }

    @Override
    public void run() {
        for (var next = waiting.poll(); next != null && !away; next = waiting.poll()) {
            var id = next.id();
            next.trail().follow(() -> send(id));
        }
    }

    private void send(DispatchId id) {
        try {
            if (dispatcher.dispatch(id, deadline) == Sent.AWAY) {
                away = true;
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "dispatch %s could not be looked after", id);
            failed.add(id);
        }
    }
}
