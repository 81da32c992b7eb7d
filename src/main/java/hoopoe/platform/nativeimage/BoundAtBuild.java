package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import java.util.Map;
import org.glassfish.jaxb.runtime.v2.ContextFactory;

/**
 * Contexts are made while the executable is built, as constants. What makes them (the annotations' reader, the model, its checks) is
 * not in it, so one that is made later is a mistake that the first test finds.
 */
@TargetClass(ContextFactory.class)
final class BoundAtBuild {

    private BoundAtBuild() {}

    @Substitute
    public static JAXBContext createContext(Class<?>[] classes, Map<String, Object> properties) throws JAXBException {
        throw new JAXBException("a JAXB context must be a constant of its class");
    }

    @Substitute
    public static JAXBContext createContext(String path, ClassLoader loader, Map<String, Object> properties)
            throws JAXBException {
        throw new JAXBException("a JAXB context must be a constant of its class");
    }
}
