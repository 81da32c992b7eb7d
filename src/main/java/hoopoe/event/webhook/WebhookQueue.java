package hoopoe.event.webhook;

import hoopoe.aws.BatchCalls.BatchResult;
import hoopoe.aws.SqsQueue;
import hoopoe.aws.SqsQueue.QueueMessage;
import hoopoe.config.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.eclipse.microprofile.config.Config;

/**
 * The queue of {@link Setting#WEBHOOKS_QUEUE}, where there is one. It is a FIFO queue, of whose groups each is in one function at
 * a time: so an endpoint that is slow or dead takes no more functions than it has groups.
 */
@ApplicationScoped
public class WebhookQueue {

    private final Optional<BiFunction<List<QueueMessage>, Duration, BatchResult<QueueMessage>>> queue;

    @Inject
    WebhookQueue(Config config) {
        this(Setting.WEBHOOKS_QUEUE.text(config).map(url -> SqsQueue.of(URI.create(url), config)::send));
    }

    WebhookQueue(Optional<BiFunction<List<QueueMessage>, Duration, BatchResult<QueueMessage>>> queue) {
        this.queue = queue;
    }

    public boolean exists() {
        return queue.isPresent();
    }

    /** Each message is in one of both lists of the result; where there is no queue, all are owed. */
    BatchResult<QueueMessage> send(List<QueueMessage> messages, Duration limit) {
        return messages.isEmpty() || queue.isEmpty()
                ? new BatchResult<>(List.of(), messages, Optional.empty())
                : queue.get().apply(messages, limit);
    }
}
