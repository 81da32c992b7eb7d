package hoopoe.observability;

import hoopoe.message.Surrogates;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A provider's words on their way out: it may repeat numbers in them ({@code -306,手機格式不符:+1-202-895-1800}). What is
 * masked keeps its length until the end is cut off, so that no cut leaves the beginning of a number or a key unmasked.
 */
public final class Redactor {

    private static final int LONGEST = 200;
    /** Of more nothing is looked at: what begins in the part that is shown ends well before. */
    private static final int LOOKED_AT = 1000;
    /** Seven digits and more, also where they are grouped. Possessive: the stack does not grow with the text. */
    private static final Pattern NUMBER = Pattern.compile("\\p{Nd}(?:[\\s().-]{0,2}+\\p{Nd}){6,}+");

    private static final Pattern KEY = Pattern.compile("\\b\\p{XDigit}{24,}+\\b");
    private static final Pattern MASKED_KEY = Pattern.compile("\\*{24,}+");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}++");

    private Redactor() {}

    /** One line, of each number only the last three digits. */
    public static String text(String words) {
        var line = Surrogates.cut(CONTROL.matcher(words).replaceAll(" ").strip(), LOOKED_AT);
        var keys = KEY.matcher(line).replaceAll(key -> "*".repeat(key.group().length()));
        var masked = Surrogates.cut(NUMBER.matcher(keys).replaceAll(Redactor::allButThree), LONGEST);
        return MASKED_KEY.matcher(masked).replaceAll("********");
    }

    private static String allButThree(MatchResult number) {
        var digits = number.group();
        var keep = digits.codePoints().filter(Character::isDigit).count() - 3;
        var masked = new StringBuilder();
        for (int c : digits.codePoints().toArray()) {
            masked.appendCodePoint(Character.isDigit(c) && keep-- > 0 ? '*' : c);
        }
        return masked.toString();
    }
}
