package hoopoe.provider.xml;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Escapes text for XML, and repairs XML with characters that it cannot carry. */
public final class XmlText {

    private static final Pattern REFERENCE = Pattern.compile("&#(?:x0{0,9}([0-9A-Fa-f]{1,6})|0{0,9}([0-9]{1,7}));");

    private XmlText() {}

    /** Whether XML 1.0 can carry the text: no control characters but tab and line ends, no half of a surrogate pair. */
    public static boolean carries(String text) {
        return objection(text).isEmpty();
    }

    /** The message about a text that XML cannot carry: which character, and its position, counted in characters from 1. */
    public static Optional<String> objection(String text) {
        var characters = text.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            if (!isChar(characters[i])) {
                return Optional.of("Character %d (U+%04X) cannot be sent.".formatted(i + 1, characters[i]));
            }
        }
        return Optional.empty();
    }

    /** Escapes the content of an element. A lone CR would arrive as LF, so it becomes a reference. */
    public static String content(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#13;");
    }

    /** Escapes the value of an attribute in double quotes. White space would arrive as blanks, so it becomes references. */
    public static String attribute(String text) {
        return content(text).replace("\"", "&quot;").replace("\t", "&#9;").replace("\n", "&#10;");
    }

    /** Text in a CDATA section. {@code ]]>} would end it and a lone CR would arrive as LF, so both are written outside of it. */
    static String cdata(String text) {
        return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>").replace("\r", "]]>&#13;<![CDATA[") + "]]>";
    }

    /** Replaces characters that XML cannot carry by U+FFFD, whether written plainly or as a reference. */
    static String mended(String document) {
        var plain = REFERENCE.matcher(document).replaceAll(XmlText::referred);
        var mended = new StringBuilder(plain.length());
        plain.codePoints().map(c -> isChar(c) ? c : 0xFFFD).forEach(mended::appendCodePoint);
        return mended.toString();
    }

    /** Keeps a surrogate, so that a pair written as two references becomes its character. */
    private static String referred(MatchResult reference) {
        var hexadecimal = reference.group(1);
        int c = hexadecimal == null ? Integer.parseInt(reference.group(2)) : Integer.parseInt(hexadecimal, 16);
        if (isChar(c)) {
            return Matcher.quoteReplacement(reference.group());
        }
        return c >= 0xD800 && c <= 0xDFFF ? Character.toString((char) c) : "\uFFFD";
    }

    /** XML 1.0 section 2.2. */
    static boolean isChar(int c) {
        return c >= 0x20 && c <= 0xD7FF
                || c == '\t'
                || c == '\n'
                || c == '\r'
                || c >= 0xE000 && c <= 0xFFFD
                || c >= 0x10000 && c <= Character.MAX_CODE_POINT;
    }
}
