package hoopoe.api.http;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chooses the media type of an answer by the request's {@code Accept}: RFC 9110, section 12.5.1. */
final class AcceptHeader {

    /** RFC 9110, section 12.4.2. */
    private static final Pattern WEIGHT = Pattern.compile("0(\\.\\d{0,3})?|1(\\.0{0,3})?");

    private AcceptHeader() {}

    /** @param weight from 0, not wanted, to 1 */
    private record MediaRange(String name, BigDecimal weight) {

        /** Empty where the weight is none: nothing is known of what is wanted. */
        static Stream<MediaRange> of(String text) {
            var parts = text.split(";", -1);
            var weight = Arrays.stream(parts)
                    .skip(1)
                    .map(String::strip)
                    .filter(part -> part.regionMatches(true, 0, "q=", 0, 2))
                    .map(part -> part.substring(2))
                    .findFirst()
                    .orElse("1");
            return WEIGHT.matcher(weight).matches()
                    ? Stream.of(new MediaRange(parts[0].strip().toLowerCase(Locale.ROOT), new BigDecimal(weight)))
                    : Stream.empty();
        }

        /** 3 for the type itself, 0 where it is another. */
        int precision(String type) {
            if (name.equals(type)) {
                return 3;
            } else if (name.equals(type.substring(0, type.indexOf('/')) + "/*")) {
                return 2;
            }
            return name.equals("*/*") ? 1 : 0;
        }
    }

    /** @return the wanted type; the first of equals, and where none is wanted: a client may read what it did not ask for */
    static String best(Optional<String> header, List<String> offered) {
        var ranges = header.stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .flatMap(MediaRange::of)
                .toList();
        var best = offered.get(0);
        for (var type : offered) {
            if (weight(ranges, type).compareTo(weight(ranges, best)) > 0) {
                best = type;
            }
        }
        return best;
    }

    /** Of the most precise range that names it. */
    private static BigDecimal weight(List<MediaRange> ranges, String type) {
        var weight = BigDecimal.ZERO;
        int precision = 0;
        for (var range : ranges) {
            if (range.precision(type) > precision) {
                precision = range.precision(type);
                weight = range.weight();
            }
        }
        return weight;
    }
}
