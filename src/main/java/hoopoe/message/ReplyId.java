package hoopoe.message;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a reply: {@code 2026-03-01T02:00:00.000Z#<hash>}, ordered by time, then by hash. Contains neither text nor number.
 *
 * @param at the provider's time, or ours where it was missing or far off
 * @param hash of the fields that identify the reply, whichever way it came
 */
public record ReplyId(Instant at, String hash) implements Comparable<ReplyId> {

    private static final Pattern FORM =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z)#([0-9a-f]{32})");

    public ReplyId {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    public static Optional<ReplyId> of(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ReplyId(Instant.parse(form.group(1)), form.group(2)));
        } catch (DateTimeParseException e) {
            // for example a thirteenth month, because callers may invent cursors
            return Optional.empty();
        }
    }

    /** Reads an id that the store wrote itself. */
    public static ReplyId read(String text) {
        return of(text).orElseThrow(() -> new IllegalStateException("a damaged reply id"));
    }

    public LocalDate day() {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    @Override
    public int compareTo(ReplyId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return SortableTime.of(at) + '#' + hash;
    }

    // By hand: a record's generated equals is slow in a native image, and ids are kept in sets.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReplyId id && id.hash.equals(hash) && id.at.equals(at);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }
}
