package hoopoe.event;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sign what is posted to an endpoint, as Standard Webhooks 1.0 writes them: {@code whsec_} and base64.
 *
 * @param previous the key before the last rotation, which signs too until its time; null where there is none
 * @param previousUntil null where there is none
 */
public record EndpointSecrets(
        String current, @Nullable String previous, @Nullable Instant previousUntil) {

    /** So long the key before signs too. */
    public static final Duration OVERLAP = Duration.ofHours(24);

    /** Each secret begins with it (Standard Webhooks 1.0, "Signature scheme"); base64 follows. */
    public static final String PREFIX = "whsec_";

    private static final int BYTES = 32;

    public static EndpointSecrets random(SecureRandom random) {
        return new EndpointSecrets(key(random), null, null);
    }

    private static String key(SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /** A new key; the one of now signs on for a while. An older one ends at once: there are two at most. */
    public EndpointSecrets rotated(SecureRandom random, Instant now) {
        return new EndpointSecrets(key(random), current, now.plus(OVERLAP));
    }

    /** The keys that sign now, the newest first. */
    public List<String> signing(Instant now) {
        return previous == null || previousUntil == null || !now.isBefore(previousUntil)
                ? List.of(current)
                : List.of(current, previous);
    }

    @Override
    public String toString() {
        return "EndpointSecrets[********, previousUntil=" + previousUntil + ']';
    }
}
