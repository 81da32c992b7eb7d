package hoopoe.event.webhook;

import hoopoe.event.EndpointState;
import hoopoe.event.Event;
import hoopoe.event.EventSink;
import hoopoe.event.EventType;
import hoopoe.event.WebhookDelivery;
import hoopoe.event.WebhookDelivery.PostAttempt;
import hoopoe.event.WebhookEndpoint;
import hoopoe.event.webhook.AddressPolicy.AddressVerdict.CallableAddress;
import hoopoe.event.webhook.AddressPolicy.AddressVerdict.RefusedAddress;
import hoopoe.observability.Metric;
import hoopoe.observability.Metrics;
import hoopoe.store.event.WebhookDeliveryRepository;
import hoopoe.store.event.WebhookEndpointRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Posts one event to one endpoint, and stores what became of it. The event is posted first and stored then: after a crash in
 * between it comes again, with the same id.
 */
@ApplicationScoped
public class WebhookCourier {

    private static final Logger LOG = Logger.getLogger(WebhookCourier.class);

    /** How long after each failed attempt the next one is due; after the last there is none. */
    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    /** In the data of {@code webhook.disabled}: the endpoint, which is not told of it. */
    static final String DISABLED_ID = "webhook_id";

    private static final Duration TELLING = Duration.ofSeconds(5);

    private final WebhookEndpointRepository endpoints;
    private final WebhookDeliveryRepository deliveries;
    private final AddressPolicy addressPolicy;
    private final WebhookPost webhookPost;
    private final List<EventSink> sinks;
    private final Metrics metrics;
    private final Clock clock;

    @Inject
    WebhookCourier(
            WebhookEndpointRepository endpoints,
            WebhookDeliveryRepository deliveries,
            AddressPolicy addressPolicy,
            WebhookPost webhookPost,
            Instance<EventSink> sinks,
            Metrics metrics,
            Clock clock) {
        this(endpoints, deliveries, addressPolicy, webhookPost, sinks.stream().toList(), metrics, clock);
    }

    WebhookCourier(
            WebhookEndpointRepository endpoints,
            WebhookDeliveryRepository deliveries,
            AddressPolicy addressPolicy,
            WebhookPost webhookPost,
            List<EventSink> sinks,
            Metrics metrics,
            Clock clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.addressPolicy = addressPolicy;
        this.webhookPost = webhookPost;
        this.sinks = sinks;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** A message of an endpoint that is no more, and one of an event that has ended there, posts nothing. */
    void deliver(QueuedEvent queued) {
        var found = endpoints.find(queued.caller(), queued.endpoint());
        var stored = deliveries.find(queued.endpoint(), queued.event().id());
        if (found.isEmpty()) { // else the tick would put what is stored into the queue for ever
            stored.filter(left -> !left.isEnded()).ifPresent(left -> deliveries.put(left.forgotten()));
            return;
        }
        var delivery = stored.orElseGet(() -> first(queued));
        if (delivery.isEnded() || isRepeat(delivery, queued)) {
            return;
        }
        var endpoint = found.get();
        if (endpoint.health().state() == EndpointState.DISABLED) {
            deliveries.put(delivery.failed());
        } else {
            mayBeCalled(endpoint).ifPresentOrElse(called -> post(called, delivery), () -> park(delivery));
        }
    }

    private static WebhookDelivery first(QueuedEvent queued) {
        return WebhookDelivery.first(
                queued.caller(),
                queued.endpoint(),
                queued.event().id(),
                EventType.of(queued.event().type()).orElseThrow(),
                queued.body());
    }

    /** Whether the message comes once more, after what became of its attempt was stored. */
    private static boolean isRepeat(WebhookDelivery delivery, QueuedEvent queued) {
        return delivery.attempts().stream()
                .anyMatch(attempt -> queued.due() == null || !attempt.at().isBefore(queued.due()));
    }

    /** Empty where it is failing, unless this is the call of the period that tries whether it answers again. */
    private Optional<WebhookEndpoint> mayBeCalled(WebhookEndpoint endpoint) {
        var health = endpoint.health();
        if (health.state() != EndpointState.FAILING) {
            return Optional.of(endpoint);
        }
        var now = clock.instant();
        return health.probeAt() == null || health.probeAt().isAfter(now)
                ? Optional.empty()
                : endpoints.probed(endpoint, now);
    }

    private void park(WebhookDelivery delivery) {
        if (delivery.state() != WebhookDelivery.DeliveryState.PARKED) {
            deliveries.put(delivery.parked());
        }
    }

    private void post(WebhookEndpoint endpoint, WebhookDelivery delivery) {
        var at = clock.instant();
        var begin = System.nanoTime();
        var result = call(endpoint, delivery, at);
        var tried = delivery.with(
                new PostAttempt(at, result.status(), result.error(), (System.nanoTime() - begin) / 1_000_000));
        if (delivery.attempts().size() > 0) {
            metrics.webhook(Metric.WEBHOOKS_RETRIED, endpoint.id());
        }
        if (result.isDelivered()) {
            delivered(endpoint, tried);
        } else if (result.isGone() && isStill(endpoint)) {
            tellDisabled(endpoint, "gone", at);
            endpoints.disable(endpoint);
            end(endpoint, tried.failed());
        } else {
            LOG.infof(
                    "%s was not taken at %s: %s",
                    tried.event(), tried.endpoint(), result.error() == null ? result.status() : result.error());
            failed(endpoint, tried);
        }
    }

    private PostResult call(WebhookEndpoint endpoint, WebhookDelivery delivery, Instant at) {
        var verdict = addressPolicy.check(endpoint.url());
        if (!(verdict instanceof CallableAddress address)) {
            return PostResult.failed(((RefusedAddress) verdict).word());
        }
        var body = String.valueOf(delivery.body()).getBytes(StandardCharsets.UTF_8);
        return webhookPost.post(
                address,
                WebhookSignature.headers(
                        delivery.event(), at, body, endpoint.secrets().signing(at)),
                body);
    }

    /** Whether the endpoint has the address that was called, and is not disabled yet. */
    private boolean isStill(WebhookEndpoint called) {
        return endpoints
                .find(called.caller(), called.id())
                .filter(found -> found.url().equals(called.url()))
                .filter(found -> found.health().state() != EndpointState.DISABLED)
                .isPresent();
    }

    private void delivered(WebhookEndpoint endpoint, WebhookDelivery tried) {
        answered(endpoint);
        var last = tried.attempts().get(tried.attempts().size() - 1);
        var next = Optional.of(tried.delivered());
        while (next.isPresent() && deliveries.put(next.get()).isEmpty()) {
            next = deliveries // somebody else wrote it meanwhile, for example that it failed: that it was taken counts
                    .find(tried.endpoint(), tried.event())
                    .filter(standing -> standing.state() != WebhookDelivery.DeliveryState.DELIVERED)
                    .map(standing -> standing.with(last).delivered());
        }
        metrics.webhook(Metric.WEBHOOKS_DELIVERED, endpoint.id());
    }

    /** The endpoint is enabled again if it was failing, whatever else is written of it at the same time. */
    private void answered(WebhookEndpoint seen) {
        var standing = Optional.of(seen);
        while (standing.isPresent()) {
            if (standing.get().health().state() == EndpointState.FAILING) {
                // First: where this function dies in between, the endpoint is only tried once more.
                deliveries.release(seen.caller(), seen.id());
            }
            if (endpoints.succeeded(standing.get()).isPresent()) {
                return;
            }
            standing = endpoints.find(seen.caller(), seen.id());
        }
    }

    private void failed(WebhookEndpoint endpoint, WebhookDelivery tried) {
        var now = clock.instant();
        var standing = count(endpoint, now);
        if (standing.isEmpty() || standing.get().health().state() == EndpointState.DISABLED) {
            end(endpoint, tried.failed());
        } else if (standing.get().health().state() == EndpointState.FAILING) {
            deliveries.put(tried.parked());
        } else if (tried.attempts().size() > PAUSES.size()) {
            end(endpoint, tried.failed());
        } else {
            deliveries.put(tried.waiting(now.plus(PAUSES.get(tried.attempts().size() - 1))));
        }
    }

    private void end(WebhookEndpoint endpoint, WebhookDelivery failed) {
        deliveries.put(failed);
        metrics.webhook(Metric.WEBHOOKS_FAILED, endpoint.id());
    }

    /** Counts a failure of the endpoint, however many others are counted at the same time. Of an address that it had before, none. */
    private Optional<WebhookEndpoint> count(WebhookEndpoint seen, Instant now) {
        var standing = Optional.of(seen);
        while (standing.isPresent() && standing.get().url().equals(seen.url())) {
            var health = standing.get().health();
            if (health.state() != EndpointState.DISABLED && health.failed(now).state() == EndpointState.DISABLED) {
                tellDisabled(standing.get(), "failing", now);
            }
            var counted = endpoints.failed(standing.get(), now);
            if (counted.isPresent()) {
                return counted;
            }
            standing = endpoints.find(seen.caller(), seen.id());
        }
        return standing;
    }

    /**
     * Told before it is done: where one of both does not succeed, the message comes again and both are repeated.
     *
     * @throws IllegalStateException where a sink did not take the event
     */
    private void tellDisabled(WebhookEndpoint endpoint, String reason, Instant now) {
        var event = new Event(
                Event.id(now, "webhook.disabled " + endpoint.id()),
                EventType.WEBHOOK_DISABLED,
                now,
                endpoint.caller(),
                null,
                Map.of(DISABLED_ID, endpoint.id(), "caller", endpoint.caller(), "reason", reason),
                Map.of());
        LOG.warnf("webhook %s is disabled: %s", endpoint.id(), reason);
        for (var sink : sinks) {
            if (sink.listens(endpoint.caller())
                    && !sink.give(List.of(event), false, TELLING).owed().isEmpty()) {
                throw new IllegalStateException("not told: " + event.id());
            }
        }
        metrics.webhook(Metric.WEBHOOKS_DISABLED, endpoint.id());
    }
}
