package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.NameIterator;

/** Removes the search for unused settings: it looks at every name, and only logs a warning. */
@TargetClass(className = "io.quarkus.runtime.generated.Config")
final class UnmappedNames {

    private UnmappedNames() {}

    @Substitute
    private static boolean isMapped(NameIterator name) {
        return true;
    }
}
