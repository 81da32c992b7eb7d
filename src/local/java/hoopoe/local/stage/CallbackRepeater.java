package hoopoe.local.stage;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Reports results of messages to customers. Up to four callbacks are under way at once, so they may arrive out of order;
 * one that is not taken is repeated. Each provider writes its own callbacks.
 */
public abstract class CallbackRepeater implements AutoCloseable {
    private static final int LANES = 4;
    private static final int KEPT = 10_000;

    private final int repeats;
    private final boolean readsBody;
    private final Consumer<Runnable> again;
    private final CallbackClient client = new CallbackClient();
    private final ExecutorService lanes;
    private final List<URI> due = new ArrayList<>();
    private final Deque<CallbackAttempt> attempts = new ArrayDeque<>();

    /**
     * @param name of the threads
     * @param repeats of a callback that is not taken
     * @param readsBody whether more than the status of a response is awaited
     * @param again runs something after the time between repeats
     */
    protected CallbackRepeater(String name, int repeats, boolean readsBody, Consumer<Runnable> again) {
        this.repeats = repeats;
        this.readsBody = readsBody;
        this.again = again;
        this.lanes = Executors.newFixedThreadPool(LANES, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Whether the provider repeats no callback that was answered so. */
    protected abstract boolean isTaken(CallbackClient.Answer answer);

    /** Whether a callback is made twice even though it was taken. */
    protected abstract boolean isTwice();

    /** Whether callbacks that are due together are sent in reverse order. */
    protected boolean isReversed() {
        return false;
    }

    /** To be made at the next {@link #flush}. */
    protected final synchronized void add(URI url) {
        due.add(url);
    }

    /** Sends the callbacks that have become due since the last call. */
    public final synchronized void flush() {
        if (isReversed()) {
            Collections.reverse(due);
        }
        for (URI url : due) {
            submit(url, 1);
            if (isTwice()) {
                submit(url, 1);
            }
        }
        due.clear();
    }

    /** Every try, oldest first; the last 10,000. */
    public final synchronized List<CallbackAttempt> attempts() {
        return List.copyOf(attempts);
    }

    private void submit(URI url, int number) {
        if (!lanes.isShutdown()) {
            lanes.execute(() -> attempt(url, number));
        }
    }

    private void attempt(URI url, int number) {
        var answer = client.get(url, readsBody);
        boolean taken = answer.filter(this::isTaken).isPresent();
        keep(new CallbackAttempt(url, number, answer, taken, Instant.now()));
        if (!taken && number <= repeats) {
            again.accept(() -> submit(url, number + 1));
        }
    }

    private synchronized void keep(CallbackAttempt attempt) {
        attempts.addLast(attempt);
        if (attempts.size() > KEPT) {
            attempts.removeFirst();
        }
    }

    @Override
    public void close() {
        lanes.shutdownNow();
        client.close();
    }
}
