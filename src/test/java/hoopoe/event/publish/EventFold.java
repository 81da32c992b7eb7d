package hoopoe.event.publish;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.event.Event;
import hoopoe.event.EventType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What a listener knows who drops repeats by id and keeps, of each message, the event of the highest version. */
final class EventFold {

    private final Map<String, Event> byId = new HashMap<>();
    private final Map<String, TreeMap<Integer, Event>> bySubject = new TreeMap<>();

    /** @throws AssertionError where an id has two contents, or versions do not rise by one */
    static EventFold of(List<Event> taken) {
        var fold = new EventFold();
        taken.forEach(fold::add);
        fold.bySubject.forEach((subject, versions) -> assertThat(versions.keySet())
                .as("versions of %s", subject)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, versions.size()).boxed().toList()));
        return fold;
    }

    private static boolean isOver(Event event) {
        return Boolean.TRUE.equals(event.data().get("final")) || event.type() == EventType.MESSAGE_UNKNOWN;
    }

    private void add(Event event) {
        var same = byId.put(event.id(), event);
        if (same != null) {
            assertThat(event.body(true)).as("one id, one content").isEqualTo(same.body(true));
        }
        var other = bySubject
                .computeIfAbsent(subject(event), subject -> new TreeMap<>())
                .put((Integer) event.data().get("version"), event);
        if (other != null) {
            assertThat(event.id()).as("one version, one event").isEqualTo(other.id());
        }
    }

    private static String subject(Event event) {
        var id = event.type() == EventType.BATCH_FINISHED ? "batch_id" : "message_id";
        return (String) event.data().get(id);
    }

    /** The last state of each message, and of each batch that is finished. */
    Map<String, String> states() {
        var states = new TreeMap<String, String>();
        bySubject.forEach((subject, versions) -> states.put(
                subject, (String) versions.lastEntry().getValue().data().get("state")));
        return states;
    }

    /** How many different events there were. */
    int size() {
        return byId.size();
    }
}
