package hoopoe.provider.every8d;

/** Normalizes outgoing texts. */
final class Every8dText {

    private Every8dText() {}

    /** A line end is one character, on the handset and in the price. */
    static String normal(String text) {
        return text.replace("\r\n", "\n");
    }
}
