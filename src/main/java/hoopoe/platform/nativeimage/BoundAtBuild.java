package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import java.util.Map;
import org.glassfish.jaxb.runtime.v2.ContextFactory;

/**
 * Forbids JAXB contexts at run time: they are constants, made while the executable is built. What makes them (annotation
 * reader, model, checks) is not in the executable, so the first test finds a context that is made later.
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
