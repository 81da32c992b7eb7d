package hoopoe.provider.soap;

import javax.xml.stream.XMLStreamException;

/** Not the plain form: which says nothing of whether it is well-formed. */
final class NotPlain extends XMLStreamException {

    private static final long serialVersionUID = 1;

    NotPlain() {
        super("not plain");
    }
}
