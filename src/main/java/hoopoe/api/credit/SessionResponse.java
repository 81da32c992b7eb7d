package hoopoe.api.credit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * @param closed whether the provider said that it ended a session; false also where there was none. Null where an earlier call with
 *     the same key has not come to its end
 */
@RegisterForReflection
record SessionResponse(String account, @Nullable Boolean closed) {}
