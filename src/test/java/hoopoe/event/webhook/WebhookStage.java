package hoopoe.event.webhook;

import hoopoe.aws.BatchCalls.BatchResult;
import hoopoe.aws.SqsQueue.QueueMessage;
import hoopoe.event.Event;
import hoopoe.event.EventSink;
import hoopoe.event.EventType;
import hoopoe.event.WebhookDelivery;
import hoopoe.event.WebhookEndpoint;
import hoopoe.event.webhook.WebhookFunction.QueueEvent;
import hoopoe.event.webhook.WebhookFunction.QueueRecord;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.provider.Deadline;
import hoopoe.store.DueItemRepository;
import hoopoe.store.event.EndpointChange.EndpointWritten;
import hoopoe.store.event.WebhookDeliveryRepository;
import hoopoe.store.event.WebhookEndpointRepository;
import hoopoe.store.table.Table;
import hoopoe.testing.MetricLog;
import hoopoe.testing.MovableClock;
import hoopoe.testing.WebhookEndpoints;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Table, queue, function and tick of webhooks, on a clock that the test moves. */
public final class WebhookStage implements AutoCloseable {

    /** Functions at once, as the template has them. */
    static final int CALLS = 20;

    final MovableClock clock = MovableClock.at("2026-03-02T04:00:00Z");
    final Table table;
    final WebhookEndpointRepository endpoints;
    final WebhookDeliveryRepository deliveries;
    final ConcurrentLinkedQueue<QueueMessage> queued = new ConcurrentLinkedQueue<>();
    final MetricLog metrics = new MetricLog(clock);
    public final List<Event> told = new ArrayList<>();
    boolean queueIsDown;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
    private final WebhookPost webhookPost;
    private final WebhookDueItems dueItems;
    final WebhookFunction function;

    public WebhookStage() {
        this(Duration.ofSeconds(5));
    }

    /** @param limit of a call */
    WebhookStage(Duration limit) {
        this(
                limit,
                new Table(LocalDynamo.shared().client(), LocalDynamo.shared().createLastingTable()));
    }

    WebhookStage(Duration limit, Table table) {
        this.table = table;
        endpoints = new WebhookEndpointRepository(table);
        deliveries = new WebhookDeliveryRepository(table, clock);
        webhookPost = new WebhookPost(vertx, limit, null);
        function = new WebhookFunction(
                new WebhookCourier(
                        endpoints,
                        deliveries,
                        new AddressPolicy(true, InetAddress::getAllByName),
                        webhookPost,
                        List.of(new Listener()),
                        metrics.metrics(),
                        clock),
                metrics.metrics());
        dueItems = new WebhookDueItems(
                new WebhookQueue(Optional.of(this::send), CALLS), endpoints, deliveries, metrics.metrics(), clock);
    }

    private BatchResult<QueueMessage> send(List<QueueMessage> messages, Duration limit) {
        if (queueIsDown) {
            return new BatchResult<>(List.of(), messages, Optional.of("ServiceUnavailable"));
        }
        queued.addAll(messages);
        return new BatchResult<>(messages, List.of(), Optional.empty());
    }

    private final class Listener implements EventSink {

        @Override
        public String name() {
            return "listener";
        }

        @Override
        public boolean listens(@Nullable String caller) {
            return true;
        }

        @Override
        public SinkResult give(List<Event> events, boolean withContent, Duration limit) {
            told.addAll(events);
            return SinkResult.all(events);
        }
    }

    public WebhookEndpoint register(URI url) {
        return ((EndpointWritten) endpoints.add(WebhookEndpoints.of("shop", url.toString()))).endpoint();
    }

    WebhookEndpoint endpoint(WebhookEndpoint seen) {
        return endpoints.find(seen.caller(), seen.id()).orElseThrow();
    }

    Event event(String subject) {
        var now = clock.instant();
        return new Event(
                Event.id(now, subject),
                EventType.MESSAGE_DELIVERED,
                now,
                "shop",
                "main",
                Map.of("message_id", subject),
                Map.of());
    }

    /** Puts an event into the queue, as the sink does. */
    public Event tell(WebhookEndpoint endpoint, String subject) {
        var event = event(subject);
        queued.add(QueuedEvent.first(event, endpoint).message(1));
        return event;
    }

    /** Gives all that is in the queue to the function, one by one. @return how many messages there were */
    public int pump() {
        int n = 0;
        for (var message = queued.poll(); message != null; message = queued.poll(), n++) {
            give(message);
        }
        return n;
    }

    List<?> give(QueueMessage message) {
        return function.webhook(new QueueEvent(List.of(new QueueRecord("m-1", message.body()))))
                .failures();
    }

    /** The last part of a tick. */
    void tick() {
        var pages = new DueItemRepository(table, 800).upTo(clock.instant(), shard -> true);
        while (pages.more()) {
            pages.next().stream()
                    .filter(dueItems::handles)
                    .forEach(item -> dueItems.handle(List.of(item), Deadline.in(Duration.ofSeconds(55), clock)));
        }
    }

    /** Moves the clock minute by minute; each has a tick, and what that puts into the queue is worked off. */
    void pass(Duration time) {
        var end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            clock.move(Duration.ofMinutes(1));
            tick();
            pump();
        }
    }

    WebhookDelivery delivery(WebhookEndpoint endpoint, Event event) {
        return deliveries.find(endpoint.id(), event.id()).orElseThrow();
    }

    List<Instant> attempts(WebhookEndpoint endpoint, Event event) {
        return delivery(endpoint, event).attempts().stream()
                .map(WebhookDelivery.PostAttempt::at)
                .toList();
    }

    @Override
    public void close() {
        webhookPost.close();
        vertx.close();
    }
}
