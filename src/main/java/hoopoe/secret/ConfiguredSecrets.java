package hoopoe.secret;

import hoopoe.config.Setting;
import hoopoe.platform.Sha256;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * Reads secrets from plain configuration: {@code hoopoe.accounts.<name>.user}, {@code .password}, {@code .billing-key}
 * (text421), {@code .callback-tokens} (comma-separated). For local use. A salted hash serves as version.
 */
public class ConfiguredSecrets implements Secrets {

    private final Config config;

    public ConfiguredSecrets(Config config) {
        this.config = config;
    }

    @Override
    public Credentials credentials(String account) {
        var user = Setting.ACCOUNT_USER.text(config, account).orElseThrow(() -> new MissingSecret(account));
        var password = Setting.ACCOUNT_PASSWORD.text(config, account).orElseThrow(() -> new MissingSecret(account));
        var billingKey = Setting.ACCOUNT_BILLING_KEY.text(config, account).orElse("");
        return new Credentials(user, password, billingKey, version(account, user, password, billingKey));
    }

    @Override
    public Credentials freshCredentials(String account) {
        return credentials(account);
    }

    @Override
    public List<String> callbackTokens(String account) {
        return Setting.ACCOUNT_CALLBACK_TOKENS.text(config, account).stream()
                .flatMap(tokens -> Arrays.stream(tokens.split(",")))
                .map(String::trim)
                .filter(token -> !token.isEmpty())
                .toList();
    }

    private static String version(String account, String user, String password, String billingKey) {
        return "sha256-" + Sha256.hex(String.join("\0", "hoopoe", account, user, password, billingKey), 8);
    }
}
