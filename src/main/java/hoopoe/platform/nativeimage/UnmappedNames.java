package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.NameIterator;

/**
 * Leaves out the search for settings that nothing reads: it looks at every name there is, and only a warning comes of it.
 */
@TargetClass(className = "io.quarkus.runtime.generated.Config")
final class UnmappedNames {

    private UnmappedNames() {}

    @Substitute
    private static boolean isMapped(NameIterator name) {
        return true;
    }
}
