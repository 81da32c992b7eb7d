package hoopoe.batch.create;

import hoopoe.provider.SendOrder;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A send time as a caller wrote it.
 *
 * @param at in whole seconds; null where none was given or it is refused
 * @param code why it is refused; null where it is valid
 */
record SendTime(@Nullable Instant at, @Nullable String code, String detail) {

    /** Clocks differ, and a request takes a while: this is not past yet. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private static final Duration AHEAD = Duration.ofDays(366);

    private static final Pattern RFC_3339 =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");

    private static final SendTime NOW = new SendTime(null, null, "");

    static SendTime of(@Nullable String written, Instant now) {
        if (written == null) {
            return NOW;
        }
        if (!RFC_3339.matcher(written).matches()) {
            return refused("send_at_format", "This must be RFC 3339 with an offset, 2026-01-31T08:00:00+08:00.");
        }
        try {
            return within(OffsetDateTime.parse(written).toInstant().truncatedTo(ChronoUnit.SECONDS), now);
        } catch (DateTimeException e) {
            return refused("send_at_format", "There is no such time.");
        }
    }

    /** Null for now, and for a time that is too near to be scheduled. */
    @Nullable Instant ahead(Instant now) {
        return at != null && SendOrder.isAhead(at, now) ? at : null;
    }

    private static SendTime within(Instant at, Instant now) {
        if (at.isBefore(now.minus(TOLERANCE))) {
            return refused("send_at_past", "This time is past.");
        }
        if (at.isAfter(now.plus(AHEAD))) {
            return refused("send_at_too_far", "This is more than " + AHEAD.toDays() + " days ahead.");
        }
        return new SendTime(at, null, "");
    }

    private static SendTime refused(String code, String detail) {
        return new SendTime(null, code, detail);
    }
}
