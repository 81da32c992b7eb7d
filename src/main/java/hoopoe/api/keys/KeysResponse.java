package hoopoe.api.keys;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

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
}
