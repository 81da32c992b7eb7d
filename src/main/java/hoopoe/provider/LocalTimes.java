package hoopoe.provider;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times that a provider writes in its own time zone, without naming it. In the hour that is repeated in autumn the text is
 * ambiguous; the first hour is read.
 */
public final class LocalTimes {

    private final ZoneId zone;
    private final DateTimeFormatter written;
    private final Pattern[] read;

    /**
     * @param written the form of a time in calls to the provider
     * @param read the forms in its answers, each with six groups, from the year to the second
     */
    public LocalTimes(ZoneId zone, String written, String... read) {
        this.zone = zone;
        this.written = DateTimeFormatter.ofPattern(written).withZone(zone);
        this.read = Arrays.stream(read).map(Pattern::compile).toArray(Pattern[]::new);
    }

    public String write(Instant instant) {
        return written.format(instant);
    }

    /** Null where the text is not a time. */
    public @Nullable Instant read(String text) {
        var time = text.strip();
        for (var form : read) {
            var parts = form.matcher(time);
            if (parts.matches()) {
                return instant(parts);
            }
        }
        return null;
    }

    private @Nullable Instant instant(MatchResult parts) {
        try {
            return LocalDateTime.of(
                            part(parts, 1),
                            part(parts, 2),
                            part(parts, 3),
                            part(parts, 4),
                            part(parts, 5),
                            part(parts, 6))
                    .atZone(zone)
                    .toInstant();
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static int part(MatchResult parts, int group) {
        return Integer.parseInt(parts.group(group));
    }
}
