package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Keeps the defaults of a config mapping, and leaves its creation to {@link MappingsOnDemand}. */
@TargetClass(AbstractConfigBuilder.class)
final class MappingsAtBuild {

    private MappingsAtBuild() {}

    @Substitute
    protected static void withMapping(SmallRyeConfigBuilder builder, ConfigClass mapping) {
        DeferredMappings.add(mapping);
        mapping.getProperties().forEach((name, value) -> {
            if (value != null) {
                builder.getDefaultValues().putIfAbsent(name, value);
            }
        });
    }
}
