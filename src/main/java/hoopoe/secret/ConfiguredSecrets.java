package hoopoe.secret;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Secrets from plain configuration: {@code hoopoe.accounts.<name>.user}, {@code .password}, {@code .billing-key} (text421)
 * and {@code .callback-tokens} (comma-separated). For local use; environment variables have no versions, so a salted hash stands for one.
 */
@ApplicationScoped
public class ConfiguredSecrets implements Secrets {

    private final Config config;

    public ConfiguredSecrets(Config config) {
        this.config = config;
    }

    @Override
    public Credentials credentials(String account) {
        var user = get(account, "user").orElseThrow(() -> new MissingSecret(account));
        var password = get(account, "password").orElseThrow(() -> new MissingSecret(account));
        var billingKey = get(account, "billing-key").orElse("");
        return new Credentials(user, password, billingKey, version(account, user, password, billingKey));
    }

    @Override
    public Credentials freshCredentials(String account) {
        return credentials(account);
    }

    @Override
    public List<String> callbackTokens(String account) {
        return get(account, "callback-tokens").stream()
                .flatMap(tokens -> Arrays.stream(tokens.split(",")))
                .map(String::trim)
                .filter(token -> !token.isEmpty())
                .toList();
    }

    private Optional<String> get(String account, String key) {
        return config.getOptionalValue("hoopoe.accounts." + account + '.' + key, String.class);
    }

    private static String version(String account, String user, String password, String billingKey) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\0", "hoopoe", account, user, password, billingKey)
                            .getBytes(StandardCharsets.UTF_8));
            return "sha256-" + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
