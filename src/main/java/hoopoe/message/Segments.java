package hoopoe.message;

/**
 * The segments of a text over the air (GSM 03.38): its alphabet, its units in that alphabet, and the number of segments.
 *
 * <p>An escape pair of the extension table and a surrogate pair count two units and are never split between two segments, so a
 * text can need one segment more than its units require.
 */
public record Segments(Encoding encoding, int units, int parts) {

    /** The alphabet of a message; one character outside GSM-7 makes the whole text UCS-2. */
    public enum Encoding {
        GSM_7("GSM-7", 160, 153),
        UCS_2("UCS-2", 70, 67);

        private final String label;
        private final int single;
        private final int concatenated;

        Encoding(String label, int single, int concatenated) {
            this.label = label;
            this.single = single;
            this.concatenated = concatenated;
        }

        /** The name in the API. */
        public String label() {
            return label;
        }
    }

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = "\f^{}\\[~]|€";

    private static final int BYTES = 140;
    private static final int BYTES_CONCATENATED = 134;

    /** The segments of a binary message. */
    public static int ofBytes(int bytes) {
        return bytes <= BYTES ? Math.min(bytes, 1) : (bytes + BYTES_CONCATENATED - 1) / BYTES_CONCATENATED;
    }

    /** An empty text has no units and no segments. */
    public static Segments of(String text) {
        var encoding = text.chars().allMatch(Segments::isGsm) ? Encoding.GSM_7 : Encoding.UCS_2;
        int units = 0;
        int parts = text.isEmpty() ? 0 : 1;
        int inPart = 0;
        for (int i = 0; i < text.length(); ) {
            int width = width(text, i, encoding);
            if (inPart + width > encoding.concatenated) {
                parts++;
                inPart = 0;
            }
            inPart += width;
            units += width;
            i += encoding == Encoding.UCS_2 ? width : 1;
        }
        return new Segments(encoding, units, units <= encoding.single ? Math.min(parts, 1) : parts);
    }

    private static int width(String text, int i, Encoding encoding) {
        return encoding == Encoding.GSM_7
                ? EXTENSION.indexOf(text.charAt(i)) < 0 ? 1 : 2
                : Character.charCount(text.codePointAt(i));
    }

    private static boolean isGsm(int character) {
        return BASIC.indexOf(character) >= 0 || EXTENSION.indexOf(character) >= 0;
    }
}
