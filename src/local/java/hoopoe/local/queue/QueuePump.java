package hoopoe.local.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.template.QueueDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The mapping from a queue to a function, as Lambda runs it: so many calls of the function at once; what it processed is deleted,
 * what it reports, and all where it fails, comes again after its visibility time, and lies in the dead-letter queue in the end.
 */
public final class QueuePump implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PAUSE = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LocalQueue queue;
    private final QueueDefinition mapping;
    private final Target target;
    private final List<Thread> threads = new ArrayList<>();
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
    }

    public static QueuePump start(LocalQueue queue, QueueDefinition mapping, Target target) {
        var pump = new QueuePump(queue, mapping, target);
        for (int i = 0; i < mapping.concurrency(); i++) {
            var thread = new Thread(pump::run, "queue-pump");
            thread.setDaemon(true);
            pump.threads.add(thread);
            thread.start();
        }
        return pump;
    }

    /** Waits a while for the calls that are under way. */
    @Override
    public void close() {
        closed = true;
        var end = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (var thread : threads) {
                thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                var messages = queue.receive(mapping.batchSize());
                if (messages.isEmpty()) {
                    Thread.sleep(PAUSE);
                } else {
                    deliver(messages);
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
