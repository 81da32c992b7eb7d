package hoopoe.provider.text421;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as text421 writes them, {@code 2012-11-05 16:01:22}, taken for Slovakia's own: no document names a zone. In the hour
 * that autumn repeats the form cannot tell which one is meant; the first is read.
 */
final class Text421Times {

    private static final ZoneId BRATISLAVA = ZoneId.of("Europe/Bratislava");
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final Pattern READ =
            Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})[\\sT+]+(\\d{1,2}):(\\d{1,2}):(\\d{1,2})");

    private Text421Times() {}

    static String write(Instant instant) {
        return WRITTEN.format(instant.atZone(BRATISLAVA));
    }

    /** Null where it is none. */
    static @Nullable Instant read(String written) {
        var form = READ.matcher(written.strip());
        return form.matches() ? instant(form) : null;
    }

    private static @Nullable Instant instant(MatchResult form) {
        try {
            return LocalDateTime.of(
                            part(form, 1), part(form, 2), part(form, 3), part(form, 4), part(form, 5), part(form, 6))
                    .atZone(BRATISLAVA)
                    .toInstant();
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static int part(MatchResult form, int group) {
        return Integer.parseInt(form.group(group));
    }
}
