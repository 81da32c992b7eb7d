package hoopoe.provider.smspanel;

/** Texts on their way out. */
final class SmspanelText {

    private SmspanelText() {}

    /** A line end is one character. */
    static String normal(String text) {
        return text.replace("\r\n", "\n");
    }
}
