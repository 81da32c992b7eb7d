package hoopoe.observability;

import hoopoe.message.Surrogates;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Masks a provider's words, which may repeat numbers ({@code -306,手機格式不符:+1-202-895-1800}). Masking keeps the length until the
 * end is cut off, so that no cut leaves the beginning of a number or a key unmasked.
 */
public final class Redactor {

    private static final int LONGEST = 200;
    /** The part that is read: a number or key that begins in the shown part ends well before. */
    private static final int LOOKED_AT = 1000;
    /** Seven or more digits, also in groups. Possessive, so that the stack does not grow with the text. */
    private static final Pattern NUMBER = Pattern.compile("\\p{Nd}(?:[\\s().-]{0,2}+\\p{Nd}){6,}+");

    private static final Pattern KEY = Pattern.compile("\\b\\p{XDigit}{24,}+\\b");
    private static final Pattern MASKED_KEY = Pattern.compile("\\*{24,}+");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}++");

    private Redactor() {}

    /** One line, with the last three digits of each number. */
    public static String text(String words) {
        var line = Surrogates.cut(
                CONTROL.matcher(Surrogates.whole(words)).replaceAll(" ").strip(), LOOKED_AT);
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
