package hoopoe.event.webhook;

import hoopoe.event.EndpointState;
import hoopoe.event.WebhookDelivery;
import hoopoe.event.WebhookDelivery.DeliveryState;
import hoopoe.observability.Metrics;
import hoopoe.observability.SafeStackTrace;
import hoopoe.provider.Deadline;
import hoopoe.schedule.DueItemHandler;
import hoopoe.store.DueItemRepository.DueItem;
import hoopoe.store.Keys;
import hoopoe.store.event.WebhookDeliveryRepository;
import hoopoe.store.event.WebhookDeliveryRepository.ParkedRelease;
import hoopoe.store.event.WebhookEndpointRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Puts back into the queue what is to be posted again: deliveries at their time, one of each failing endpoint once a period, and
 * all that was parked for an endpoint that is enabled again.
 */
@ApplicationScoped
public class WebhookDueItems implements DueItemHandler {

    /** When a delivery is due again that was put into the queue, in case its message never comes to anything. */
    private static final Duration LOST = Duration.ofMinutes(15);

    /** How long after its endpoint answered a delivery may still be parked, by a function that had read it before. */
    private static final Duration STRAGGLERS = Duration.ofMinutes(1);

    /** How many parked deliveries are read at once. */
    private static final int PAGE = 100;

    private static final Logger LOG = Logger.getLogger(WebhookDueItems.class);

    private static final Duration SENDING = Duration.ofSeconds(5);

    private final WebhookQueue queue;
    private final WebhookEndpointRepository endpoints;
    private final WebhookDeliveryRepository deliveries;
    private final Metrics metrics;
    private final Clock clock;

    public WebhookDueItems(
            WebhookQueue queue,
            WebhookEndpointRepository endpoints,
            WebhookDeliveryRepository deliveries,
            Metrics metrics,
            Clock clock) {
        this.queue = queue;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public boolean handles(DueItem item) {
        return item.pk().startsWith(Keys.WEBHOOK) || isEndpoint(item);
    }

    private static boolean isEndpoint(DueItem item) {
        return item.pk().startsWith(Keys.webhookEndpoints("")) && item.sk().startsWith(Keys.WEBHOOK);
    }

    @Override
    public boolean handle(List<DueItem> items, Deadline deadline) {
        if (!queue.exists()) {
            return true;
        }
        var now = clock.instant();
        var again = new ArrayList<WebhookDelivery>();
        var releases = new ArrayList<DueItem>();
        var taken = true;
        for (var item : items) {
            if (isEndpoint(item)) {
                taken &= alone(item, () -> probe(item, now));
            } else if (item.sk().equals(Keys.RELEASE)) {
                releases.add(item);
            } else {
                alone(item, () -> deliveries
                        .find(endpoint(item), item.sk())
                        .filter(found -> isDue(found, now))
                        .map(again::add)
                        .isPresent());
            }
        }
        taken &= send(again, now);
        for (var item : releases) { // last, because each takes what time there is
            taken &= alone(item, () -> release(endpoint(item), deadline));
        }
        return taken;
    }

    private static String endpoint(DueItem item) {
        return item.pk().substring(Keys.WEBHOOK.length());
    }

    /** What fails is left to the next tick, and holds up nothing else. */
    private boolean alone(Object what, BooleanSupplier work) {
        try {
            return work.getAsBoolean();
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf("%s is left to the next tick: %s", what, SafeStackTrace.of(e));
            return true;
        }
    }

    /** The index may be older than the item. */
    private static boolean isDue(WebhookDelivery delivery, Instant now) {
        return delivery.state() == DeliveryState.WAITING
                && delivery.due() != null
                && !delivery.due().isAfter(now);
    }

    /**
     * Stored first: of two ticks one sends, and what is posted at once finds nobody else who writes it.
     *
     * @return whether the queue took all of them
     */
    private boolean send(List<WebhookDelivery> due, Instant now) {
        var sent = new LinkedHashMap<QueuedEvent, WebhookDelivery>();
        for (var delivery : due) {
            var queued = QueuedEvent.again(delivery, Objects.requireNonNullElse(delivery.due(), now));
            alone(delivery.event(), () -> deliveries
                    .put(delivery.waiting(now.plus(LOST)))
                    .map(stored -> sent.put(queued, stored))
                    .isPresent());
        }
        var owed = queue.send(List.copyOf(sent.keySet()), SENDING).owed();
        owed.forEach(queued ->
                deliveries.put(Objects.requireNonNull(sent.get(queued)).waiting(now)));
        return owed.isEmpty();
    }

    private boolean probe(DueItem item, Instant now) {
        var caller = item.pk().substring(Keys.webhookEndpoints("").length());
        var id = item.sk().substring(Keys.WEBHOOK.length());
        var endpoint = endpoints
                .find(caller, id)
                .filter(found -> found.health().state() == EndpointState.FAILING)
                .filter(found -> !Objects.requireNonNullElse(found.health().probeAt(), now)
                        .isAfter(now));
        if (endpoint.isEmpty()) {
            return true;
        }
        var period = Objects.requireNonNullElse(endpoint.get().health().probeAt(), now);
        var parked = new ArrayList<>(deliveries.parked(id, PAGE));
        Collections.rotate(
                parked, period.hashCode()); // another each time: its receiver may refuse one and take the others
        var one = parked.stream().flatMap(event -> parked(id, event)).findFirst();
        if (one.isEmpty()) {
            endpoints.probed(endpoint.get(), now); // nothing to try it with before the next event
            return true;
        }
        // Of this minute and not of the period: a message that found the endpoint too early is not sent in vain for
        // five minutes.
        return queue.send(List.of(QueuedEvent.again(one.get(), now.truncatedTo(ChronoUnit.MINUTES))), SENDING)
                .owed()
                .isEmpty();
    }

    private boolean release(String id, Deadline deadline) {
        var release = deliveries.findRelease(id);
        if (release.isEmpty()) {
            return true;
        }
        var endpoint = endpoints.find(release.get().caller(), id);
        boolean waits = endpoint.filter(found -> found.health().state() != EndpointState.ENABLED)
                .isPresent();
        while (deadline.leaves(SENDING.multipliedBy(3))) {
            var now = clock.instant();
            var events = waits ? List.<String>of() : deliveries.parked(id, PAGE);
            if (events.isEmpty()) {
                end(release.get(), now);
                return true;
            }
            var page = events.stream().flatMap(event -> parked(id, event)).toList();
            if (page.isEmpty()) { // the index is behind, and there may be more after these
                return true;
            }
            if (endpoint.isEmpty()) {
                page.forEach(left -> deliveries.put(left.forgotten()));
            } else if (!send(page, now)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Not at once: the endpoint is enabled only after this was written, and what a function parks that had read it before comes
     * later still. Whoever enables it again begins anew.
     */
    private void end(ParkedRelease release, Instant now) {
        var last = release.since().plus(STRAGGLERS);
        if (now.isBefore(last)) {
            deliveries.postpone(release, last);
        } else {
            deliveries.releaseEnds(release);
        }
    }

    /** Whether it is still parked. The index may be older than the item. */
    private Stream<WebhookDelivery> parked(String endpoint, String event) {
        return deliveries.find(endpoint, event).filter(found -> found.state() == DeliveryState.PARKED).stream();
    }
}
