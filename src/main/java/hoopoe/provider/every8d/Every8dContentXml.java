package hoopoe.provider.every8d;

import hoopoe.provider.xml.XmlText;

/**
 * Builds {@code contentXML}, with own text per recipient (providers.md C1.6): {@code <REPS><USER NAME="" MOBILE="+886900000001"
 * EMAIL="" SENDTIME=""><![CDATA[text]]></USER></REPS>}
 */
final class Every8dContentXml {

    private final StringBuilder users = new StringBuilder("<REPS>");

    Every8dContentXml add(String name, String mobile, String email, String sendTime, String text) {
        users.append("<USER");
        attribute("NAME", name);
        attribute("MOBILE", mobile);
        attribute("EMAIL", email);
        attribute("SENDTIME", sendTime);
        users.append('>').append(cdata(text)).append("</USER>");
        return this;
    }

    String xml() {
        return users + "</REPS>";
    }

    private void attribute(String name, String value) {
        users.append(' ')
                .append(name)
                .append("=\"")
                .append(XmlText.attribute(value))
                .append('"');
    }

    /** {@code ]]>} would end the section and a lone CR would arrive as LF, so both are written outside of it. */
    private static String cdata(String text) {
        return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>").replace("\r", "]]>&#13;<![CDATA[") + "]]>";
    }
}
