package hoopoe.provider;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A provider's words on their way out: it may repeat numbers in them ({@code -306,手機格式不符:+1-202-895-1800}). */
public final class Masked {

    private static final int LONGEST = 200;
    /** Seven digits and more, also where they are grouped. */
    private static final Pattern NUMBER = Pattern.compile("\\p{Nd}(?:[\\s().-]{0,2}\\p{Nd}){6,}");

    private static final Pattern KEY = Pattern.compile("\\b\\p{XDigit}{24,}\\b");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private Masked() {}

    /** One line, of each number only the last three digits. */
    public static String text(String words) {
        var line = CONTROL.matcher(words).replaceAll(" ").strip();
        var masked = NUMBER.matcher(KEY.matcher(line).replaceAll("********")).replaceAll(Masked::allButThree);
        return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST);
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
