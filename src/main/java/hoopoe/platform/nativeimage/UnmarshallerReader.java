package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import jakarta.xml.bind.helpers.AbstractUnmarshallerImpl;
import org.xml.sax.XMLReader;

/** Disables the other place where JAXB would make a SAX parser: see {@link XmlFactories}. */
@TargetClass(AbstractUnmarshallerImpl.class)
final class UnmarshallerReader {

    private UnmarshallerReader() {}

    @Substitute
    protected XMLReader getXMLReader() {
        throw new UnsupportedOperationException("SAX");
    }
}
