package hoopoe.local.webhook;

import hoopoe.local.wire.Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secrets of a receiver, and how it holds signatures against them (Standard Webhooks 1.0, "Verifying signatures"). */
final class KnownSecrets {

    private static final String SECRET = "whsec_";
    private static final String SYMMETRIC = "v1,";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final Map<String, byte[]> keys = new ConcurrentHashMap<>();

    /**
     * From now on this one's signatures are good too.
     *
     * @throws IllegalArgumentException where it is no {@code whsec_} and Base64
     */
    void add(String secret) {
        if (!secret.startsWith(SECRET)) {
            throw new IllegalArgumentException("a secret begins with " + SECRET);
        }
        keys.put(secret, Base64.getDecoder().decode(secret.substring(SECRET.length())));
    }

    void clear() {
        keys.clear();
    }

    int count() {
        return keys.size();
    }

    SignatureVerdict check(Request request, Instant now) {
        var id = request.header("webhook-id").orElse("");
        var timestamp = request.header("webhook-timestamp").orElse("");
        var given = signatures(request.header("webhook-signature").orElse(""));
        if (id.isEmpty() || !timestamp.matches("\\d{1,12}") || given.isEmpty()) {
            return SignatureVerdict.MISSING;
        } else if (keys.isEmpty()) {
            return SignatureVerdict.UNCHECKED;
        } else if (Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                        .abs()
                        .compareTo(TOLERANCE)
                > 0) {
            return SignatureVerdict.STALE;
        }
        var signed = new ByteArrayOutputStream();
        signed.writeBytes((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(request.body());
        return keys.values().stream()
                        .map(key -> hmac(key, signed.toByteArray()))
                        .anyMatch(good -> given.stream().anyMatch(one -> MessageDigest.isEqual(one, good)))
                ? SignatureVerdict.VERIFIED
                : SignatureVerdict.WRONG;
    }

    /** Those by a shared secret; what is no Base64 is no signature. */
    private static List<byte[]> signatures(String header) {
        var signatures = new ArrayList<byte[]>();
        for (var part : header.split(" ")) {
            if (part.startsWith(SYMMETRIC)) {
                try {
                    signatures.add(Base64.getDecoder().decode(part.substring(SYMMETRIC.length())));
                } catch (IllegalArgumentException e) {
                    signatures.add(new byte[0]);
                }
            }
        }
        return signatures;
    }

    private static byte[] hmac(byte[] key, byte[] content) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
