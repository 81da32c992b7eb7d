package hoopoe.message;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as text of fixed length, which sorts by time: {@code 2026-03-01T02:00:00.000Z}. */
public final class SortableTime {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private SortableTime() {}

    public static String of(Instant instant) {
        return FORMAT.format(instant);
    }
}
