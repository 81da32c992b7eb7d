package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The config mappings of all extensions, described but not created. SmallRye Config creates all of them at every start, 36 here;
 * that took three quarters of the start, half of it for the REST client's mapping, which is never used.
 */
final class DeferredMappings {

    private static final Map<String, ConfigClass> BY_NAME = new ConcurrentHashMap<>();

    private DeferredMappings() {}

    static void add(ConfigClass mapping) {
        BY_NAME.put(name(mapping.getType(), mapping.getPrefix()), mapping);
    }

    static ConfigClass get(Class<?> type, String prefix) {
        var known = BY_NAME.get(name(type, prefix));
        return known == null ? new ConfigClass(type, prefix) : known;
    }

    private static String name(Class<?> type, String prefix) {
        return type.getName() + ' ' + prefix;
    }

    /** Keeps the defaults of a config mapping, and leaves its creation to {@link OnDemand}. */
    @TargetClass(AbstractConfigBuilder.class)
    static final class AtStart {

        private AtStart() {}

        @Substitute
        protected static void withMapping(SmallRyeConfigBuilder builder, ConfigClass mapping) {
            add(mapping);
            mapping.getProperties().forEach((name, value) -> {
                if (value != null) {
                    builder.getDefaultValues().putIfAbsent(name, value);
                }
            });
        }
    }

    /** Creates a config mapping on first use. */
    @TargetClass(SmallRyeConfig.class)
    static final class OnDemand {

        @Alias
        private Map<Class<?>, Map<String, Object>> mappings;

        private OnDemand() {}

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
}
