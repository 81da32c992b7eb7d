package hoopoe.api.webhooks;

import hoopoe.event.WebhookEndpoint;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as the API shows it.
 *
 * @param state {@code enabled}, {@code failing} or {@code disabled}
 * @param nextAttemptAt when one that is failing is called again
 * @param previousSecretUntil until when the secret before the last rotation signs too; null where it does not
 * @param secret only where it is new: at creation and rotation
 */
@RegisterForReflection
record EndpointView(
        String id,
        String url,
        List<String> types,
        List<String> accounts,
        boolean content,
        @Nullable String description,
        String state,
        int failures,
        @Nullable Instant firstFailedAt,
        @Nullable Instant lastFailedAt,
        @Nullable Instant nextAttemptAt,
        Instant createdAt,
        @Nullable Instant previousSecretUntil,
        @Nullable String secret) {

    @RegisterForReflection
    record EndpointListResponse(List<EndpointView> webhooks) {}

    static EndpointView of(WebhookEndpoint endpoint, Instant now) {
        return of(endpoint, now, null);
    }

    static EndpointView withSecret(WebhookEndpoint endpoint, Instant now) {
        return of(endpoint, now, endpoint.secrets().current());
    }

    private static EndpointView of(WebhookEndpoint endpoint, Instant now, @Nullable String secret) {
        var health = endpoint.health();
        return new EndpointView(
                endpoint.id(),
                endpoint.url(),
                endpoint.types().stream().sorted().toList(),
                endpoint.accounts().stream().sorted().toList(),
                endpoint.content(),
                endpoint.description(),
                health.state().text(),
                health.failures(),
                health.firstFailedAt(),
                health.lastFailedAt(),
                health.probeAt(),
                endpoint.createdAt(),
                endpoint.secrets().signing(now).size() > 1 ? endpoint.secrets().previousUntil() : null,
                secret);
    }

    /** Neither the address nor the secret. */
    @Override
    public String toString() {
        return "EndpointView[" + id + ", " + state + ']';
    }
}
