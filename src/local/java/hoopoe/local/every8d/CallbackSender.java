package hoopoe.local.every8d;

import hoopoe.local.stage.CallbackClient;
import hoopoe.local.stage.Switches;
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
 * Reports results of messages to customers. Up to four callbacks are under way at once, so they may arrive out of
 * order; one that is not answered by exactly 200 is repeated ten times (providers.md C1.8).
 */
final class CallbackSender implements AutoCloseable {
    private static final int LANES = 4;
    private static final int REPEATS = 10;
    private static final int KEPT = 10_000;

    private final Switches switches;
    private final CallbackQuery query;
    private final Consumer<Runnable> again;
    private final CallbackClient line = new CallbackClient();
    private final ExecutorService lanes;
    private final List<URI> due = new ArrayList<>();
    private final Deque<CallbackAttempt> attempts = new ArrayDeque<>();

    /**
     * @param again runs something after the time between repeats
     * @param name of the threads
     */
    CallbackSender(Switches switches, Consumer<Runnable> again, String name) {
        this.switches = switches;
        this.query = new CallbackQuery(switches);
        this.again = again;
        this.lanes = Executors.newFixedThreadPool(LANES, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    void report(Batch batch, Row row, Instant at) {
        // a report carries the text that was sent, not a reply
        call(batch, query.of(batch, row, at, row.status, row.order.text()));
    }

    void reply(Batch batch, Row row, Row.Reply reply) {
        call(batch, query.of(batch, row, reply.at(), Row.REPLY, reply.text()));
    }

    private synchronized void call(Batch batch, String parameters) {
        if (switches.is(Switch.Callbacks.ON)) {
            batch.account().callback().ifPresent(base -> due.add(join(base, parameters)));
        }
    }

    private static URI join(URI base, String parameters) {
        return URI.create(base + (base.getRawQuery() == null ? "?" : "&") + parameters);
    }

    /** Sends the callbacks that have become due since the last call. */
    synchronized void flush() {
        if (switches.is(Switch.CallbackOrder.REVERSED)) {
            Collections.reverse(due);
        }
        for (URI url : due) {
            submit(url, 1);
            if (switches.is(Switch.CallbackTimes.TWICE)) {
                submit(url, 1);
            }
        }
        due.clear();
    }

    synchronized List<CallbackAttempt> attempts() {
        return List.copyOf(attempts);
    }

    private void submit(URI url, int number) {
        if (!lanes.isShutdown()) {
            lanes.execute(() -> attempt(url, number));
        }
    }

    private void attempt(URI url, int number) {
        CallbackAttempt attempt = new CallbackAttempt(url, number, line.status(url));
        keep(attempt);
        if (!attempt.taken() && number <= REPEATS) {
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
        line.close();
    }
}
