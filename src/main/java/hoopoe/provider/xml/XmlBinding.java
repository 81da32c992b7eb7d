package hoopoe.provider.xml;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBElement;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import java.io.StringWriter;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.glassfish.jaxb.core.marshaller.CharacterEscapeHandler;

/**
 * Reads and writes documents that have a schema, by JAXB. An instance must be a constant: it is made when the executable is
 * built, not in a function's first invocation.
 */
public final class XmlBinding {

    /** JAXB's own escapes depend on where it writes to, and leave a tab in an attribute. */
    private static final CharacterEscapeHandler ESCAPES = (characters, start, length, isAttribute, out) -> {
        var text = new String(characters, start, length);
        out.write(isAttribute ? XmlText.attribute(text) : XmlText.content(text));
    };

    private static final CharacterEscapeHandler CDATA = (characters, start, length, isAttribute, out) -> {
        var text = new String(characters, start, length);
        out.write(isAttribute ? XmlText.attribute(text) : XmlText.cdata(text));
    };

    private final JAXBContext context;

    /** @param classes and no package: a package is not found in a native image */
    public XmlBinding(Class<?>... classes) {
        try {
            context = JAXBContext.newInstance(classes);
        } catch (JAXBException e) {
            throw new IllegalStateException("a class that cannot be bound", e);
        }
    }

    /**
     * Reads a document to its end, over the reader of {@link XmlCursor}. Names count without their namespace; elements and
     * attributes of other names are skipped. The root element may have any name: the caller judges it.
     *
     * @param texts the names of elements that must not contain others
     * @throws XMLStreamException without a cause, because JAXB's messages repeat the document
     */
    public <T> JAXBElement<T> read(String document, Class<T> type, Set<String> texts) throws XMLStreamException {
        var reader = new XmlBindingReader(XmlCursor.reader(document), texts);
        try {
            var root = context.createUnmarshaller().unmarshal(reader, type);
            while (reader.hasNext()) {
                reader.next();
            }
            return root;
        } catch (JAXBException e) {
            throw new XMLStreamException("a document that cannot be bound");
        }
    }

    /** Writes a document without a declaration. Empty texts become empty elements; a null leaves its element out. */
    public String write(Object document) {
        return write(document, ESCAPES);
    }

    /** The same with all texts in CDATA sections. */
    public String writeCdata(Object document) {
        return write(document, CDATA);
    }

    private String write(Object document, CharacterEscapeHandler escapes) {
        var xml = new StringWriter();
        try {
            var marshaller = context.createMarshaller();
            marshaller.setProperty(Marshaller.JAXB_FRAGMENT, true);
            marshaller.setProperty(CharacterEscapeHandler.class.getName(), escapes);
            marshaller.marshal(document, xml);
        } catch (JAXBException e) {
            throw new IllegalStateException("a document that cannot be written", e);
        }
        return xml.toString();
    }
}
