package hoopoe.api.webhooks;

import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.ApiResponse;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.api.http.QueryParameters;
import hoopoe.api.webhooks.DeliveryView.DeliveryListResponse;
import hoopoe.api.webhooks.DeliveryView.RecoveryResponse;
import hoopoe.api.webhooks.DeliveryView.TestResponse;
import hoopoe.event.EndpointState;
import hoopoe.event.Event;
import hoopoe.event.EventType;
import hoopoe.event.WebhookDelivery;
import hoopoe.event.WebhookDelivery.DeliveryState;
import hoopoe.event.WebhookEndpoint;
import hoopoe.message.Ulid;
import hoopoe.store.event.WebhookDeliveryRepository;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of events at an endpoint, and their repetition. What is to be posted is made due now; the clock puts it into the
 * queue within a minute, as it does with all that is posted again.
 */
@ApplicationScoped
class DeliveryRoutes {

    static final int USUAL = 50;
    static final int MOST = 100;

    /** How many pages are read for one that is filtered. */
    private static final int PAGES = 20;

    /** Reserved for the answer. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private static final byte[] LEAST = new byte[16];

    private final EndpointRoutes endpointRoutes;
    private final WebhookDeliveryRepository deliveries;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    DeliveryRoutes(EndpointRoutes endpointRoutes, WebhookDeliveryRepository deliveries, Clock clock) {
        this.endpointRoutes = endpointRoutes;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    /** @param since RFC 3339 */
    @RegisterForReflection
    record RecoveryRequest(@Nullable String since) {}

    ApiResponse list(ApiRequest apiRequest) {
        var queryParameters = apiRequest.query("state", "limit", "cursor");
        var state = queryParameters.text("state").map(DeliveryRoutes::state).orElse(null);
        int limit = queryParameters.limit(USUAL, MOST);
        var before = queryParameters.text("cursor").map(DeliveryRoutes::cursor).orElse(null);
        var endpoint = endpointRoutes.find(apiRequest);
        var rows = new ArrayList<WebhookDelivery>();
        for (int page = 0; page < PAGES; page++) {
            var read = deliveries.newest(endpoint.id(), before, MOST);
            for (var delivery : read) {
                if (rows.size() == limit) {
                    return page(rows, before);
                }
                before = delivery.event();
                if (state == null || delivery.state() == state) {
                    rows.add(delivery);
                }
            }
            if (read.isEmpty()) {
                return page(rows, null);
            }
        }
        return page(rows, before);
    }

    private static ApiResponse page(List<WebhookDelivery> rows, @Nullable String next) {
        return ApiResponse.ok(
                new DeliveryListResponse(rows.stream().map(DeliveryView::of).toList(), next));
    }

    private static DeliveryState state(String text) {
        return DeliveryState.of(text).orElseThrow(() -> QueryParameters.wrong("state", "is no state of a delivery"));
    }

    /** The last event that was seen: no secret, and no other list has such cursors. */
    private static String cursor(String text) {
        if (!text.startsWith(Event.PREFIX) || !Ulid.isUlid(text.substring(Event.PREFIX.length()))) {
            throw ProblemCatalogue.CURSOR_INVALID.because("The cursor is not one that this list gave.");
        }
        return text;
    }

    ApiResponse test(ApiRequest apiRequest) {
        var endpoint = called(apiRequest);
        var now = clock.instant();
        var id = Event.PREFIX + Ulid.next(now, random);
        var event = new Event(
                id,
                EventType.WEBHOOK_TEST,
                now,
                endpoint.caller(),
                null,
                Map.of("webhook_id", endpoint.id(), "caller", endpoint.caller()),
                Map.of());
        var delivery = WebhookDelivery.first(
                endpoint.caller(), endpoint.id(), id, event.type(), event.body(endpoint.content()));
        EndpointRoutes.contended(() -> deliveries.put(delivery.waiting(now)));
        return ApiResponse.json(202, new TestResponse(id));
    }

    ApiResponse recover(ApiRequest apiRequest) {
        var since = since(apiRequest.body(RecoveryRequest.class).since());
        var endpoint = called(apiRequest);
        var from = Event.PREFIX + Ulid.of(since, LEAST);
        int recovered = 0;
        while (true) {
            var page = deliveries.oldest(endpoint.id(), from, MOST);
            for (var delivery : page) {
                if (!apiRequest.deadline().leaves(MARGIN)) {
                    return ApiResponse.json(202, new RecoveryResponse(recovered, Event.time(delivery.event())));
                }
                recovered += again(delivery) ? 1 : 0;
                from = delivery.event() + '0'; // after this one
            }
            if (page.isEmpty()) {
                return ApiResponse.json(202, new RecoveryResponse(recovered, null));
            }
        }
    }

    /** @return false where it was delivered, or somebody else writes it now */
    private boolean again(WebhookDelivery delivery) {
        return Optional.of(delivery)
                .filter(one -> one.state() != DeliveryState.DELIVERED)
                .flatMap(one -> EndpointRoutes.contended(() -> deliveries.put(one.waiting(clock.instant()))))
                .isPresent();
    }

    private WebhookEndpoint called(ApiRequest apiRequest) {
        var endpoint = endpointRoutes.find(apiRequest);
        if (endpoint.health().state() == EndpointState.DISABLED) {
            throw ProblemCatalogue.WEBHOOK_DISABLED.because("The endpoint is disabled.");
        }
        return endpoint;
    }

    /** What is older than the log of deliveries is not there any more. */
    private Instant since(@Nullable String text) {
        var oldest = clock.instant().minus(WebhookDeliveryRepository.KEPT);
        try {
            var since = OffsetDateTime.parse(text == null ? "" : text).toInstant();
            return since.isBefore(oldest) ? oldest : since.isAfter(clock.instant()) ? clock.instant() : since;
        } catch (DateTimeException e) {
            throw EndpointValidator.refused(
                    "/since", ProblemCatalogue.INVALID_REQUEST, "This is a time as in 2026-01-31T08:00:00Z.");
        }
    }
}
