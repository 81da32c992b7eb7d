package hoopoe.provider;

import hoopoe.message.InvisibleCharacters;
import hoopoe.message.PhoneNumber;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number as people write it: groups of digits, and one separator between two of them. What is written in another way is no
 * number: one that we repaired would be a stranger's.
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

    /** A zero alone behind the country code: {@code +44 (0)7123 456789}. */
    private static final Pattern ZERO_ALONE = Pattern.compile("\\+\\d{1,3}-0-.*");

    /** {@code +12028951800-123} */
    private static final Pattern EXTENSION = Pattern.compile(".*\\d{5}-\\d{1,3}");

    /** The country codes of ITU-T E.164 are told apart by their first digits. */
    private static final String CODE_OF_TWO = "2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]";

    private static final String CODE_OF_THREE = "(?:2[1-689]|3[578]|42|5[09]|6[7-9]|8[035789]|9[679])\\d";

    /** Burkina Faso, Benin, Ivory Coast, Congo, Tajikistan: they have no trunk zero, and mobiles that begin with 0. */
    private static final String ZERO_IS_OF_THE_NUMBER = "22[569]|242|992";

    private static final Pattern TRUNK_ZERO = Pattern.compile(
            "\\+(?!" + ZERO_IS_OF_THE_NUMBER + ")(?:[17]|" + CODE_OF_TWO + '|' + CODE_OF_THREE + ")0\\d*");

    private NumberGrammar() {}

    /**
     * Of another country, with its plus. Where a 0 comes right behind the country code it is a trunk zero, which nobody abroad
     * dials: the number is nobody's, and refused however it is spaced, {@code +44 07123 456789} and {@code +4407123456789}. The
     * countries whose mobiles do begin with 0 are known. Italy's fixed lines do too; no SMS goes to them, so they are refused.
     * An extension makes no number longer.
     *
     * @param groups as {@link #grouped} has them
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
     * Its digits, with the plus if it has one and a hyphen between two groups; empty where it is written in another way.
     * Marks that nobody sees fall away, spaces at the ends too; full-width signs and hyphens of any length are as ASCII ones.
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

    /** A spreadsheet that takes a number for an amount loses the plus or the zero, and sets dots between thousands. */
    private static boolean isFormattedAmount(String text) {
        return text.indexOf('.') >= 0 && text.charAt(0) != '+' && text.charAt(0) != '0';
    }

    /** Neither decimals nor the end of a range of numbers: {@code 912345678.0}, {@code 0912345678-79}. */
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

    /** Digits, plus, hyphen, brackets. */
    private static boolean isFullWidth(int c) {
        return c >= '\uFF10' && c <= '\uFF19' || c == '\uFF0B' || c == '\uFF0D' || c == '\uFF08' || c == '\uFF09';
    }
}
