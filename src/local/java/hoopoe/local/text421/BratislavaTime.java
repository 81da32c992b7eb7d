package hoopoe.local.text421;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/** {@code 2012-11-05 16:01:22}, on Slovak clocks. */
final class BratislavaTime {
    private static final ZoneId ZONE = ZoneId.of("Europe/Bratislava");
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private BratislavaTime() {}

    static String write(Instant moment) {
        return FORM.format(LocalDateTime.ofInstant(moment, ZONE));
    }

    static Optional<Instant> read(String written) {
        try {
            return Optional.of(LocalDateTime.parse(written, FORM).atZone(ZONE).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
