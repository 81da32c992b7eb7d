package hoopoe.store.batch;

import org.jspecify.annotations.Nullable;

/**
 * The idempotency key of an API request that must have its effect once (src/site/api.md, Errors and repeats).
 *
 * @param key as the caller chose it; scoped to caller, method and path
 * @param fingerprint equal for equal requests
 */
public record IdempotencyKey(String caller, String method, String path, String key, String fingerprint) {

    @Override
    public String toString() {
        return method + ' ' + path;
    }

    // By hand: a record's generated equals is slow in a native image.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IdempotencyKey idempotencyKey
                && idempotencyKey.key.equals(key)
                && idempotencyKey.caller.equals(caller)
                && idempotencyKey.method.equals(method)
                && idempotencyKey.path.equals(path)
                && idempotencyKey.fingerprint.equals(fingerprint);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
