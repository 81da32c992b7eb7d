package hoopoe.provider;

import hoopoe.message.InvisibleCharacters;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number as people write it: groups of digits, and one separator between two of them. What is written in another way is no
 * number: one that we repaired would be a stranger's.
 */
public final class WrittenNumber {

    private static final String GAP = "[- .]";

    /** {@code (0912) 345 678}, {@code (+886) 912 345 678} */
    private static final Pattern FIRST_IN_BRACKETS = Pattern.compile("^\\((\\+?\\d++)\\)" + GAP + "?(?=[\\d(])");

    /** {@code +1 (202) 895 1800}, {@code +886 (0)912 345 678} */
    private static final Pattern SECOND_IN_BRACKETS =
            Pattern.compile("^(\\+?\\d++)" + GAP + "?\\((\\d++)\\)" + GAP + "?(?=\\d)");

    private static final Pattern GROUPS = Pattern.compile("\\+?\\d++(?:" + GAP + "\\d++)*+");
    private static final Pattern COUNTRY_CODE = Pattern.compile("\\+\\d{1,3}|(?:00)?[1-9]\\d{0,2}");

    private WrittenNumber() {}

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
        text.codePoints().map(WrittenNumber::ascii).forEach(ascii::appendCodePoint);
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
