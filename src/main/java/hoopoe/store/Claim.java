package hoopoe.store;

import org.jspecify.annotations.Nullable;

/**
 * A call that shall have its effect once (product.md, idempotency).
 *
 * @param key as the caller chose it; scoped to caller, method and path
 * @param fingerprint equal for equal requests
 */
public record Claim(String caller, String method, String path, String key, String fingerprint) {

    @Override
    public String toString() {
        return method + ' ' + path;
    }

    // By hand: a record's generated equals is slow in a native image.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Claim claim
                && claim.key.equals(key)
                && claim.caller.equals(caller)
                && claim.method.equals(method)
                && claim.path.equals(path)
                && claim.fingerprint.equals(fingerprint);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
