package hoopoe.access;

import hoopoe.platform.Sha256;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An API key as its caller holds it: {@code hpk_live_<id><secret>}, with an id of 10 characters and a secret of 26.
 *
 * @param id names the key in lists and logs
 * @param secret 130 random bits: too many to guess, so a plain SHA-256 protects them as well as a slow hash would
 */
public record ApiKey(KeyKind kind, String id, String secret) {

    private static final int ID = 10;
    private static final int SECRET = 26;
    private static final Pattern TEXT =
            Pattern.compile("hpk_(live|test)_([0-9a-z]{" + ID + "})([0-9a-z]{" + SECRET + "})");

    /**
     * New keys have these 32 characters: no {@code i l o u}. All letters are read, so the local stack's own key is never made.
     */
    private static final String MADE_OF = "0123456789abcdefghjkmnpqrstvwxyz";

    public static ApiKey random(KeyKind kind, SecureRandom random) {
        return new ApiKey(kind, random(ID, random), random(SECRET, random));
    }

    private static String random(int length, SecureRandom random) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(MADE_OF.charAt(random.nextInt(MADE_OF.length())));
        }
        return text.toString();
    }

    /** Empty where the text is no API key. */
    public static Optional<ApiKey> of(String text) {
        var key = TEXT.matcher(text);
        return key.matches()
                ? KeyKind.of(key.group(1)).map(kind -> new ApiKey(kind, key.group(2), key.group(3)))
                : Optional.empty();
    }

    /** As its caller sends it. */
    public String text() {
        return "hpk_" + kind.text() + '_' + id + secret;
    }

    /** What is stored of the key: SHA-256 of all of it, in hex. */
    public String hash() {
        return Sha256.hex(text());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "hpk_" + kind.text() + '_' + id + "…";
    }
}
