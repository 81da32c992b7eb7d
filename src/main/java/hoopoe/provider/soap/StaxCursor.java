package hoopoe.provider.soap;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Over any document: this is what says how one is read. */
final class StaxCursor implements XmlCursor {

    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader reader;

    private StaxCursor(XMLStreamReader reader) {
        this.reader = reader;
    }

    static StaxCursor at(String document) throws XMLStreamException {
        var cursor = new StaxCursor(reader(document));
        while (cursor.next() != XMLStreamConstants.START_ELEMENT) {
            continue;
        }
        return cursor;
    }

    static XMLStreamReader reader(String document) throws XMLStreamException {
        int start = 0;
        while (start < document.length() && isBlank(document.charAt(start))) {
            start++;
        }
        return new StrictReader(FACTORY.createXMLStreamReader(new StringReader(document.substring(start))));
    }

    @Override
    public String name() {
        return reader.getLocalName();
    }

    @Override
    public String namespace() {
        return reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
    }

    @Override
    public String attribute(String name) {
        var value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    /** Of the element, by local name. */
    Map<String, String> attributes() {
        var attributes = new HashMap<String, String>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return attributes;
    }

    /** As {@link #toChild()}, and keeps the text on the way. */
    boolean toChild(StringBuilder text) throws XMLStreamException {
        while (true) {
            var event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
            if (event == XMLStreamConstants.END_ELEMENT) {
                return false;
            }
            append(event, text);
        }
    }

    @Override
    public boolean toChild() throws XMLStreamException {
        while (true) {
            var event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
            if (event == XMLStreamConstants.END_ELEMENT) {
                return false;
            }
        }
    }

    @Override
    public String text() throws XMLStreamException {
        var text = new StringBuilder();
        while (true) {
            var event = next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                return text.toString();
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                throw new XMLStreamException("an element where text was expected");
            }
            append(event, text);
        }
    }

    private void append(int event, StringBuilder text) {
        if (reader.hasText() && event != XMLStreamConstants.COMMENT) {
            text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        }
    }

    @Override
    public XmlContent content() throws XMLStreamException {
        return XmlContent.of(text());
    }

    @Override
    public void skip() throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            var event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    @Override
    public void end() throws XMLStreamException {
        while (reader.hasNext()) {
            next();
        }
    }

    private int next() throws XMLStreamException {
        if (!reader.hasNext()) {
            throw new XMLStreamException("the document ends early");
        }
        return reader.next();
    }

    private static boolean isBlank(char c) {
        return c == '\uFEFF' || c <= ' ';
    }

    private static XMLInputFactory factory() {
        // The JDK's own, whatever else is on the class path: its limits and switches are the ones known here.
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
