package hoopoe.poll;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** What EventBridge sends every minute. Nothing of it matters but that it came. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record TickEvent(@Nullable String id) {}
