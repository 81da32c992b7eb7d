package hoopoe.platform.nativeimage;

import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The config mappings of all extensions, described but not created. */
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
}
