package hoopoe.event.webhook;

import hoopoe.aws.BatchCalls.BatchResult;
import hoopoe.aws.SqsQueue;
import hoopoe.aws.SqsQueue.QueueMessage;
import hoopoe.config.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.eclipse.microprofile.config.Config;

/**
 * The queue of {@link Setting#WEBHOOKS_QUEUE}, where there is one. It is a FIFO queue, of whose groups each is in one function at
 * a time: so an endpoint that is slow or dead takes no more functions than it has groups, a fifth of all.
 */
@ApplicationScoped
public class WebhookQueue {

    /** So many endpoints that never answer are needed to hold all functions. */
    private static final int ENDPOINTS = 5;

    private final Optional<BiFunction<List<QueueMessage>, Duration, BatchResult<QueueMessage>>> queue;
    private final int groups;

    @Inject
    WebhookQueue(Config config) {
        this(
                Setting.WEBHOOKS_QUEUE.text(config).map(url -> SqsQueue.of(URI.create(url), config)::send),
                Setting.WEBHOOKS_CALLS.decimal(config).intValue());
    }

    /** @param calls functions at once, for all endpoints */
    WebhookQueue(Optional<BiFunction<List<QueueMessage>, Duration, BatchResult<QueueMessage>>> queue, int calls) {
        this.queue = queue;
        this.groups = Math.max(1, calls / ENDPOINTS);
    }

    public boolean exists() {
        return queue.isPresent();
    }

    /** Each event is in one of both lists of the result; where there is no queue, all are owed. */
    BatchResult<QueuedEvent> send(List<QueuedEvent> events, Duration limit) {
        if (events.isEmpty() || queue.isEmpty()) {
            return new BatchResult<>(List.of(), events, Optional.empty());
        }
        var eventOf = new LinkedHashMap<QueueMessage, QueuedEvent>();
        events.forEach(event -> eventOf.put(event.message(groups), event));
        var sent = queue.get().apply(List.copyOf(eventOf.keySet()), limit);
        return new BatchResult<>(
                sent.taken().stream().map(eventOf::get).toList(),
                sent.owed().stream().map(eventOf::get).toList(),
                sent.code());
    }
}
