package hoopoe.api.keys;

import hoopoe.access.IssuedKey;
import hoopoe.access.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The response to {@code list}. */
@RegisterForReflection
record KeysResponse(List<KeyView> keys) {

    /** @param key shown only this once, and stored nowhere */
    @RegisterForReflection
    record Created(String key, KeyView created) {
        @Override
        public String toString() {
            return "Created[********, " + created + ']';
        }
    }

    @RegisterForReflection
    record Revoked(KeyView revoked) {}

    /**
     * An API key without its secret.
     *
     * @param state {@code valid}, {@code expired} or {@code revoked}
     */
    @RegisterForReflection
    record KeyView(
            String id,
            String caller,
            String kind,
            List<String> scopes,
            String state,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {

        static KeyView of(IssuedKey key, Instant now) {
            return new KeyView(
                    key.id(),
                    key.caller(),
                    key.kind().text(),
                    key.scopes().stream().sorted().map(Scope::text).toList(),
                    state(key, now),
                    key.created(),
                    key.expires(),
                    key.revoked());
        }

        private static String state(IssuedKey key, Instant now) {
            return key.revoked() != null ? "revoked" : key.isExpired(now) ? "expired" : "valid";
        }
    }
}
