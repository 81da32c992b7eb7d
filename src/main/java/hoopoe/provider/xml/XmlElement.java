package hoopoe.provider.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/**
 * An element with all that is in it.
 *
 * @param attributes by local name
 * @param text of its own, not of its children
 */
record XmlElement(
        String name, String namespace, Map<String, String> attributes, List<XmlElement> children, String text) {

    /** Nobody nests deeper in earnest, and what reads it calls itself for each level. */
    private static final int DEEPEST = 50;

    /** Where the cursor stands, to the element's end. @throws XMLStreamException also where it is too deep */
    static XmlElement read(XmlCursor cursor) throws XMLStreamException {
        return read(cursor, 1);
    }

    private static XmlElement read(XmlCursor cursor, int depth) throws XMLStreamException {
        if (depth > DEEPEST) {
            throw new XMLStreamException("deeper than " + DEEPEST);
        }
        var name = cursor.name();
        var namespace = cursor.namespace();
        var attributes = cursor.attributes();
        var children = new ArrayList<XmlElement>();
        var text = new StringBuilder();
        while (cursor.toChild(text)) {
            children.add(read(cursor, depth + 1));
        }
        return new XmlElement(name, namespace, attributes, List.copyOf(children), text.toString());
    }

    /** Empty where it is not there. */
    String attribute(String local) {
        return attributes.getOrDefault(local, "");
    }

    Stream<XmlElement> children(String local) {
        return children.stream().filter(child -> child.name.equals(local));
    }

    /** It may hold anything. */
    @Override
    public String toString() {
        return name;
    }
}
