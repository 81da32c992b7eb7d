package hoopoe.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The query parameters of a call, each at most once. Whatever is wrong with one is {@code invalid_request}. */
public final class Query {

    private static final int ECHOED = 40;

    private final Map<String, String> values = new LinkedHashMap<>();

    /** Reads the raw query: API Gateway joins repeated values by commas in its own map. */
    static Query of(String raw, Set<String> known) {
        var query = new Query();
        for (var pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                query.add(pair, known);
            }
        }
        return query;
    }

    private void add(String pair, Set<String> known) {
        int equals = pair.indexOf('=');
        var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        if (!known.contains(name)) {
            throw Problems.INVALID_REQUEST.because("There is no query parameter " + quoted(name) + " here.");
        }
        if (values.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
            throw wrong(name, "is given twice");
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problems.INVALID_REQUEST.because("The query is not percent-encoded as it must be.");
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
                return OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
            } catch (DateTimeParseException e) {
                throw wrong(name, "is no time as in 2026-01-31T08:00:00Z");
            }
        });
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

    /** A parameter's value that the function itself cannot use. */
    public static ProblemException wrong(String name, String how) {
        return Problems.INVALID_REQUEST.because("The query parameter " + quoted(name) + ' ' + how + '.');
    }

    private static String quoted(String name) {
        return '"' + (name.length() > ECHOED ? name.substring(0, ECHOED) + '…' : name) + '"';
    }
}
