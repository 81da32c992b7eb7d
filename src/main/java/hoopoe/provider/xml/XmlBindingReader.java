package hoopoe.provider.xml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/**
 * Shows JAXB a document as {@link XmlCursor} sees it: without namespaces, and without elements inside of texts. JAXB would drop
 * such an element, and with it the text before.
 */
final class XmlBindingReader extends StreamReaderDelegate {

    private final Set<String> texts;
    private final Deque<String> open = new ArrayDeque<>();

    XmlBindingReader(XMLStreamReader reader, Set<String> texts) {
        super(reader);
        this.texts = texts;
    }

    @Override
    public int next() throws XMLStreamException {
        var event = super.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
            if (!open.isEmpty() && texts.contains(open.peek())) {
                throw new XMLStreamException("an element where text was expected");
            }
            open.push(getLocalName());
        } else if (event == XMLStreamConstants.END_ELEMENT) {
            open.pop();
        }
        return event;
    }

    @Override
    public String getNamespaceURI() {
        return "";
    }

    @Override
    public String getAttributeNamespace(int index) {
        return "";
    }
}
