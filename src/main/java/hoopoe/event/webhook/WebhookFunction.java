package hoopoe.event.webhook;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import hoopoe.observability.Metrics;
import hoopoe.observability.SafeStackTrace;
import hoopoe.platform.Json;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Posts the events of the queue of webhooks. A failure of an endpoint is stored; only a failure of ours leaves a message in the queue. */
@ApplicationScoped
public class WebhookFunction {

    private static final Logger LOG = Logger.getLogger(WebhookFunction.class);

    private final WebhookCourier webhookCourier;
    private final Metrics metrics;

    public WebhookFunction(WebhookCourier webhookCourier, Metrics metrics) {
        this.webhookCourier = webhookCourier;
        this.metrics = metrics;
    }

    /** Never throws: the queue repeats only messages that could not be processed, and sets those aside that never can. */
    @Funq("webhook")
    public QueueEventResponse webhook(QueueEvent batch) {
        var failures = new ArrayList<UnprocessedMessage>();
        for (var message : batch.messages()) {
            try {
                webhookCourier.deliver(Json.read(message.text(), QueuedEvent.class));
            } catch (RuntimeException | VirtualMachineError e) {
                metrics.internal(1);
                LOG.errorf("message %s could not be processed: %s", message.id(), SafeStackTrace.of(e));
                failures.add(new UnprocessedMessage(message.id()));
            }
        }
        metrics.flush();
        return new QueueEventResponse(failures);
    }

    /** {@code {"Records":[{"messageId":"…","body":"…"}]}}, as Lambda gives what SQS has. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record QueueEvent(
            @JsonProperty("Records") @Nullable List<QueueRecord> records) {

        List<QueueRecord> messages() {
            return records == null
                    ? List.of()
                    : records.stream().filter(Objects::nonNull).toList();
        }
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record QueueRecord(
            @JsonProperty("messageId") @Nullable String messageId,
            @JsonProperty("body") @Nullable String body) {

        String id() {
            return messageId == null ? "" : messageId;
        }

        String text() {
            return body == null ? "" : body;
        }
    }

    /** The messages that the queue shall deliver again; none where all were processed. */
    @RegisterForReflection
    record QueueEventResponse(
            @JsonProperty("batchItemFailures") List<UnprocessedMessage> failures) {}

    @RegisterForReflection
    record UnprocessedMessage(
            @JsonProperty("itemIdentifier") String message) {}
}
