package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.config.DefaultValuesConfigSource;
import io.smallrye.config.PropertyName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by names with stars, grouped by the part before the first star. It replaces a map by {@link PropertyName}, which
 * compares every name with every other.
 */
final class WildcardIndex {

    private static final Map<Map<PropertyName, String>, WildcardIndex> KNOWN =
            Collections.synchronizedMap(new IdentityHashMap<>());

    private final int size;
    private final Map<String, List<Map.Entry<PropertyName, String>>> groups = new LinkedHashMap<>();

    private WildcardIndex(Map<PropertyName, String> wildcards) {
        size = wildcards.size();
        for (var entry : wildcards.entrySet()) {
            groups.computeIfAbsent(prefix(entry.getKey().getName()), unknown -> new ArrayList<>())
                    .add(entry);
        }
    }

    /** @param wildcards a map to which names may be added, but from which none is removed */
    static WildcardIndex of(Map<PropertyName, String> wildcards) {
        var index = KNOWN.get(wildcards);
        if (index == null || index.size != wildcards.size()) {
            index = new WildcardIndex(wildcards);
            KNOWN.put(wildcards, index);
        }
        return index;
    }

    /** @return the value that the map would return: by the rules of {@link PropertyName#equals(String, String)} */
    @Nullable String get(String name) {
        for (var group : groups.entrySet()) {
            if (name.startsWith(group.getKey())) {
                for (var entry : group.getValue()) {
                    if (PropertyName.equals(name, entry.getKey().getName())) {
                        return entry.getValue();
                    }
                }
            }
        }
        return null;
    }

    /** Ends also before an index in brackets, because an index may be written in more than one way. */
    private static String prefix(String name) {
        var end = name.indexOf('*');
        var index = name.indexOf('[');
        return name.substring(0, index >= 0 && index < end ? index : end);
    }

    /**
     * Looks for a default of {@code quarkus.tls.*.…} only among names with the same beginning. In SmallRye Config 3.16.0 all names
     * with a star have one hash, so that its own search compares every name with all of them.
     */
    @TargetClass(DefaultValuesConfigSource.class)
    static final class Defaults {

        @Alias
        private Map<String, String> properties;

        @Alias
        private Map<PropertyName, String> wildcards;

        @Alias
        private boolean hasProfiledName;

        private Defaults() {}

        @Substitute
        public String getValue(String name) {
            if (!hasProfiledName && !name.isEmpty() && name.charAt(0) == '%') {
                return null;
            }
            var value = properties.get(name);
            return value == null ? WildcardIndex.of(wildcards).get(name) : value;
        }
    }
}
