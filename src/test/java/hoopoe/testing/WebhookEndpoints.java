package hoopoe.testing;

import hoopoe.event.EndpointHealth;
import hoopoe.event.EndpointSecrets;
import hoopoe.event.WebhookEndpoint;
import hoopoe.message.Ulid;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;

/** Endpoints that take everything, as a caller registers them. */
public final class WebhookEndpoints {

    public static final Instant CREATED = Instant.parse("2026-03-01T04:00:00Z");

    private static final SecureRandom RANDOM = new SecureRandom();

    private WebhookEndpoints() {}

    public static WebhookEndpoint of(String caller, String url) {
        return of(caller, "wh_" + Ulid.next(CREATED, RANDOM), url);
    }

    public static WebhookEndpoint of(String caller, String id, String url) {
        return new WebhookEndpoint(
                caller,
                id,
                url,
                Set.of(),
                Set.of(),
                false,
                null,
                EndpointSecrets.random(RANDOM),
                EndpointHealth.GOOD,
                CREATED,
                0);
    }

    /** The same at another address. */
    public static WebhookEndpoint at(WebhookEndpoint endpoint, String url) {
        return new WebhookEndpoint(
                endpoint.caller(),
                endpoint.id(),
                url,
                endpoint.types(),
                endpoint.accounts(),
                endpoint.content(),
                endpoint.description(),
                endpoint.secrets(),
                endpoint.health(),
                endpoint.createdAt(),
                endpoint.revision());
    }
}
