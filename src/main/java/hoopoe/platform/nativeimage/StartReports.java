package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.ConfigRecorder;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;

/**
 * Removes two checks at the start that only warn: of changed build-time settings, and of deprecated names. The template
 * configures a function, and the JVM artifact, on which everything is tried first, still warns.
 */
@TargetClass(ConfigRecorder.class)
final class StartReports {

    private StartReports() {}

    @Substitute
    public void handleConfigChange(List<ConfigValue> recorded) {}

    @Substitute
    public void deprecatedProperties(Map<String, String> names) {}
}
