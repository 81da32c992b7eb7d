package hoopoe.provider.text421;

import hoopoe.message.Segments;
import java.text.Normalizer;
import java.text.Normalizer.Form;

/** Normalizes outgoing texts. */
final class Text421Text {

    /** In units of GSM 03.38; a character of its extension table counts two. */
    static final int LONGEST = 160;

    /** In hexadecimal digits of a binary message. */
    static final int LONGEST_BINARY = 280;

    private Text421Text() {}

    /**
     * A line end becomes one character, and so does a letter with its marks; if requested, foreign letters become those of GSM
     * 03.38.
     */
    static String normal(String text, boolean transliterate) {
        var lines = text.replace("\r\n", "\n");
        return transliterate ? Transliteration.of(lines) : Normalizer.normalize(lines, Form.NFC);
    }

    static int units(String normal) {
        return Segments.of(normal).units();
    }
}
