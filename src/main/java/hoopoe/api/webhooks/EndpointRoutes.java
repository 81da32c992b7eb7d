package hoopoe.api.webhooks;

import hoopoe.access.Scope;
import hoopoe.api.http.ApiRequest;
import hoopoe.api.http.ApiResponse;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.api.http.ProblemException;
import hoopoe.api.webhooks.EndpointRequest.EndpointPatch;
import hoopoe.api.webhooks.EndpointView.EndpointListResponse;
import hoopoe.config.Setting;
import hoopoe.event.EndpointHealth;
import hoopoe.event.EndpointSecrets;
import hoopoe.event.EndpointState;
import hoopoe.event.WebhookEndpoint;
import hoopoe.message.Ulid;
import hoopoe.store.event.EndpointChange;
import hoopoe.store.event.EndpointChange.AddressInUse;
import hoopoe.store.event.EndpointChange.EndpointWritten;
import hoopoe.store.event.EndpointChange.NoSuchEndpoint;
import hoopoe.store.event.WebhookDeliveryRepository;
import hoopoe.store.event.WebhookEndpointRepository;
import hoopoe.store.table.ConflictRetry.ContentionException;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Registers endpoints, and shows, changes and forgets them. Each change is one log line, without the address. */
@ApplicationScoped
class EndpointRoutes {

    private static final Logger LOG = Logger.getLogger(EndpointRoutes.class);

    private static final String PREFIX = "wh_";

    private final EndpointValidator validator;
    private final WebhookEndpointRepository endpoints;
    private final WebhookDeliveryRepository deliveries;
    private final Clock clock;
    private final boolean on;
    private final SecureRandom random = new SecureRandom();

    EndpointRoutes(
            EndpointValidator validator,
            WebhookEndpointRepository endpoints,
            WebhookDeliveryRepository deliveries,
            Clock clock,
            Config config) {
        this.validator = validator;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.clock = clock;
        this.on = Setting.WEBHOOKS_QUEUE.text(config).isPresent();
    }

    ApiResponse create(ApiRequest apiRequest) {
        var asked = apiRequest.body(EndpointRequest.class);
        if (!on) {
            throw ProblemCatalogue.WEBHOOKS_OFF.because("No queue for webhooks is configured.");
        }
        boolean content = Boolean.TRUE.equals(asked.content());
        if (content) {
            apiRequest.require(Scope.BATCHES_READ);
        }
        var types = EndpointValidator.types(asked.types());
        var accounts = validator.accounts(apiRequest, asked.accounts());
        var description = EndpointValidator.description(asked.description());
        var now = clock.instant();
        var endpoint = new WebhookEndpoint(
                apiRequest.caller(),
                PREFIX + Ulid.next(now, random),
                validator.url(asked.url()),
                types,
                accounts,
                content,
                description,
                EndpointSecrets.random(random),
                EndpointHealth.GOOD,
                now,
                0);
        var added = written(() -> endpoints.add(endpoint));
        LOG.infof(
                "audit: webhook endpoint %s registered by %s",
                added.id(), apiRequest.grant().key());
        return ApiResponse.json(201, EndpointView.withSecret(added, now))
                .header("Location", apiRequest.link("/v1/webhooks/" + added.id()));
    }

    ApiResponse list(ApiRequest apiRequest) {
        var now = clock.instant();
        return ApiResponse.ok(new EndpointListResponse(endpoints.list(apiRequest.caller()).stream()
                .map(endpoint -> EndpointView.of(endpoint, now))
                .toList()));
    }

    ApiResponse show(ApiRequest apiRequest) {
        return ApiResponse.ok(EndpointView.of(find(apiRequest), clock.instant()));
    }

    /** @throws ProblemException {@code webhook_not_found} also for another caller's */
    WebhookEndpoint find(ApiRequest apiRequest) {
        return endpoints.find(apiRequest.caller(), id(apiRequest)).orElseThrow(EndpointRoutes::none);
    }

    /** What is no id, and could be longer than a key may be, is nobody's. */
    private static String id(ApiRequest apiRequest) {
        var id = apiRequest.pathParameter("id");
        if (!id.startsWith(PREFIX) || !Ulid.isUlid(id.substring(PREFIX.length()))) {
            throw none();
        }
        return id;
    }

    private static ProblemException none() {
        return ProblemCatalogue.WEBHOOK_NOT_FOUND.because("There is no such endpoint.");
    }

    ApiResponse patch(ApiRequest apiRequest) {
        var asked = apiRequest.body(EndpointPatch.class);
        var types = asked.types() == null ? null : EndpointValidator.types(asked.types());
        var accounts = asked.accounts() == null ? null : validator.accounts(apiRequest, asked.accounts());
        var description = EndpointValidator.description(asked.description());
        var state = state(asked.state());
        var before = find(apiRequest);
        var url = asked.url() == null || asked.url().equals(before.url()) ? null : validator.url(asked.url());
        var changed = change(
                apiRequest,
                seen -> released(
                        seen,
                        new WebhookEndpoint(
                                seen.caller(),
                                seen.id(),
                                url == null ? seen.url() : url,
                                types == null ? seen.types() : types,
                                accounts == null ? seen.accounts() : accounts,
                                seen.content(),
                                asked.description() == null ? seen.description() : description,
                                seen.secrets(),
                                health(seen, url, state),
                                seen.createdAt(),
                                seen.revision())));
        LOG.infof(
                "audit: webhook endpoint %s changed by %s",
                changed.id(), apiRequest.grant().key());
        return ApiResponse.ok(EndpointView.of(changed, clock.instant()));
    }

    /** Frees what is parked, before the change is written: where this function dies in between, the repeated call does it again. */
    private WebhookEndpoint released(WebhookEndpoint seen, WebhookEndpoint next) {
        if (seen.health().state() != EndpointState.ENABLED && next.health().state() == EndpointState.ENABLED) {
            deliveries.release(seen.caller(), seen.id());
        }
        return next;
    }

    private static @Nullable EndpointState state(@Nullable String asked) {
        return asked == null
                ? null
                : EndpointState.of(asked)
                        .filter(state -> state != EndpointState.FAILING)
                        .orElseThrow(() -> EndpointValidator.refused(
                                "/state", ProblemCatalogue.INVALID_REQUEST, "This is enabled or disabled."));
    }

    /** A new address begins without the failures of the old one. */
    private static EndpointHealth health(WebhookEndpoint seen, @Nullable String url, @Nullable EndpointState state) {
        if (state == EndpointState.DISABLED) {
            return seen.health().disabled();
        }
        boolean moved = url != null && !url.equals(seen.url()) && seen.health().state() != EndpointState.DISABLED;
        return state == EndpointState.ENABLED || moved ? EndpointHealth.GOOD : seen.health();
    }

    ApiResponse rotate(ApiRequest apiRequest) {
        var now = clock.instant();
        var rotated = change(apiRequest, seen -> seen.withSecrets(seen.secrets().rotated(random, now)));
        LOG.infof(
                "audit: secret of webhook endpoint %s rotated by %s",
                rotated.id(), apiRequest.grant().key());
        return ApiResponse.ok(EndpointView.withSecret(rotated, now));
    }

    private WebhookEndpoint change(ApiRequest apiRequest, UnaryOperator<WebhookEndpoint> change) {
        return written(() -> endpoints.change(apiRequest.caller(), id(apiRequest), change));
    }

    private static WebhookEndpoint written(Supplier<EndpointChange> write) {
        var change = contended(write);
        if (change instanceof EndpointWritten endpointWritten) {
            return endpointWritten.endpoint();
        } else if (change instanceof AddressInUse addressInUse) {
            throw EndpointValidator.refused(
                    "/url",
                    ProblemCatalogue.WEBHOOK_URL_IN_USE,
                    "Your endpoint " + addressInUse.id() + " has this URL.");
        } else if (change instanceof NoSuchEndpoint) {
            throw none();
        }
        throw ProblemCatalogue.TOO_MANY_WEBHOOKS.because(
                "You have " + WebhookEndpointRepository.MOST + " endpoints, the most there can be.");
    }

    ApiResponse delete(ApiRequest apiRequest) {
        var id = find(apiRequest).id();
        // First, so that a tick forgets what is parked: where this function dies in between, the repeated call does it
        // again.
        deliveries.release(apiRequest.caller(), id);
        if (!contended(() -> endpoints.delete(apiRequest.caller(), id))) {
            throw none();
        }
        LOG.infof(
                "audit: webhook endpoint %s deleted by %s",
                id, apiRequest.grant().key());
        return ApiResponse.empty();
    }

    static <T> T contended(Supplier<T> write) {
        try {
            return write.get();
        } catch (ContentionException e) {
            throw ProblemCatalogue.CONTENDED.because("Other calls write at the same time.");
        }
    }
}
