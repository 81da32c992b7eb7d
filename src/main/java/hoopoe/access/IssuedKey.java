package hoopoe.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is stored: without its secret.
 *
 * @param hash {@link ApiKey#hash()}
 * @param expires the key is invalid from this time on; null for never
 * @param revoked the key is invalid since this time; null while it is not revoked
 */
public record IssuedKey(
        String id,
        String hash,
        KeyKind kind,
        String caller,
        Set<Scope> scopes,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant revoked) {

    /** Compared where there is no such key: no key has this hash. */
    private static final String NOTHING = "-".repeat(64);

    public IssuedKey {
        scopes = Set.copyOf(scopes);
    }

    public boolean isExpired(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    public boolean isValid(Instant now) {
        return revoked == null && !isExpired(now);
    }

    /**
     * The grant of a caller that shows this key. A wrong secret takes as long as an unknown id: the time does not tell how near
     * a guess was.
     *
     * @param issued the stored key with the id that was shown, if there is one
     */
    public static Optional<Grant> grant(Optional<IssuedKey> issued, ApiKey shown, Instant now) {
        var expected = issued.map(IssuedKey::hash).orElse(NOTHING);
        var same = MessageDigest.isEqual(bytes(expected), bytes(shown.hash()));
        return issued.filter(key -> same && key.isValid(now))
                .map(key -> new Grant(key.caller(), key.id(), key.kind(), key.scopes()));
    }

    private static byte[] bytes(String hash) {
        return hash.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return id + " of " + caller;
    }
}
