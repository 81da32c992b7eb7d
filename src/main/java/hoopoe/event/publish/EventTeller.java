package hoopoe.event.publish;

import hoopoe.config.Setting;
import hoopoe.event.Event;
import hoopoe.event.EventSink;
import hoopoe.event.PublishedStates;
import hoopoe.event.PublishedStates.PendingEvents;
import hoopoe.event.PublishedStates.ShownState;
import hoopoe.event.PublishedStates.StateChanges;
import hoopoe.store.event.PublishedKey;
import hoopoe.store.event.PublishedRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Stores what is new of a subject before anybody is told, tells it, and stores who was told. */
@ApplicationScoped
public class EventTeller {

    /** So long other workers leave pending events to the worker that found them. */
    private static final Duration TELLING = Duration.ofSeconds(60);

    /** So many events are given at once: what a sink makes of them has to fit into memory, and a failure costs no more than these. */
    private static final int AT_ONCE = 100;

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final PublishedRepository publishedRepository;
    private final EventSinks eventSinks;
    private final Config config;
    private final Clock clock;

    public EventTeller(PublishedRepository publishedRepository, EventSinks eventSinks, Config config, Clock clock) {
        this.publishedRepository = publishedRepository;
        this.eventSinks = eventSinks;
        this.config = config;
        this.clock = clock;
    }

    /** Whose states are told: the messages of a dispatch, or an account. */
    interface Subject extends StateChanges {

        PublishedKey key();

        /** Null where it concerns no single caller. */
        @Nullable String caller();

        /** The pending events, made anew from what is stored. */
        List<Event> events(PublishedStates told, PendingEvents pending);
    }

    /**
     * Tells what is new.
     *
     * @param told as it was read before what is shown
     * @return when to try again what could not be told; empty where all is told
     */
    Optional<Instant> tell(Subject subject, PublishedStates told, Map<Integer, ShownState> shown, Duration limit) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var before = told;
        if (before.pending() != null) {
            if (now.isBefore(before.pending().at().plus(TELLING))) {
                return Optional.of(now.plus(TELLING));
            }
            before = given(subject, before, before.pending(), limit);
            if (before.pending() != null) {
                return Optional.of(again(before.pending(), now));
            }
        }
        var owed = eventSinks.of(subject.caller()).stream().collect(Collectors.toMap(EventSink::name, sink -> 0));
        var content = Setting.EVENTS_CONTENT.flag(config);
        var found = before.with(shown, subject, new PendingEvents(now, owed, content));
        if (found.isEmpty() || owed.isEmpty()) {
            return Optional.empty();
        }
        return publishedRepository
                .write(subject.key(), found.get())
                .map(stored -> stored.pending() == null ? stored : given(subject, stored, stored.pending(), limit))
                .map(given -> Optional.ofNullable(given.pending()).map(pending -> again(pending, now)))
                .orElseGet(() -> Optional.of(now.plus(TELLING)));
    }

    /** Later and later, so that what waits for a sink that is down crowds out nothing else. */
    private static Instant again(PendingEvents pending, Instant now) {
        var age = Duration.between(pending.at(), now);
        var pause = age.compareTo(TELLING) < 0 ? TELLING : age;
        return now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }

    /** @return how many of the events a sink has taken by the end, from the first */
    private int give(String name, List<Event> events, int taken, boolean content, Instant end) {
        var next = taken;
        while (next < events.size()) {
            var some = events.subList(next, Math.min(next + AT_ONCE, events.size()));
            var left = Duration.between(clock.instant(), end);
            if (left.isNegative() || !eventSinks.give(name, some, content, left)) {
                return next;
            }
            next += some.size();
        }
        return next;
    }

    /** @return without pending events where all sinks took them, and it is stored that they did */
    private PublishedStates given(Subject subject, PublishedStates told, PendingEvents pending, Duration limit) {
        var events = subject.events(told, pending);
        var end = clock.instant().plus(limit);
        var owed = new HashMap<>(pending.owed());
        owed.replaceAll((name, taken) -> give(name, events, taken, pending.content(), end));
        owed.values().removeIf(taken -> taken == events.size());
        if (owed.equals(pending.owed())) {
            return told;
        }
        var left = new PendingEvents(pending.at(), owed, pending.content());
        return publishedRepository.taken(subject.key(), told, owed)
                ? new PublishedStates(told.version() + 1, told.states(), owed.isEmpty() ? null : left)
                : told;
    }
}
