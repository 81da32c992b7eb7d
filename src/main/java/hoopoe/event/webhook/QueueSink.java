package hoopoe.event.webhook;

import hoopoe.access.Grant;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.config.Timeouts;
import hoopoe.event.Event;
import hoopoe.event.EventSink;
import hoopoe.event.WebhookEndpoint;
import hoopoe.store.event.WebhookEndpointRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The queue of webhooks: a message for each event and each endpoint that takes it. */
@ApplicationScoped
public class QueueSink implements EventSink {

    private final WebhookQueue queue;
    private final WebhookEndpointRepository endpoints;
    private final Accounts accounts;
    private final Timeouts timeouts;
    private final Clock clock;

    private volatile Listening listening = new Listening(Set.of(), Instant.MIN);

    private record Listening(Set<String> callers, Instant until) {}

    public QueueSink(
            WebhookQueue queue,
            WebhookEndpointRepository endpoints,
            Accounts accounts,
            Timeouts timeouts,
            Clock clock) {
        this.queue = queue;
        this.endpoints = endpoints;
        this.accounts = accounts;
        this.timeouts = timeouts;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public boolean listens(@Nullable String caller) {
        if (!queue.exists()) {
            return false;
        }
        var callers = callers();
        return caller == null ? !callers.isEmpty() : callers.contains(caller);
    }

    private Set<String> callers() {
        var now = clock.instant();
        if (!now.isBefore(listening.until())) {
            listening = new Listening(Set.copyOf(endpoints.callersListening()), now.plus(timeouts.listeners()));
        }
        return listening.callers();
    }

    /** An event is owed while one of its endpoints was not given it. Where there is no queue (any more), none is. */
    @Override
    public SinkResult give(List<Event> events, boolean withContent, Duration limit) {
        if (!queue.exists()) {
            return SinkResult.all(events);
        }
        var known = new HashMap<String, List<WebhookEndpoint>>();
        var queued = new ArrayList<QueuedEvent>();
        for (var event : events) {
            takers(event, known).forEach(endpoint -> queued.add(QueuedEvent.first(event, endpoint)));
        }
        var result = queue.send(queued, limit);
        var owed = new HashSet<String>();
        result.owed().forEach(one -> owed.add(one.event().id()));
        return new SinkResult(
                events.stream().filter(event -> !owed.contains(event.id())).toList(),
                events.stream().filter(event -> owed.contains(event.id())).toList(),
                result.code());
    }

    private List<WebhookEndpoint> takers(Event event, Map<String, List<WebhookEndpoint>> known) {
        var callers = event.caller() == null ? callers() : Set.of(event.caller());
        return callers.stream()
                .filter(caller -> event.caller() != null || reaches(caller, event.account()))
                .flatMap(caller -> known.computeIfAbsent(caller, endpoints::list).stream())
                .filter(endpoint -> endpoint.takes(event.type(), event.account()))
                .filter(endpoint -> !endpoint.id().equals(event.data().get(WebhookCourier.DISABLED_ID)))
                .toList();
    }

    private boolean reaches(String caller, @Nullable String account) {
        return account == null
                || accounts.find(account)
                        .map(Account::simulated)
                        .filter(simulated -> Grant.reaches(caller, simulated))
                        .isPresent();
    }
}
