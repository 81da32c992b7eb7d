package hoopoe.event.webhook;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import hoopoe.aws.SqsQueue.QueueMessage;
import hoopoe.event.Event;
import hoopoe.event.WebhookDelivery;
import hoopoe.event.WebhookEndpoint;
import hoopoe.platform.Json;
import hoopoe.platform.Sha256;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The message of one event for one endpoint.
 *
 * @param body the exact text to post; it has numbers and texts of people only where the endpoint asked for them
 * @param due which due time of a stored delivery it is for; null for the first attempt. So the queue takes a repeat of the same
 *     message for what it is, and an attempt of a later time for another
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record QueuedEvent(
        String caller,
        String endpoint,
        Head event,
        String body,
        @Nullable Instant due) {

    /** What tells the event from others, for whoever reads the queue. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Head(String id, String type, Instant timestamp) {

        Head {
            Objects.requireNonNull(id);
            Objects.requireNonNull(type);
        }
    }

    /** A message without one of its parts is none of ours. */
    QueuedEvent {
        Objects.requireNonNull(caller);
        Objects.requireNonNull(endpoint);
        Objects.requireNonNull(event);
        Objects.requireNonNull(body);
    }

    static QueuedEvent first(Event event, WebhookEndpoint endpoint) {
        return new QueuedEvent(
                endpoint.caller(),
                endpoint.id(),
                new Head(event.id(), event.type().label(), event.timestamp()),
                event.body(endpoint.content()),
                null);
    }

    /** @param due the time of this attempt */
    static QueuedEvent again(WebhookDelivery delivery, Instant due) {
        return new QueuedEvent(
                delivery.caller(),
                delivery.endpoint(),
                new Head(delivery.event(), delivery.type().label(), Event.time(delivery.event())),
                Objects.requireNonNull(delivery.body(), "kept until it is delivered"),
                due);
    }

    /** @param groups of the endpoint, of which each is in one function at a time */
    QueueMessage message(int groups) {
        return new QueueMessage(
                Json.text(this),
                endpoint + '-' + Math.floorMod(Sha256.hex(event.id).hashCode(), groups));
    }

    /** Without the body, which is not for logs. */
    @Override
    public String toString() {
        return event.id + " for " + endpoint;
    }
}
