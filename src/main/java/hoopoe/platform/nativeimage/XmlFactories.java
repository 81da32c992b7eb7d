package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.validation.SchemaFactory;
import javax.xml.xpath.XPathFactory;
import org.glassfish.jaxb.core.v2.util.XmlFactory;

/**
 * Keeps the JDK's SAX, DOM, XPath, XSLT and XML Schema out of the executable: JAXB reads from a StAX reader only. So there is
 * less to load, and no second XML parser that could be set up unsafely.
 */
@TargetClass(XmlFactory.class)
final class XmlFactories {

    private XmlFactories() {}

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
