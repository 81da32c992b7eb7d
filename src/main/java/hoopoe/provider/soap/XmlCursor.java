package hoopoe.provider.soap;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Walks a document from the outside, element by element. Refuses a DOCTYPE and every entity but XML's own five, so there
 * is nothing to expand and nothing to fetch. What is not well-formed to the last character ends in an exception.
 */
public sealed interface XmlCursor permits PlainCursor, StaxCursor {

    /** At the root element. A byte order mark and white space before the declaration are passed over. */
    static XmlCursor at(String document) throws XMLStreamException {
        return StaxCursor.at(document);
    }

    /** For a binding: a reader with the same refusals, before the root element. */
    static XMLStreamReader reader(String document) throws XMLStreamException {
        return StaxCursor.reader(document);
    }

    /** Of the element, without its prefix. */
    String name();

    /** Of the element; empty where it is in none. */
    String namespace();

    /** At the start of an element. Empty where it is not there. */
    String attribute(String name);

    /**
     * From the start of an element, or from the end of one of its children, to its next child.
     *
     * @return false at its end
     */
    boolean toChild() throws XMLStreamException;

    /** From the start of an element to its end: its text. @throws XMLStreamException where it has children */
    String text() throws XMLStreamException;

    /** As {@link #text}, for a text that may be long and a document itself. */
    XmlContent content() throws XMLStreamException;

    /** From the start of an element to its end, whatever is in it. */
    void skip() throws XMLStreamException;

    /** From the end of the root element to the end of the document. */
    void end() throws XMLStreamException;
}
