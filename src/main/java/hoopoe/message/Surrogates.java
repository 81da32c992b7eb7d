package hoopoe.message;

import java.nio.charset.StandardCharsets;

/** Halves of surrogate pairs: not characters, though Java and JSON (RFC 8259 section 8.2) permit them in a string. */
public final class Surrogates {

    private Surrogates() {}

    /** Whether there is a half without the other: UTF-8 has no bytes for it, so it cannot be stored. */
    public static boolean areTorn(String text) {
        return text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /** @return the text with a question mark for each half without the other */
    public static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** @return the beginning of a text: at most {@code units} UTF-16 units, and no half of a pair at its end */
    public static String cut(String text, int units) {
        if (text.length() <= units) {
            return text;
        }
        var isPair = units > 0 && Character.isSurrogatePair(text.charAt(units - 1), text.charAt(units));
        return text.substring(0, isPair ? units - 1 : units);
    }
}
