package hoopoe.schedule;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * The event that starts a tick; nothing in EventBridge's own event matters.
 *
 * @param readAgain from an operator: the account whose inbox answers that are aside are to be read again
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record TickEvent(
        @JsonProperty("read_again") @Nullable String readAgain) {}
