package hoopoe.provider.every8d;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The time formats of EVERY8D, all in Taiwan's time zone (providers.md C1.4, C1.6). */
final class Every8dTimes {

    private static final ZoneId TAIPEI = ZoneId.of("Asia/Taipei");
    private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");
    private static final Pattern DIGITS = Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)");
    /** {@code 2015/09/23 15:37:05}, {@code 2010/3/20 3:27:50}, {@code 2015-09-23 15:37:05}, {@code 2021/06/0114:27:55} */
    private static final Pattern WRITTEN =
            Pattern.compile("(\\d{4})[/-](\\d{1,2})[/-](\\d{1,2})\\s*(\\d{1,2}):(\\d{1,2}):(\\d{1,2})");

    private Every8dTimes() {}

    /** {@code 20090131153000} */
    static String compact(Instant instant) {
        return COMPACT.format(instant.atZone(TAIPEI));
    }

    /** Reads either form; null where the text is not a time. */
    static @Nullable Instant read(String written) {
        var time = written.strip();
        var form = time.contains(":") ? WRITTEN.matcher(time) : DIGITS.matcher(time);
        return form.matches() ? instant(form) : null;
    }

    private static @Nullable Instant instant(MatchResult form) {
        try {
            return LocalDateTime.of(
                            part(form, 1), part(form, 2), part(form, 3), part(form, 4), part(form, 5), part(form, 6))
                    .atZone(TAIPEI)
                    .toInstant();
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static int part(MatchResult form, int group) {
        return Integer.parseInt(form.group(group));
    }
}
