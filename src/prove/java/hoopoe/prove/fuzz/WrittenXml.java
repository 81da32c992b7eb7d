package hoopoe.prove.fuzz;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** A document as the JDK's DOM reads it: a second opinion on what our own readers found. */
public final class WrittenXml {

    private static final DocumentBuilderFactory FACTORY = factory();

    private WrittenXml() {}

    /** The texts of all elements of a name, whatever its case and underscores. Empty where the document is not well-formed. */
    public static List<String> texts(String document, String name) {
        return root(document)
                .map(root -> root.getOwnerDocument().getElementsByTagNameNS("*", "*"))
                .map(all -> IntStream.range(0, all.getLength())
                        .mapToObj(all::item)
                        .filter(element -> plain(element.getLocalName()).equals(plain(name)))
                        .map(element -> element.getTextContent().strip())
                        .toList())
                .orElse(List.of());
    }

    public static Optional<Element> root(String document) {
        try {
            var builder = FACTORY.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            var source = new InputSource(new StringReader(document.replaceFirst("^[\\uFEFF\\x00-\\x20]+", "")));
            return Optional.of(builder.parse(source).getDocumentElement());
        } catch (SAXException e) {
            return Optional.empty();
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static DocumentBuilderFactory factory() {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
