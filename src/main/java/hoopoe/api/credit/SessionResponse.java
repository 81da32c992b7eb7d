package hoopoe.api.credit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * The response to closing a session.
 *
 * @param closed whether the provider said that it ended a session; false also where there was none. Null while an earlier
 *     request with the same key is not finished
 */
@RegisterForReflection
record SessionResponse(String account, @Nullable Boolean closed) {}
