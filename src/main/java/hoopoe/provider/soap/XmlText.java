package hoopoe.provider.soap;

/** Text on its way into XML. */
public final class XmlText {

    private XmlText() {}

    /** Whether XML 1.0 can carry the text: no control characters but tab and line ends, no half of a surrogate pair. */
    public static boolean carries(String text) {
        return text.codePoints().allMatch(XmlText::isChar);
    }

    /** As content of an element. A lone CR would arrive as LF, so it goes as a reference. */
    public static String content(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#13;");
    }

    /** As value of an attribute in double quotes. White space would arrive as blanks, so it goes as references. */
    public static String attribute(String text) {
        return content(text).replace("\"", "&quot;").replace("\t", "&#9;").replace("\n", "&#10;");
    }

    /** XML 1.0 section 2.2. */
    static boolean isChar(int c) {
        return c >= 0x20 && c <= 0xD7FF
                || c == '\t'
                || c == '\n'
                || c == '\r'
                || c >= 0xE000 && c <= 0xFFFD
                || c >= 0x10000;
    }
}
