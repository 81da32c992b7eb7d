package hoopoe.local.every8d;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/** The wire's times and days. Taipei is eight hours ahead of UTC all year. */
final class TaipeiTime {
    private static final ZoneOffset TAIPEI = ZoneOffset.ofHours(8);

    /** {@code 20090131153000}. */
    private static final DateTimeFormatter COMPACT =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private TaipeiTime() {}

    static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, TAIPEI);
    }

    static String compact(Instant moment) {
        return COMPACT.format(local(moment));
    }

    static Optional<Instant> parse(String compact) {
        if (compact.length() != 14) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(compact, COMPACT).toInstant(TAIPEI));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static String inReport(Instant moment, Switch.Dates form) {
        return switch (form) {
            case PADDED -> written(moment, "uuuu/MM/dd HH:mm:ss");
            case UNPADDED -> written(moment, "uuuu/M/d HH:mm:ss");
            case DASHED -> written(moment, "uuuu-MM-dd HH:mm:ss");
            case RUN_TOGETHER -> written(moment, "uuuu/MM/ddHH:mm:ss");
            case TRAILING_BLANK -> written(moment, "uuuu/MM/dd HH:mm:ss ");
            case UNREADABLE -> "soon";
            case BLANK -> "";
        };
    }

    private static String written(Instant moment, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(local(moment));
    }

    private static LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment, TAIPEI);
    }
}
