package hoopoe.provider.text421;

import hoopoe.message.InvisibleCharacters;
import hoopoe.message.Segments;
import hoopoe.message.Segments.Encoding;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes text in the letters of GSM 03.38: {@code Ďakujeme — 5 €} becomes {@code Dakujeme - 5 €}. Invisible marks are removed.
 * Letters without such a form stay.
 */
final class Transliteration {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("\u2018", "'"),
            Map.entry("\u2019", "'"),
            Map.entry("\u201A", "'"),
            Map.entry("\u201B", "'"),
            Map.entry("\u201C", "\""),
            Map.entry("\u201D", "\""),
            Map.entry("\u201E", "\""),
            Map.entry("\u00AB", "\""),
            Map.entry("\u00BB", "\""),
            Map.entry("\u00B4", "'"),
            Map.entry("`", "'"),
            Map.entry("\u2010", "-"),
            Map.entry("\u2011", "-"),
            Map.entry("\u2013", "-"),
            Map.entry("\u2014", "-"),
            Map.entry("\u2212", "-"),
            Map.entry("\u2022", "-"),
            Map.entry("\u00D7", "x"),
            Map.entry("\u00B0", "o"),
            Map.entry("\t", " "),
            Map.entry("\u0141", "L"),
            Map.entry("\u0142", "l"),
            Map.entry("\u0110", "D"),
            Map.entry("\u0111", "d"),
            Map.entry("\u1E9E", "SS"));

    private Transliteration() {}

    /** A letter with its marks becomes one character; if requested, foreign letters become those of GSM 03.38. */
    static String normal(String text, boolean transliterate) {
        return transliterate ? of(text) : Normalizer.normalize(text, Form.NFC);
    }

    static String of(String text) {
        var out = new StringBuilder();
        Normalizer.normalize(InvisibleCharacters.removeMarks(text), Form.NFC)
                .codePoints()
                .mapToObj(Character::toString)
                .map(Transliteration::letter)
                .forEach(out::append);
        return out.toString();
    }

    static boolean isGsm(String text) {
        return Segments.of(text).encoding() == Encoding.GSM_7;
    }

    private static String letter(String letter) {
        if (isGsm(letter)) {
            return letter;
        }
        var other = OTHERS.get(letter);
        if (other != null) {
            return other;
        }
        // Compatibility forms too: an ellipsis is three dots, a no-break space a space.
        var bare = MARKS.matcher(Normalizer.normalize(letter, Form.NFKD)).replaceAll("");
        return !bare.isEmpty() && isGsm(bare) ? bare : letter;
    }
}
