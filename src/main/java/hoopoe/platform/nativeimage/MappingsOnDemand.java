package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Creates a config mapping on first use. SmallRye Config creates all of them at every start, 36 here; that took three quarters
 * of the start, half of it for the REST client's mapping, which is never used.
 */
@TargetClass(SmallRyeConfig.class)
final class MappingsOnDemand {

    @Alias
    private Map<Class<?>, Map<String, Object>> mappings;

    private MappingsOnDemand() {}

    @Alias
    native Map<Class<?>, Map<String, Object>> buildMappings(SmallRyeConfigBuilder builder);

    @Alias
    public native <T> T getConfigMapping(Class<T> type);

    @Substitute
    public <T> T getConfigMapping(Class<T> type, String prefix) {
        if (prefix == null) {
            return getConfigMapping(type);
        }
        var unused = UnusedSettings.of(type);
        if (unused != null) {
            return type.cast(unused);
        }
        var made = mappings.computeIfAbsent(type, unknown -> new ConcurrentHashMap<>());
        synchronized (made) {
            var mapping = made.get(prefix);
            if (mapping == null) {
                var builder = new SmallRyeConfigBuilder();
                builder.withMapping(DeferredMappings.get(type, prefix));
                mapping = buildMappings(builder).get(type).get(prefix);
                made.put(prefix, mapping);
            }
            return type.cast(mapping);
        }
    }
}
