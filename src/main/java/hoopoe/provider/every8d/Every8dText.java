package hoopoe.provider.every8d;

/** Texts on their way out. */
final class Every8dText {

    private Every8dText() {}

    /** A line end is one character, for the handset and for the price. */
    static String normal(String text) {
        return text.replace("\r\n", "\n");
    }
}
