package hoopoe.message;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * Marks a text as the hexadecimal digits of a binary message, and says how the handset should read it.
 *
 * @param dcs data coding scheme, 0–255; null for the provider's default
 * @param esm class of the message, 0–255; null for the provider's default
 */
@RegisterForReflection
public record BinaryMessage(@Nullable Integer dcs, @Nullable Integer esm) {}
