package hoopoe.provider.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;

/**
 * An element with its whole content.
 *
 * @param attributes by local name
 * @param text its own, without that of its children
 */
record XmlElement(
        String name, String namespace, Map<String, String> attributes, List<XmlElement> children, String text) {

    /** Limits the recursion; no real answer nests deeper. */
    private static final int DEEPEST = 50;

    /** Reads from the cursor's element to its end. @throws XMLStreamException also where it is nested too deeply */
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

    /** Empty where the attribute is absent. */
    String attribute(String local) {
        return attributes.getOrDefault(local, "");
    }

    Stream<XmlElement> children(String local) {
        return children.stream().filter(child -> child.name.equals(local));
    }

    /** The content may be private. */
    @Override
    public String toString() {
        return name;
    }
}
