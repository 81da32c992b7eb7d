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
 * The time format of text421, {@code 2012-11-05 16:01:22}, read in Slovakia's time zone, because no document names one. In the
 * hour that is repeated in autumn the text is ambiguous; the first hour is read.
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

    /** Null where the text is not a time. */
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
