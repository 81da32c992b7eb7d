package hoopoe.provider.smspanel;

/** Normalizes outgoing texts. */
final class SmspanelText {

    private SmspanelText() {}

    /** A line end is one character. */
    static String normal(String text) {
        return text.replace("\r\n", "\n");
    }
}
