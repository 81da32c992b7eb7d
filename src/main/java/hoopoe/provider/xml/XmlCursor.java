package hoopoe.provider.xml;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/**
 * Walks through a document element by element. It refuses a DOCTYPE and every entity but XML's own five, so nothing is expanded
 * and nothing fetched. A document that is not well-formed to the last character ends in an exception.
 */
public final class XmlCursor {

    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader reader;

    private XmlCursor(XMLStreamReader reader) {
        this.reader = reader;
    }

    /** Starts at the root element. Skips a byte order mark and white space before the declaration. */
    public static XmlCursor at(String document) throws XMLStreamException {
        var cursor = new XmlCursor(reader(document));
        while (cursor.next() != XMLStreamConstants.START_ELEMENT) {
            continue;
        }
        return cursor;
    }

    /** A reader with the same refusals, before the root element: for JAXB. */
    public static XMLStreamReader reader(String document) throws XMLStreamException {
        int start = 0;
        while (start < document.length() && isBlank(document.charAt(start))) {
            start++;
        }
        return new StrictStreamReader(FACTORY.createXMLStreamReader(new StringReader(document.substring(start))));
    }

    /** The element's name without its prefix. */
    public String name() {
        return reader.getLocalName();
    }

    /** The element's namespace; empty where it has none. */
    public String namespace() {
        return reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
    }

    /** The value, at the start of an element; empty where the attribute is absent. */
    public String attribute(String name) {
        var value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    /** The element's attributes, by local name. */
    Map<String, String> attributes() {
        var attributes = new HashMap<String, String>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return attributes;
    }

    /** Like {@link #toChild()}, and collects the text on the way. */
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

    /**
     * Moves from the start of an element, or from the end of one of its children, to its next child.
     *
     * @return false at the element's end
     */
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

    /** Moves from the start of an element to its end and returns its text. @throws XMLStreamException where it has children */
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

    /** Skips from the start of an element to its end. */
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

    /** Moves from the end of the root element to the end of the document. */
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
        // The JDK's own factory, whatever else is on the class path, because its limits and switches are known here.
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Java 25 counts references such as &lt; as entities and stops at 100,000; a full page of a report has more.
        // None of
        // them expands, and the size of an answer is limited where it is received.
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
        return factory;
    }

    /** Refuses a DOCTYPE, which the JDK's reader skips when DTD support is off. */
    private static final class StrictStreamReader extends StreamReaderDelegate {

        StrictStreamReader(XMLStreamReader reader) {
            super(reader);
        }

        @Override
        public int next() throws XMLStreamException {
            var event = super.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new XMLStreamException("a document type or an entity");
            }
            return event;
        }
    }
}
