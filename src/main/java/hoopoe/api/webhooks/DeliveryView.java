package hoopoe.api.webhooks;

import hoopoe.event.Event;
import hoopoe.event.WebhookDelivery;
import hoopoe.event.WebhookDelivery.PostAttempt;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event at an endpoint, without its payload.
 *
 * @param eventId as in the payload
 * @param nextAttemptAt null where it is not posted again by the clock
 */
@RegisterForReflection
record DeliveryView(
        String eventId,
        String type,
        Instant timestamp,
        String state,
        List<AttemptView> attempts,
        @Nullable Instant nextAttemptAt) {

    /**
     * One call.
     *
     * @param status null where there was no answer
     * @param error why there was none
     */
    @RegisterForReflection
    record AttemptView(
            Instant at, @Nullable Integer status, @Nullable String error, long milliseconds) {

        static AttemptView of(PostAttempt attempt) {
            return new AttemptView(
                    attempt.at(),
                    attempt.status() == 0 ? null : attempt.status(),
                    attempt.error(),
                    attempt.milliseconds());
        }
    }

    @RegisterForReflection
    record DeliveryListResponse(
            List<DeliveryView> deliveries, @Nullable String nextCursor) {}

    @RegisterForReflection
    record TestResponse(String eventId) {}

    /** @param nextSince where the next call goes on; null where this one has seen all */
    @RegisterForReflection
    record RecoveryResponse(int recovered, @Nullable Instant nextSince) {}

    static DeliveryView of(WebhookDelivery delivery) {
        return new DeliveryView(
                delivery.event(),
                delivery.type().label(),
                Event.time(delivery.event()),
                delivery.state().text(),
                delivery.attempts().stream().map(AttemptView::of).toList(),
                delivery.due());
    }
}
