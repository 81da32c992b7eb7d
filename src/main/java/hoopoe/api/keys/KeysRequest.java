package hoopoe.api.keys;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request with exactly one of three members. */
@RegisterForReflection
record KeysRequest(
        @Nullable Create create,
        @JsonProperty("list") @Nullable Listing listing,
        @Nullable Revoke revoke) {

    /**
     * @param kind {@code live} or {@code test}
     * @param expiresAt RFC 3339; null for never
     */
    @RegisterForReflection
    record Create(
            @Nullable String caller,
            @Nullable String kind,
            @Nullable List<String> scopes,
            @Nullable String expiresAt) {}

    /** @param caller null for all */
    @RegisterForReflection
    record Listing(@Nullable String caller) {}

    /** @param key its id, or the whole key */
    @RegisterForReflection
    record Revoke(@Nullable String key) {}
}
