package hoopoe.api.http;

import hoopoe.message.Surrogates;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The query parameters of a request, each at most once. Every error in one is {@code invalid_request}. */
public final class QueryParameters {

    private static final int ECHOED = 40;
    /** RFC 3339 section 1: a time beyond is no day in UTC, or does not sort as text. */
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final String TIME = "is no time as in 2026-01-31T08:00:00Z";

    private final Map<String, String> values = new LinkedHashMap<>();

    /** Reads the raw query, because API Gateway's own map joins repeated values by commas. */
    static QueryParameters of(String raw, Set<String> known) {
        var queryParameters = new QueryParameters();
        for (var pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                queryParameters.add(pair, known);
            }
        }
        return queryParameters;
    }

    private void add(String pair, Set<String> known) {
        int equals = pair.indexOf('=');
        var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        if (!known.contains(name)) {
            throw ProblemCatalogue.INVALID_REQUEST.because("There is no query parameter " + quoted(name) + " here.");
        }
        if (values.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
            throw wrong(name, "is given twice");
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ProblemCatalogue.INVALID_REQUEST.because("The query is not percent-encoded correctly.");
        }
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** RFC 3339 with an offset. */
    public Optional<Instant> instant(String name) {
        return text(name).map(value -> {
            try {
                // An offset's plus sign that was not percent-encoded arrives as a space.
                var at = OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
                if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
                    throw wrong(name, TIME);
                }
                return at;
            } catch (DateTimeParseException e) {
                throw wrong(name, TIME);
            }
        });
    }

    /** Whether {@code include} asks for this, the only value that it may have. */
    public boolean includes(String what) {
        var asked = text("include");
        if (asked.isPresent() && !asked.get().equals(what)) {
            throw wrong("include", "is not \"" + what + '"');
        }
        return asked.isPresent();
    }

    /** How many rows a page shall have. */
    public int limit(int otherwise, int most) {
        return text("limit").map(value -> limit(value, most)).orElse(Math.min(otherwise, most));
    }

    private static int limit(String value, int most) {
        if (value.matches("[1-9]\\d{0,5}") && Integer.parseInt(value) <= most) {
            return Integer.parseInt(value);
        }
        throw wrong("limit", "is no number from 1 to " + most);
    }

    /** For a value that the function itself cannot use. */
    public static ProblemException wrong(String name, String how) {
        return ProblemCatalogue.INVALID_REQUEST.because("The query parameter " + quoted(name) + ' ' + how + '.');
    }

    private static String quoted(String name) {
        return '"' + (name.length() > ECHOED ? Surrogates.cut(name, ECHOED) + '…' : name) + '"';
    }
}
