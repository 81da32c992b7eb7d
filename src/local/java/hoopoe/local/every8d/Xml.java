package hoopoe.local.every8d;

import java.io.InputStream;
import java.io.Reader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML in, without document types; XML out, escaped as .NET's writer does it. */
final class Xml {
    private static final XMLInputFactory READERS = readers();

    private Xml() {}

    private static XMLInputFactory readers() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    static XMLStreamReader read(InputStream bytes, String charset) throws XMLStreamException {
        return READERS.createXMLStreamReader(bytes, charset);
    }

    static XMLStreamReader read(Reader text) throws XMLStreamException {
        return READERS.createXMLStreamReader(text);
    }

    /** The next start or end tag, whatever stands between; a document type is refused. */
    static int nextTag(XMLStreamReader xml) throws XMLStreamException {
        while (true) {
            int event = xml.next();
            if (event == XMLStreamReader.DTD) {
                throw new XMLStreamException("For security reasons DTD is prohibited in this XML document.");
            }
            if (event == XMLStreamReader.START_ELEMENT
                    || event == XMLStreamReader.END_ELEMENT
                    || event == XMLStreamReader.END_DOCUMENT) {
                return event;
            }
        }
    }

    /** From a start tag to its end tag. */
    static void skip(XMLStreamReader xml) throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            depth += nextTag(xml) == XMLStreamReader.START_ELEMENT ? 1 : -1;
        }
    }

    static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#xD;");
    }

    static String attribute(String raw) {
        return text(raw).replace("\"", "&quot;").replace("\n", "&#xA;").replace("\t", "&#x9;");
    }

    static String cdata(String raw) {
        return "<![CDATA[" + raw.replace("]]>", "]]]]><![CDATA[>") + "]]>";
    }

    static String element(String name, String value) {
        return "<" + name + ">" + text(value) + "</" + name + ">";
    }
}
