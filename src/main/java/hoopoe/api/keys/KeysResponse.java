package hoopoe.api.keys;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** What there is. */
@RegisterForReflection
record KeysResponse(List<KeyView> keys) {

    /** @param key shown this once, and kept nowhere */
    @RegisterForReflection
    record Created(String key, KeyView created) {
        @Override
        public String toString() {
            return "Created[********, " + created + ']';
        }
    }

    @RegisterForReflection
    record Revoked(KeyView revoked) {}
}
