package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import javax.xml.parsers.SAXParser;

/** See {@link XmlFactories}. */
@TargetClass(className = "com.sun.org.apache.xerces.internal.jaxp.SAXParserFactoryImpl")
final class SaxParserFactory {

    private SaxParserFactory() {}

    @Substitute
    public SAXParser newSAXParser() {
        throw new UnsupportedOperationException("SAX");
    }
}
