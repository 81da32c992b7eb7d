package hoopoe.provider.every8d;

import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Repairs XML that is broken like the samples in the document (§1.1, §3.2): {@code version=" 1.0"}, {@code < NAME>},
 * {@code GET\_CONNECTION}. CDATA is not changed. Runs in linear time.
 */
final class LenientXml {

    private static final String CDATA = "<![CDATA[";
    private static final String CDATA_END = "]]>";
    private static final Pattern DECLARATION = Pattern.compile("^\\s*+<\\?xml[^>]*\\?>");
    private static final Pattern QUOTED = Pattern.compile("\"\\s*+([^\"\\s]*+)\\s*+\"");
    private static final Pattern BLANK_TAG = Pattern.compile("<(/?)\\s++(?=[A-Za-z_])");

    private LenientXml() {}

    static String mended(String xml) {
        var mended = new StringBuilder();
        int from = 0;
        for (int cdata = xml.indexOf(CDATA); cdata >= 0; cdata = xml.indexOf(CDATA, from)) {
            int end = xml.indexOf(CDATA_END, cdata);
            if (end < 0) {
                break;
            }
            mended.append(markup(xml.substring(from, cdata))).append(xml, cdata, end + CDATA_END.length());
            from = end + CDATA_END.length();
        }
        return mended.append(markup(xml.substring(from))).toString();
    }

    private static String markup(String xml) {
        var tags = BLANK_TAG.matcher(xml).replaceAll("<$1").replace("\\_", "_");
        return replace(
                DECLARATION, tags, declaration -> QUOTED.matcher(declaration).replaceAll("\"$1\""));
    }

    private static String replace(Pattern pattern, String text, UnaryOperator<String> change) {
        return pattern.matcher(text)
                .replaceAll(
                        (MatchResult found) -> java.util.regex.Matcher.quoteReplacement(change.apply(found.group())));
    }
}
