package hoopoe.provider.soap;

import javax.xml.stream.XMLStreamException;

/**
 * Makes something of a document. It may be begun and given up, and begun again: it changes nothing but what it returns.
 *
 * @param <T> what it makes
 */
@FunctionalInterface
public interface XmlReading<T> {

    /** @param cursor at the root element, and left at its end */
    T read(XmlCursor cursor) throws XMLStreamException;
}
