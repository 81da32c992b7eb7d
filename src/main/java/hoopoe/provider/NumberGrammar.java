package hoopoe.provider;

import hoopoe.message.InvisibleCharacters;
import hoopoe.message.PhoneNumber;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The grammar of phone numbers as people write them: groups of digits with one separator between two groups. All other forms
 * are refused, because a repaired number could belong to a stranger.
 */
public final class NumberGrammar {

    private static final String GAP = "[- .]";

    /** {@code (0912) 345 678}, {@code (+886) 912 345 678} */
    private static final Pattern FIRST_IN_BRACKETS = Pattern.compile("^\\((\\+?\\d++)\\)" + GAP + "?(?=[\\d(])");

    /** {@code +1 (202) 895 1800}, {@code +886 (0)912 345 678} */
    private static final Pattern SECOND_IN_BRACKETS =
            Pattern.compile("^(\\+?\\d++)" + GAP + "?\\((\\d++)\\)" + GAP + "?(?=\\d)");

    private static final Pattern GROUPS = Pattern.compile("\\+?\\d++(?:" + GAP + "\\d++)*+");
    private static final Pattern COUNTRY_CODE = Pattern.compile("\\+\\d{1,3}|(?:00)?[1-9]\\d{0,2}");

    private static final Pattern ABROAD = Pattern.compile("\\+[1-9](?:-?\\d){7,14}+");

    /** A single zero after the country code: {@code +44 (0)7123 456789}. */
    private static final Pattern ZERO_ALONE = Pattern.compile("\\+\\d{1,3}-0-.*");

    /** {@code +12028951800-123} */
    private static final Pattern EXTENSION = Pattern.compile(".*\\d{5}-\\d{1,3}");

    /** The country codes of ITU-T E.164, distinguished by their first digits. */
    private static final String CODE_OF_TWO = "2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]";

    private static final String CODE_OF_THREE = "(?:2[1-689]|3[578]|42|5[09]|6[7-9]|8[035789]|9[679])\\d";

    /** Burkina Faso, Benin, Ivory Coast, Congo, Tajikistan: no trunk zero, and mobile numbers that begin with 0. */
    private static final String ZERO_IS_OF_THE_NUMBER = "22[569]|242|992";

    private static final Pattern TRUNK_ZERO = Pattern.compile(
            "\\+(?!" + ZERO_IS_OF_THE_NUMBER + ")(?:[17]|" + CODE_OF_TWO + '|' + CODE_OF_THREE + ")0\\d*");

    private NumberGrammar() {}

    /**
     * Reads a number of another country, with its plus. A 0 directly after the country code is a trunk zero, which is not
     * dialled from abroad: such a number is refused however it is spaced, {@code +44 07123 456789} and {@code +4407123456789}.
     * Countries whose mobile numbers begin with 0 are excepted. Italy's fixed lines begin with 0 too; they receive no SMS and
     * are refused. An extension is not appended.
     *
     * @param groups as {@link #grouped} returns them
     */
    public static Optional<PhoneNumber> abroad(String groups) {
        var digits = groups.replace("-", "");
        return ABROAD.matcher(groups).matches()
                        && !ZERO_ALONE.matcher(groups).matches()
                        && !TRUNK_ZERO.matcher(digits).matches()
                        && !EXTENSION.matcher(groups).matches()
                ? Optional.of(new PhoneNumber(digits))
                : Optional.empty();
    }

    /**
     * The digits, with the plus if there is one and a hyphen between two groups; empty for any other form. Invisible marks and
     * outer spaces are removed; full-width signs and hyphens of any length count as ASCII ones.
     */
    public static Optional<String> grouped(String written) {
        var text = ascii(InvisibleCharacters.removeMarks(written)).strip();
        text = FIRST_IN_BRACKETS.matcher(text).replaceFirst("$1-");
        text = SECOND_IN_BRACKETS.matcher(text).replaceFirst("$1-$2-");
        if (!GROUPS.matcher(text).matches() || isFormattedAmount(text)) {
            return Optional.empty();
        }
        var groups = text.split(GAP);
        return areOfANumber(groups) ? Optional.of(String.join("-", groups)) : Optional.empty();
    }

    /** Whether a spreadsheet formatted the number as an amount: the plus or the zero is lost, and dots separate thousands. */
    private static boolean isFormattedAmount(String text) {
        return text.indexOf('.') >= 0 && text.charAt(0) != '+' && text.charAt(0) != '0';
    }

    /** Excludes decimals and ranges of numbers: {@code 912345678.0}, {@code 0912345678-79}. */
    private static boolean areOfANumber(String[] groups) {
        int last = groups.length - 1;
        for (int i = 0; i <= last; i++) {
            if (groups[i].length() == 1 && !(i == 1 && last > 1 && isCountryCode(groups[0]))) {
                return false;
            }
        }
        return last == 0 || groups[last].length() > 2 || groups[last - 1].length() <= 4;
    }

    private static boolean isCountryCode(String group) {
        return COUNTRY_CODE.matcher(group).matches();
    }

    private static String ascii(String text) {
        var ascii = new StringBuilder();
        text.codePoints().map(NumberGrammar::ascii).forEach(ascii::appendCodePoint);
        return ascii.toString();
    }

    private static int ascii(int c) {
        if (Character.getType(c) == Character.SPACE_SEPARATOR) {
            return ' ';
        } else if (c >= '\u2010' && c <= '\u2013' || c == '\u2212') {
            return '-';
        }
        return isFullWidth(c) ? c - 0xFEE0 : c;
    }

    /** Full-width digits, plus, hyphen and brackets. */
    private static boolean isFullWidth(int c) {
        return c >= '\uFF10' && c <= '\uFF19' || c == '\uFF0B' || c == '\uFF0D' || c == '\uFF08' || c == '\uFF09';
    }
}
