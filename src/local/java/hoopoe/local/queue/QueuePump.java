package hoopoe.local.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.template.QueueDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The mapping from a queue to a function, as Lambda runs it: so many calls of the function at once; what it processed is deleted,
 * what it reports, and all where it fails, comes again after its visibility time, and lies in the dead-letter queue in the end.
 */
public final class QueuePump implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Longer than the queue lets it wait. */
    private static final Duration POLL = Duration.ofSeconds(2);

    private final LocalQueue queue;
    private final QueueDefinition mapping;
    private final Target target;
    private final Semaphore free;
    private final ExecutorService calls;
    private final Thread poller = new Thread(this::run, "queue-pump");
    private volatile boolean closed;

    /** The function. */
    public interface Target {

        /** @return its answer, or nothing where it failed */
        Optional<byte[]> invoke(byte[] event) throws InterruptedException;
    }

    private QueuePump(LocalQueue queue, QueueDefinition mapping, Target target) {
        this.queue = queue;
        this.mapping = mapping;
        this.target = target;
        free = new Semaphore(mapping.concurrency());
        calls = Executors.newFixedThreadPool(mapping.concurrency(), task -> {
            var thread = new Thread(task, "queue-call");
            thread.setDaemon(true);
            return thread;
        });
    }

    public static QueuePump start(LocalQueue queue, QueueDefinition mapping, Target target) {
        var pump = new QueuePump(queue, mapping, target);
        pump.poller.setDaemon(true);
        pump.poller.start();
        return pump;
    }

    /** Waits a while for the calls that are under way. */
    @Override
    public void close() {
        closed = true;
        try {
            poller.join(POLL.toMillis());
            poller.interrupt(); // it may wait for a call to end
            calls.shutdown();
            if (!calls.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                calls.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes no more than can be called with at once: what is taken is nobody else's until its visibility time is over. */
    private void run() {
        try {
            while (!closed) {
                free.acquire();
                var messages = queue.receive(mapping.batchSize());
                if (messages.isEmpty()) {
                    free.release();
                } else {
                    calls.execute(() -> call(messages));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            if (!closed) { // else the queue is gone already
                throw e;
            }
        }
    }

    private void call(List<JsonNode> messages) {
        try {
            deliver(messages);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            if (!closed) { // else the queue is gone already
                throw e;
            }
        } finally {
            free.release();
        }
    }

    private void deliver(List<JsonNode> messages) throws InterruptedException {
        var event = JSON.createObjectNode();
        var records = event.putArray("Records");
        messages.stream().map(LocalQueue::record).forEach(records::add);
        try {
            var answer = target.invoke(JSON.writeValueAsBytes(event));
            if (answer.isPresent()) {
                var failed = mapping.itemFailures() ? failed(answer.get()) : Set.of();
                messages.stream()
                        .filter(message ->
                                !failed.contains(message.path("MessageId").asText()))
                        .forEach(queue::delete);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** <code>{"batchItemFailures": [{"itemIdentifier": "…"}]}</code>; nothing, null and an empty list are success. */
    private static Set<String> failed(byte[] answer) throws IOException {
        var failed = new HashSet<String>();
        if (answer.length > 0) {
            JSON.readTree(answer)
                    .path("batchItemFailures")
                    .forEach(item -> failed.add(item.path("itemIdentifier").asText()));
        }
        return failed;
    }
}
