package hoopoe.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is kept.
 *
 * @param hash {@link ApiKey#hash()}
 * @param expires from when it is valid no more; null for never
 * @param revoked since when it is valid no more; null for not
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

    /** What no key hashes to, in the place of the hash of one that is not there. */
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
     * What somebody may do who shows {@code shown}. Takes as long for a wrong secret as for an id that is not there: how long
     * says nothing of how near a guess was.
     *
     * @param issued the one with the id that was shown, if there is one
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
