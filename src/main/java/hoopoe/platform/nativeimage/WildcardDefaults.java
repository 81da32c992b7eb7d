package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.config.DefaultValuesConfigSource;
import io.smallrye.config.PropertyName;
import java.util.Map;

/**
 * Looks for a default of {@code quarkus.tls.*.…} only among names with the same beginning. In SmallRye Config 3.16.0 all names
 * with a star have one hash, so that its own search compares every name with all of them.
 */
@TargetClass(DefaultValuesConfigSource.class)
final class WildcardDefaults {

    @Alias
    private Map<String, String> properties;

    @Alias
    private Map<PropertyName, String> wildcards;

    @Alias
    private boolean hasProfiledName;

    private WildcardDefaults() {}

    @Substitute
    public String getValue(String name) {
        if (!hasProfiledName && !name.isEmpty() && name.charAt(0) == '%') {
            return null;
        }
        var value = properties.get(name);
        return value == null ? WildcardIndex.of(wildcards).get(name) : value;
    }
}
