package hoopoe.provider.every8d;

/** Texts on their way out. */
final class Every8dText {

    private Every8dText() {}

    /** A line end is one character, for the handset and for the price. */
    static String normal(String text) {
        return text.replace("\r\n", "\n");
    }

    /** At most this many UTF-16 units, and no half of a surrogate pair. */
    static String cut(String text, int units) {
        if (text.length() <= units) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(units - 1)) ? units - 1 : units);
    }
}
