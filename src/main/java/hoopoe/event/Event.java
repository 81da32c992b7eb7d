package hoopoe.event;

import hoopoe.message.SortableTime;
import hoopoe.message.Ulid;
import hoopoe.platform.Json;
import hoopoe.platform.Sha256;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that callers are told. One id has one content for ever: an event is made anew for each try, from what is stored.
 *
 * @param id by {@link #id}
 * @param timestamp when it was found, in whole milliseconds
 * @param caller whom it concerns; null where that is nobody, or all callers of the account
 * @param account null where it concerns none
 * @param data without numbers and texts of people; values are texts, numbers, booleans, and maps of them; what is null is left out
 * @param content numbers and texts of people, for those who asked for them; as {@code data}
 */
public record Event(
        String id,
        EventType type,
        Instant timestamp,
        @Nullable String caller,
        @Nullable String account,
        Map<String, Object> data,
        Map<String, Object> content) {

    /** Each id begins with it. */
    public static final String PREFIX = "evt_";

    /** @throws IllegalArgumentException where the id is of another time */
    public Event {
        timestamp = timestamp.truncatedTo(ChronoUnit.MILLIS);
        if (!id.startsWith(PREFIX) || !time(id).equals(timestamp)) {
            throw new IllegalArgumentException("the id of an event begins with its time");
        }
        data = ordered(data);
        content = ordered(content);
    }

    /**
     * The id of an event: ids sort by time, and the same subject at the same time has the same id.
     *
     * @param subject all that tells the event from others of that time
     */
    public static String id(Instant timestamp, String subject) {
        return PREFIX + Ulid.of(timestamp, Sha256.bytes(subject));
    }

    /** When the event of this id was found. */
    public static Instant time(String id) {
        return Ulid.time(id.substring(PREFIX.length()));
    }

    /**
     * The payload, the same for all who take the event: {@code {"id", "type", "timestamp", "data"}}, keys of {@code data} in the
     * order of the alphabet.
     *
     * @param withContent whether numbers and texts of people are part of {@code data}
     */
    public String body(boolean withContent) {
        var shown = new TreeMap<>(data);
        if (withContent) {
            shown.putAll(content);
        }
        var payload = new LinkedHashMap<String, Object>();
        payload.put("id", id);
        payload.put("type", type.label());
        payload.put("timestamp", SortableTime.of(timestamp));
        payload.put("data", shown);
        return Json.text(payload);
    }

    private static Map<String, Object> ordered(Map<String, Object> values) {
        var sorted = new TreeMap<String, Object>();
        values.forEach((name, value) -> {
            if (value != null) {
                sorted.put(name, value instanceof Map<?, ?> map ? new TreeMap<>(map) : value);
            }
        });
        return Collections.unmodifiableMap(sorted);
    }

    /** Without data, which is not for logs. */
    @Override
    public String toString() {
        return "Event[" + id + ", " + type.label() + ']';
    }
}
