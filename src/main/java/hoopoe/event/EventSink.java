package hoopoe.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One who takes events: a bus, or the queue of webhooks. */
public interface EventSink {

    /** By which is remembered whom an event is owed to; it never changes. */
    String name();

    /**
     * Whether somebody takes events of this caller there; where nobody does, nothing is stored of what was told. The answer may
     * be a minute old.
     *
     * @param caller null for events that concern no single caller
     */
    boolean listens(@Nullable String caller);

    /**
     * Gives it events. May give one twice, so ids tell a repeat. Does not throw for what the network or AWS does.
     *
     * @param withContent whether the deployment's setting asked for numbers and texts when the events were found, so that a repeat is
     *     the same; one whose listeners choose by themselves does not look at it
     * @param limit how long it may take, with all tries
     */
    SinkResult give(List<Event> events, boolean withContent, Duration limit);

    /**
     * Each given event is in one of both lists.
     *
     * @param taken never lost from now on
     * @param owed to be given again, together with those that were taken
     * @param code why some are owed, by AWS' error code or ours; nothing private
     */
    record SinkResult(List<Event> taken, List<Event> owed, Optional<String> code) {

        public SinkResult {
            taken = List.copyOf(taken);
            owed = List.copyOf(owed);
        }

        public static SinkResult all(List<Event> taken) {
            return new SinkResult(taken, List.of(), Optional.empty());
        }
    }
}
