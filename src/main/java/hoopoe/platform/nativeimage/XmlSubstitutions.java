package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.helpers.AbstractUnmarshallerImpl;
import java.util.Map;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.validation.SchemaFactory;
import javax.xml.xpath.XPathFactory;
import org.glassfish.jaxb.core.v2.util.XmlFactory;
import org.glassfish.jaxb.runtime.v2.ContextFactory;
import org.xml.sax.XMLReader;

/**
 * Keeps the JDK's SAX, DOM, XPath, XSLT and XML Schema out of the executable: JAXB reads from a StAX reader only. So there is
 * less to load, and no second XML parser that could be set up unsafely.
 */
final class XmlSubstitutions {

    private XmlSubstitutions() {}

    @TargetClass(XmlFactory.class)
    static final class Factories {

        private Factories() {}

        @Substitute
        public static SchemaFactory createSchemaFactory(String language, boolean unsafe) {
            throw new UnsupportedOperationException("XML Schema");
        }

        @Substitute
        public static SAXParserFactory createParserFactory(boolean unsafe) {
            throw new UnsupportedOperationException("SAX");
        }

        @Substitute
        public static XPathFactory createXPathFactory(boolean unsafe) {
            throw new UnsupportedOperationException("XPath");
        }

        @Substitute
        public static TransformerFactory createTransformerFactory(boolean unsafe) {
            throw new UnsupportedOperationException("XSLT");
        }

        @Substitute
        public static DocumentBuilderFactory createDocumentBuilderFactory(boolean unsafe) {
            throw new UnsupportedOperationException("DOM");
        }
    }

    /** The other place where JAXB would make a SAX parser. */
    @TargetClass(AbstractUnmarshallerImpl.class)
    static final class UnmarshallerReader {

        private UnmarshallerReader() {}

        @Substitute
        protected XMLReader getXMLReader() {
            throw new UnsupportedOperationException("SAX");
        }
    }

    @TargetClass(className = "com.sun.org.apache.xerces.internal.jaxp.SAXParserFactoryImpl")
    static final class SaxFactory {

        private SaxFactory() {}

        @Substitute
        public SAXParser newSAXParser() {
            throw new UnsupportedOperationException("SAX");
        }
    }

    @TargetClass(className = "com.sun.org.apache.xerces.internal.jaxp.DocumentBuilderFactoryImpl")
    static final class DomFactory {

        private DomFactory() {}

        @Substitute
        public DocumentBuilder newDocumentBuilder() {
            throw new UnsupportedOperationException("DOM");
        }
    }

    /** Quarkus registers its constructors, and XML Schema comes with them. */
    @TargetClass(className = "com.sun.org.apache.xerces.internal.parsers.SAXParser")
    static final class SaxConstructors {

        @Substitute
        @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
        public SaxConstructors() {
            throw new UnsupportedOperationException("SAX");
        }

        @Substitute
        @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
        public SaxConstructors(Symbols symbols) {
            throw new UnsupportedOperationException("SAX");
        }

        @Substitute
        @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
        public SaxConstructors(Symbols symbols, Grammars grammars) {
            throw new UnsupportedOperationException("SAX");
        }

        @Substitute
        @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
        public SaxConstructors(Configuration configuration) {
            throw new UnsupportedOperationException("SAX");
        }
    }

    @TargetClass(className = "com.sun.org.apache.xerces.internal.util.SymbolTable")
    static final class Symbols {}

    @TargetClass(className = "com.sun.org.apache.xerces.internal.xni.grammars.XMLGrammarPool")
    static final class Grammars {}

    @TargetClass(className = "com.sun.org.apache.xerces.internal.xni.parser.XMLParserConfiguration")
    static final class Configuration {}

    /**
     * Forbids JAXB contexts at run time: they are constants, made while the executable is built. What makes them (annotation
     * reader, model, checks) is not in the executable, so the first test finds a context that is made later.
     */
    @TargetClass(ContextFactory.class)
    static final class BoundAtBuild {

        private BoundAtBuild() {}

        @Substitute
        public static JAXBContext createContext(Class<?>[] classes, Map<String, Object> properties)
                throws JAXBException {
            throw new JAXBException("a JAXB context must be a constant of its class");
        }

        @Substitute
        public static JAXBContext createContext(String path, ClassLoader loader, Map<String, Object> properties)
                throws JAXBException {
            throw new JAXBException("a JAXB context must be a constant of its class");
        }
    }
}
