package hoopoe.event.publish;

import hoopoe.batch.Batch;
import hoopoe.batch.BatchState;
import hoopoe.batch.Recipient;
import hoopoe.delivery.EffectiveStatus;
import hoopoe.dispatch.Dispatch;
import hoopoe.event.Event;
import hoopoe.event.EventType;
import hoopoe.event.PublishedStates;
import hoopoe.event.PublishedStates.PendingEvents;
import hoopoe.event.PublishedStates.PublishedState;
import hoopoe.event.PublishedStates.ShownState;
import hoopoe.event.PublishedStates.StateChange;
import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import hoopoe.store.batch.RecipientRepository;
import hoopoe.store.event.PublishedKey;
import hoopoe.store.event.PublishedRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners of the messages of a dispatch what {@code GET} shows and they were not told. It compares levels, so no writer of
 * a state has to remember to tell. In this order: what is new is stored, with what the events will say; the sinks take them; that
 * they did is stored. So a repeat after a crash has the same ids and the same content, and versions rise by one.
 *
 * <p>The caller reads {@link #told} before the dispatch, its report and its callbacks: then an older view never replaces a newer
 * one, because the write of what is new is refused where another worker has told meanwhile.
 */
@ApplicationScoped
public class EventPublisher {

    private final PublishedRepository publishedRepository;
    private final RecipientRepository recipientRepository;
    private final EventSinks eventSinks;
    private final EventTeller eventTeller;
    private final Clock clock;

    public EventPublisher(
            PublishedRepository publishedRepository,
            RecipientRepository recipientRepository,
            EventSinks eventSinks,
            EventTeller eventTeller,
            Clock clock) {
        this.publishedRepository = publishedRepository;
        this.recipientRepository = recipientRepository;
        this.eventSinks = eventSinks;
        this.eventTeller = eventTeller;
        this.clock = clock;
    }

    /** Whether anybody listens at all. */
    public boolean isListenedTo() {
        return !eventSinks.of(null).isEmpty();
    }

    /** What listeners were told of a dispatch; empty where nobody listens to this caller's events, so that nothing is to be told. */
    public Optional<PublishedStates> told(Batch batch, int n) {
        return eventSinks.of(batch.caller()).isEmpty()
                ? Optional.empty()
                : Optional.of(publishedRepository.find(PublishedKey.of(batch, n)));
    }

    /**
     * Tells what is new of the messages of a dispatch.
     *
     * @param told as it was read before what {@code status} is made of
     * @param recipients of the dispatch
     * @param finished messages of the batch by state label, where the batch is finished and this is its first dispatch; else empty
     * @return when to try again what could not be told; empty where all is told
     */
    public Optional<Instant> tell(
            PublishedStates told,
            EffectiveStatus status,
            List<Recipient> recipients,
            Map<String, Integer> finished,
            Duration limit) {
        var shown = new TreeMap<Integer, ShownState>();
        recipients.forEach(recipient -> shown.put(recipient.n(), shown(status, recipient)));
        if (!finished.isEmpty()) {
            shown.put(PublishedStates.BATCH, finished(finished));
        }
        return tell(status.batch(), status.dispatch().id().n(), told, shown, limit);
    }

    /**
     * Tells that a batch is finished, once.
     *
     * @param counts its messages by state label, read only where that was not told; empty where it is not finished
     */
    public Optional<Instant> finish(Batch batch, Supplier<Map<String, Integer>> counts, Duration limit) {
        var key = PublishedKey.of(batch, 0);
        var told = publishedRepository.find(key);
        if (told.pending() != null) { // to count reads all dispatches, and would be in vain as long as these are owed
            var untold = tell(batch, 0, told, Map.of(), limit);
            if (untold.isPresent()) {
                return untold;
            }
            told = publishedRepository.find(key);
        }
        var all = told.states().containsKey(PublishedStates.BATCH) ? Map.<String, Integer>of() : counts.get();
        var shown = all.isEmpty() ? Map.<Integer, ShownState>of() : Map.of(PublishedStates.BATCH, finished(all));
        return tell(batch, 0, told, shown, limit);
    }

    private Optional<Instant> tell(
            Batch batch, int n, PublishedStates told, Map<Integer, ShownState> shown, Duration limit) {
        return eventTeller.tell(new DispatchSubject(batch, n), told, shown, limit);
    }

    private final class DispatchSubject implements EventTeller.Subject {

        private final Batch batch;
        private final int n;

        private DispatchSubject(Batch batch, int n) {
            this.batch = batch;
            this.n = n;
        }

        @Override
        public PublishedKey key() {
            return PublishedKey.of(batch, n);
        }

        @Override
        public String caller() {
            return batch.caller();
        }

        /** Each state, and another code of a final state; never a step back that only a worker's clock makes; of a batch once. */
        @Override
        public StateChange of(int number, @Nullable ShownState told, ShownState shown) {
            if (number == PublishedStates.BATCH) {
                return told == null ? StateChange.TOLD : StateChange.NONE;
            }
            var state = MessageState.of(shown.state());
            if (EventType.of(state).isEmpty()) {
                return StateChange.NONE;
            } else if (told == null) {
                return StateChange.TOLD;
            }
            var before = MessageState.of(told.state());
            var isClock = before == MessageState.UNKNOWN
                    && (state == MessageState.SUBMITTED || state == MessageState.SCHEDULED);
            var isNew = before != state || state.isFinal() && !Objects.equals(told.code(), shown.code());
            return isNew && !isClock ? StateChange.TOLD : StateChange.NONE;
        }

        @Override
        public List<Event> events(PublishedStates told, PendingEvents pending) {
            return EventPublisher.this.events(batch, n, told, pending);
        }
    }

    private List<Event> events(Batch batch, int n, PublishedStates told, PendingEvents pending) {
        var recipients = recipientRepository.of(batch.id(), n).stream()
                .collect(Collectors.toMap(Recipient::n, Function.identity()));
        var events = new ArrayList<Event>();
        told.states().forEach((number, state) -> {
            if (state.pending() && number != PublishedStates.BATCH) {
                events.add(message(batch, recipients.get(number), number, state, pending.at()));
            }
        });
        Optional.ofNullable(told.states().get(PublishedStates.BATCH))
                .filter(PublishedState::pending)
                .ifPresent(state -> events.add(finished(batch, state, pending.at())));
        return events;
    }

    /** @param recipient null where TTL, or an erasure, has taken the recipients away */
    private static Event message(
            Batch batch, @Nullable Recipient recipient, int number, PublishedState told, Instant at) {
        var id = batch.messageId(number);
        var shown = told.shown();
        var state = MessageState.of(shown.state());
        var data = new HashMap<String, Object>();
        data.put("batch_id", batch.id());
        data.put("message_id", id);
        data.put("batch_reference", batch.content().reference());
        data.put("reference", recipient == null ? null : recipient.reference());
        data.put("state", shown.state());
        data.put("final", state.isFinal());
        data.put("version", told.version());
        data.put("provider_code", shown.code());
        data.put("at", text(shown.at()));
        data.put("account", batch.account());
        data.put("caller", batch.caller());
        var content = new HashMap<String, Object>();
        if (recipient != null && recipient.to() != null) {
            content.put("to", recipient.to().e164());
            content.put("text", recipient.text() == null ? batch.content().text() : recipient.text());
        }
        return new Event(
                Event.id(at, id + '#' + told.version()),
                EventType.of(state).orElseThrow(),
                at,
                batch.caller(),
                batch.account(),
                data,
                content);
    }

    private static Event finished(Batch batch, PublishedState told, Instant at) {
        var data = new HashMap<String, Object>();
        data.put("batch_id", batch.id());
        data.put("reference", batch.content().reference());
        data.put("state", told.shown().state());
        data.put("final", true);
        data.put("version", told.version());
        data.put("counts", told.shown().counts());
        data.put("at", text(told.shown().at()));
        data.put("account", batch.account());
        data.put("caller", batch.caller());
        return new Event(
                Event.id(at, batch.id() + '#' + told.version()),
                EventType.BATCH_FINISHED,
                at,
                batch.caller(),
                batch.account(),
                data,
                Map.of());
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private ShownState finished(Map<String, Integer> counts) {
        var states = new EnumMap<MessageState, Integer>(MessageState.class);
        counts.forEach((label, count) -> states.put(MessageState.of(label), count));
        return new ShownState(
                BatchState.of(states, true).label(), null, clock.instant().truncatedTo(ChronoUnit.MILLIS), counts);
    }

    private static ShownState shown(EffectiveStatus status, Recipient recipient) {
        return new ShownState(
                status.of(recipient).label(),
                status.code(recipient),
                status.decisive(recipient)
                        .map(StatusFact::at)
                        .orElseGet(() -> since(status.dispatch(), status.of(recipient))),
                Map.of());
    }

    /** When the dispatch came into a state that no fact gave its message. */
    private static @Nullable Instant since(Dispatch dispatch, MessageState state) {
        return switch (state) {
            case SUBMITTED, SCHEDULED -> dispatch.submission().submitted();
            case UNCONFIRMED -> dispatch.tries().unconfirmed();
            default -> null;
        };
    }
}
