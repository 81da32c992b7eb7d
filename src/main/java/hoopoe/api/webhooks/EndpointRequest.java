package hoopoe.api.webhooks;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/webhooks}.
 *
 * @param types empty or null for all
 * @param accounts empty or null for all
 * @param content whether events hold numbers and texts; null for not
 */
@RegisterForReflection
record EndpointRequest(
        @Nullable String url,
        @Nullable List<String> types,
        @Nullable List<String> accounts,
        @Nullable Boolean content,
        @Nullable String description) {

    /**
     * The body of {@code PATCH /v1/webhooks/{id}}: null leaves as it is.
     *
     * @param state {@code enabled} or {@code disabled}
     */
    @RegisterForReflection
    record EndpointPatch(
            @Nullable String url,
            @Nullable List<String> types,
            @Nullable List<String> accounts,
            @Nullable String description,
            @Nullable String state) {}
}
