package hoopoe.secret;

import hoopoe.message.NumberTags;
import hoopoe.message.PhoneNumber;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tags by HMAC-SHA-256, the first 128 bits of it. There are so few phone numbers that a hash without a key is reversed in seconds.
 */
final class KeyedNumberTags implements NumberTags {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;

    private final Secrets secrets;

    KeyedNumberTags(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Without a key a message is sent all the same, and found without a tag. {@link CachedSecret} has logged why there is none. */
    @Override
    public List<String> of(PhoneNumber number) {
        try {
            return secrets.numberKeys().stream().map(key -> tag(key, number)).toList();
        } catch (MissingSecret | SecretUnavailable e) {
            return List.of();
        }
    }

    private static String tag(String key, PhoneNumber number) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            var hash = mac.doFinal(number.e164().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
