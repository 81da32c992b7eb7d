package hoopoe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.PhoneNumber;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Forms of numbers, and what must hold for every reader of them. */
public final class WrittenNumbers {

    private static final long SEED = 20_261_130;
    private static final int TRIES = 60_000;

    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-F]{4})");
    private static final String MARKS = "\u200B\u200E\u200F\u202A\u202C\u2060\u2069\uFEFF\u00AD\uFE0F";
    private static final String SEPARATORS = "- .\u00A0\u3000\u2011\u2212";
    private static final String INSERTED = "0123456789" + MARKS + SEPARATORS + "()+,;/'x:E\t\n";

    private WrittenNumbers() {}

    /** As a table writes what an editor would not show. */
    public static String decoded(String cell) {
        return ESCAPE.matcher(cell).replaceAll(found -> {
            var c = (char) Integer.parseInt(found.group(1), 16);
            return c == '\\' ? "\\\\" : Character.toString(c);
        });
    }

    /**
     * Damages forms at random, and looks at what is still read as a number: nothing but invisible marks, spaces at the ends,
     * brackets and single separators between digits was taken out of it, and no digit.
     *
     * @param prefixes what the contract lists before a national number, with the plus where there is one
     * @param country its code, with a plus
     */
    public static void assertNothingIsRepaired(
            Function<String, Optional<PhoneNumber>> reader, String country, List<String> prefixes, List<String> forms) {
        var random = new Random(SEED);
        int read = 0;
        for (int i = 0; i < TRIES; i++) {
            var written = damaged(forms.get(random.nextInt(forms.size())), random);
            var number = reader.apply(written);
            number.ifPresent(is -> assertHoldsItsDigits(written, is, country, prefixes));
            read += number.isPresent() ? 1 : 0;
        }
        assertThat(read).isBetween(TRIES / 20, TRIES * 19 / 20);
    }

    private static String damaged(String form, Random random) {
        var written = new StringBuilder(form);
        for (int n = random.nextInt(4); n > 0; n--) {
            written.insert(random.nextInt(written.length() + 1), INSERTED.charAt(random.nextInt(INSERTED.length())));
        }
        for (int n = random.nextInt(3); n > 0 && !written.isEmpty(); n--) {
            written.deleteCharAt(random.nextInt(written.length()));
        }
        return written.toString();
    }

    private static void assertHoldsItsDigits(
            String written, PhoneNumber number, String country, List<String> prefixes) {
        var visible = written.replaceAll('[' + MARKS + ']', "").replaceAll('[' + SEPARATORS + ']', "-");
        var stripped = visible.replaceAll("^[-\\s]+|[-\\s]+$", "");
        assertThat(stripped).as(written).matches("[-+0-9()]+").doesNotContain("--");
        var digits = stripped.replaceAll("[-()]", "");
        var e164 = number.e164();
        if (e164.startsWith(country)) {
            var national = e164.substring(country.length());
            assertThat(prefixes.stream().map(prefix -> prefix + national))
                    .as(written)
                    .contains(digits);
        } else {
            assertThat(digits).as(written).isEqualTo(e164);
        }
        assertThat(bracketed(stripped)).as(written).isLessThanOrEqualTo(2);
    }

    /** Every bracket has its fellow, with digits in between. */
    private static int bracketed(String text) {
        var pairs = Pattern.compile("\\(\\+?\\d+\\)").matcher(text).results().count();
        assertThat(text.chars().filter(c -> c == '(').count()).as(text).isEqualTo(pairs);
        assertThat(text.chars().filter(c -> c == ')').count()).as(text).isEqualTo(pairs);
        return (int) pairs;
    }
}
