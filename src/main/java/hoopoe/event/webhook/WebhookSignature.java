package hoopoe.event.webhook;

import hoopoe.event.EndpointSecrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The headers by which a receiver knows that an event is ours, and which (Standard Webhooks 1.0): {@code webhook-id}, {@code
 * webhook-timestamp} in seconds since 1970, and {@code webhook-signature}, {@code v1,<base64>} for each secret, with a space
 * between two. Signed is {@code <id>.<timestamp>.<body>} by HMAC-SHA-256.
 */
final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    /**
     * Signs one attempt.
     *
     * @param id of the event, the same for each attempt
     * @param at the time of the attempt: a receiver refuses old ones
     * @param secrets {@code whsec_<base64>}, at least one
     */
    static Map<String, String> headers(String id, Instant at, byte[] body, List<String> secrets) {
        var timestamp = Long.toString(at.getEpochSecond());
        var headers = new LinkedHashMap<String, String>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", timestamp);
        headers.put(
                "webhook-signature",
                secrets.stream()
                        .map(secret -> "v1," + signature(key(secret), id + '.' + timestamp + '.', body))
                        .collect(Collectors.joining(" ")));
        return headers;
    }

    private static byte[] key(String secret) {
        return Base64.getDecoder().decode(secret.substring(EndpointSecrets.PREFIX.length()));
    }

    private static String signature(byte[] key, String begin, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(begin.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
