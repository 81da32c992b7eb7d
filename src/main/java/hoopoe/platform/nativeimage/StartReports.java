package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.ConfigRecorder;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;

/**
 * Leaves out two searches for mistakes that a start makes to warn of them: build-time settings that are set otherwise now, and
 * deprecated names. A function is configured by its template, and the JVM artifact, on which all is tried first, still warns.
 */
@TargetClass(ConfigRecorder.class)
final class StartReports {

    private StartReports() {}

    @Substitute
    public void handleConfigChange(List<ConfigValue> recorded) {}

    @Substitute
    public void deprecatedProperties(Map<String, String> names) {}
}
