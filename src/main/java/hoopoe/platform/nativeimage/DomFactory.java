package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import javax.xml.parsers.DocumentBuilder;

/** See {@link XmlFactories}. */
@TargetClass(className = "com.sun.org.apache.xerces.internal.jaxp.DocumentBuilderFactoryImpl")
final class DomFactory {

    private DomFactory() {}

    @Substitute
    public DocumentBuilder newDocumentBuilder() {
        throw new UnsupportedOperationException("DOM");
    }
}
