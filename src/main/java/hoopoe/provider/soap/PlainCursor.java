package hoopoe.provider.soap;

import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/**
 * Over a document in the form that providers write: XML 1.0 in UTF-8, with elements, attributes, character data and CDATA
 * sections, without document types, comments and processing instructions. It refuses whatever else there may be,
 * well-formed or not, with {@link NotPlain}, and what it accepts it reads as {@link StaxCursor} does.
 */
final class PlainCursor implements XmlCursor {

    private static final int DEEPEST = 64;
    private static final int SHORT = 256;
    private static final int[] MARK = {0xEF, 0xBB, 0xBF};

    private final Octets in;
    private final PlainNames names = new PlainNames();
    private final PlainAttributes attributes = new PlainAttributes(names);
    private final PlainNamespaces namespaces = new PlainNamespaces();
    private final PlainText text = new PlainText(SHORT);
    private final String[] open = new String[DEEPEST];
    private int depth;
    private boolean isEmpty;
    private String name = "";
    private String prefix = "";

    /** At the root element. */
    private PlainCursor(Octets in) throws NotPlain {
        this.in = in;
        prolog();
        start();
    }

    /** @return empty where the document is not in this form, or the reading did not like it */
    static <T> Optional<T> read(Octets in, XmlReading<T> reading) {
        try {
            var cursor = new PlainCursor(in);
            var read = reading.read(cursor);
            cursor.end();
            return Optional.of(read);
        } catch (XMLStreamException notPlain) {
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String namespace() {
        return namespaces.of(prefix);
    }

    @Override
    public String attribute(String name) {
        return attributes.value(name);
    }

    @Override
    public boolean toChild() throws NotPlain {
        if (isEmpty) {
            leave();
            return false;
        }
        text.read(in);
        if (in.current() == '/') {
            close();
            return false;
        }
        start();
        return true;
    }

    @Override
    public String text() throws NotPlain {
        return read(text) ? text.text() : "";
    }

    @Override
    public XmlContent content() throws NotPlain {
        var content = new PlainText(in.remaining());
        return read(content) ? content.content() : XmlContent.of("");
    }

    @Override
    public void skip() throws NotPlain {
        for (int outside = depth - 1; depth > outside; ) {
            toChild();
        }
    }

    @Override
    public void end() throws NotPlain {
        in.skipBlanks();
        if (depth > 0 || in.current() != Octets.END) {
            throw new NotPlain();
        }
    }

    /** @return false where the element closes itself */
    private boolean read(PlainText content) throws NotPlain {
        if (isEmpty) {
            leave();
            return false;
        }
        content.read(in);
        close();
        return true;
    }

    /** To behind the bracket of the root element (XML 1.0 section 2.8). */
    private void prolog() throws NotPlain {
        if (in.current() == MARK[0]) {
            for (int mark : MARK) {
                in.expect(mark);
            }
        }
        in.skipBlanks();
        in.expect('<');
        if (in.current() == '?') {
            declaration();
            in.skipBlanks();
            in.expect('<');
        }
    }

    private void declaration() throws NotPlain {
        in.expect("?xml");
        attributes.read(in);
        in.expect("?>");
        var isUtf8 = attributes.count() == 1
                || attributes.count() == 2
                        && attributes.name(1).equals("encoding")
                        && attributes.value(1).equalsIgnoreCase("utf-8");
        if (!isUtf8
                || !attributes.name(0).equals("version")
                || !attributes.value(0).equals("1.0")) {
            throw new NotPlain();
        }
    }

    /** Of an element: from its name to behind its bracket (section 3.1). */
    private void start() throws NotPlain {
        if (depth == DEEPEST) {
            throw new NotPlain();
        }
        var qualified = names.read(in);
        var colon = names.colon();
        attributes.read(in);
        open[depth++] = qualified;
        namespaces.enter(attributes, depth);
        name = qualified.substring(colon + 1);
        prefix = colon < 0 ? "" : qualified.substring(0, colon);
        if (PlainNamespaces.isReserved(qualified) || !namespaces.know(prefix)) {
            throw new NotPlain();
        }
        isEmpty = in.current() == '/';
        if (isEmpty) {
            in.advance();
        }
        in.expect('>');
    }

    /** From the slash of an end tag to behind its bracket. */
    private void close() throws NotPlain {
        in.expect('/');
        in.expect(open[depth - 1]);
        in.skipBlanks();
        in.expect('>');
        leave();
    }

    private void leave() {
        namespaces.leave(depth);
        depth--;
        isEmpty = false;
    }
}
