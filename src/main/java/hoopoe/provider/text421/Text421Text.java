package hoopoe.provider.text421;

import hoopoe.message.Segments;
import java.text.Normalizer;
import java.text.Normalizer.Form;

/** Texts on their way out. */
final class Text421Text {

    /** Of GSM 03.38; a character of its extension table counts two. */
    static final int LONGEST = 160;

    /** Hexadecimal digits of a binary message. */
    static final int LONGEST_BINARY = 280;

    private Text421Text() {}

    /**
     * A line end is one character, and so is a letter with its marks; where it is wished, foreign letters become those of
     * GSM 03.38.
     */
    static String normal(String text, boolean transliterate) {
        var lines = text.replace("\r\n", "\n");
        return transliterate ? Transliteration.of(lines) : Normalizer.normalize(lines, Form.NFC);
    }

    static int units(String normal) {
        return Segments.of(normal).units();
    }
}
