package hoopoe.event;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one event at one endpoint.
 *
 * @param caller the endpoint's owner
 * @param attempts the last calls, the oldest first
 * @param body what is posted, kept until it is delivered; null afterwards
 * @param due when it is posted again; null unless it waits
 * @param revision changes with each write; 0 where it is not stored yet
 */
public record WebhookDelivery(
        String caller,
        String endpoint,
        String event,
        EventType type,
        DeliveryState state,
        List<PostAttempt> attempts,
        @Nullable String body,
        @Nullable Instant due,
        long revision) {

    /** So many attempts are kept. */
    private static final int MOST = 20;

    /** Where a delivery stands. */
    public enum DeliveryState {
        /** It is in the queue, or is put into it again at its due time. */
        WAITING,
        /** Its endpoint is failing: it is posted when the endpoint answers again. */
        PARKED,
        /** The receiver took it. It never changes any more. */
        DELIVERED,
        /** It is not posted again, unless its caller asks for it. */
        FAILED;

        /** {@code waiting}, {@code parked}, {@code delivered} or {@code failed}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<DeliveryState> of(String text) {
            return Arrays.stream(values())
                    .filter(state -> state.text().equals(text))
                    .findFirst();
        }
    }

    /**
     * One call.
     *
     * @param status of the answer; 0 where there was none
     * @param error why there was none: a word of ours; null where there was one
     * @param milliseconds how long it took
     */
    @RegisterForReflection
    public record PostAttempt(
            Instant at, int status, @Nullable String error, long milliseconds) {}

    public WebhookDelivery {
        attempts = List.copyOf(attempts);
    }

    /** One that was never tried. */
    public static WebhookDelivery first(String caller, String endpoint, String event, EventType type, String body) {
        return new WebhookDelivery(caller, endpoint, event, type, DeliveryState.WAITING, List.of(), body, null, 0);
    }

    /** Whether nobody posts it of themselves any more. */
    public boolean isEnded() {
        return state == DeliveryState.DELIVERED || state == DeliveryState.FAILED;
    }

    public WebhookDelivery with(PostAttempt attempt) {
        var all = new ArrayList<>(attempts);
        all.add(attempt);
        return new WebhookDelivery(
                caller,
                endpoint,
                event,
                type,
                state,
                all.subList(Math.max(0, all.size() - MOST), all.size()),
                body,
                due,
                revision);
    }

    /** To be posted again. */
    public WebhookDelivery waiting(Instant due) {
        return in(DeliveryState.WAITING, body, due);
    }

    public WebhookDelivery parked() {
        return in(DeliveryState.PARKED, body, null);
    }

    public WebhookDelivery delivered() {
        return in(DeliveryState.DELIVERED, null, null);
    }

    public WebhookDelivery failed() {
        return in(DeliveryState.FAILED, body, null);
    }

    /** Its endpoint is no more: it cannot be posted again, and nothing of its content stays. */
    public WebhookDelivery forgotten() {
        return in(DeliveryState.FAILED, null, null);
    }

    private WebhookDelivery in(DeliveryState next, @Nullable String body, @Nullable Instant due) {
        return new WebhookDelivery(caller, endpoint, event, type, next, attempts, body, due, revision);
    }

    /** Without the body, which is not for logs. */
    @Override
    public String toString() {
        return event + " at " + endpoint + ": " + state.text();
    }
}
