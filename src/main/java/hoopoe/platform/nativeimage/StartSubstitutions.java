package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.ConfigRecorder;
import io.quarkus.runtime.configuration.NameIterator;
import io.smallrye.common.net.HostName;
import io.smallrye.config.ConfigValue;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/** Removes what every start does and no function needs: warnings for a developer, and a look-up. */
final class StartSubstitutions {

    private StartSubstitutions() {}

    /**
     * Removes two checks that only warn: of changed build-time settings, and of deprecated names. The template configures a
     * function, and the JVM artifact, on which everything is tried first, still warns.
     */
    @TargetClass(ConfigRecorder.class)
    static final class StartReports {

        private StartReports() {}

        @Substitute
        public void handleConfigChange(List<ConfigValue> recorded) {}

        @Substitute
        public void deprecatedProperties(Map<String, String> names) {}
    }

    /** Removes the search for unused settings: it looks at every name, and only logs a warning. */
    @TargetClass(className = "io.quarkus.runtime.generated.Config")
    static final class UnmappedNames {

        private UnmappedNames() {}

        @Substitute
        private static boolean isMapped(NameIterator name) {
            return true;
        }
    }

    /** Saves the first log record a look-up in resolver, hosts file and perhaps DNS: Lambda's host name is of no interest. */
    @TargetClass(HostName.class)
    static final class LocalHost {

        private LocalHost() {}

        @Substitute
        static InetAddress getLocalHost() {
            return InetAddress.getLoopbackAddress();
        }
    }
}
