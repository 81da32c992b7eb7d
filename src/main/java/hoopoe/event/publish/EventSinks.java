package hoopoe.event.publish;

import hoopoe.event.Event;
import hoopoe.event.EventSink;
import hoopoe.event.EventSink.SinkResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** All sinks. One that failed is not called for a moment, so that it takes no time from the others and from checks. */
@ApplicationScoped
public class EventSinks {

    private static final Logger LOG = Logger.getLogger(EventSinks.class);

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final List<EventSink> all;
    private final Clock clock;
    private final Map<String, Instant> pauses = new ConcurrentHashMap<>();

    @Inject
    EventSinks(Instance<EventSink> all, Clock clock) {
        this(all.stream(), clock);
    }

    public EventSinks(Stream<EventSink> all, Clock clock) {
        this.all = all.toList();
        this.clock = clock;
    }

    /** The sinks in which somebody listens for a caller's events; null for events that concern no single caller. */
    List<EventSink> of(@Nullable String caller) {
        return all.stream().filter(sink -> sink.listens(caller)).toList();
    }

    /**
     * Gives a sink events, unless it failed a moment ago.
     *
     * @param name of a sink
     * @return whether it took all, or is no more
     */
    boolean give(String name, List<Event> events, boolean content, Duration limit) {
        return all.stream()
                .filter(sink -> sink.name().equals(name))
                .findFirst()
                .map(sink -> !isPaused(name) && isTaken(sink, sink.give(events, content, limit)))
                .orElse(true);
    }

    private boolean isPaused(String name) {
        return Optional.ofNullable(pauses.get(name))
                .filter(clock.instant()::isBefore)
                .isPresent();
    }

    private boolean isTaken(EventSink sink, SinkResult result) {
        if (result.owed().isEmpty()) {
            return true;
        }
        pauses.put(sink.name(), clock.instant().plus(PAUSE));
        LOG.warnf(
                "%s took %d events and not %d: %s",
                sink.name(),
                result.taken().size(),
                result.owed().size(),
                result.code().orElse("no reason"));
        return false;
    }
}
