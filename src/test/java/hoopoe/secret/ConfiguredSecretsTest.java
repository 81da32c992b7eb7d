package hoopoe.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

class ConfiguredSecretsTest {

    private static final String PREFIX = "hoopoe.accounts.taipei.";

    private static ConfiguredSecrets secrets(ConfigSource source) {
        return new ConfiguredSecrets(
                new SmallRyeConfigBuilder().withSources(source).build());
    }

    private static ConfiguredSecrets secrets(Map<String, String> properties) {
        return secrets(new PropertiesConfigSource(properties, "test", 100));
    }

    private static String version(String account, String user, String password) {
        var prefix = "hoopoe.accounts." + account + '.';
        return secrets(Map.of(prefix + "user", user, prefix + "password", password))
                .credentials(account)
                .version();
    }

    @Test
    void credentialsComeFromTheEnvironment() {
        var secrets = secrets(new EnvConfigSource(
                Map.of("HOOPOE_ACCOUNTS_TAIPEI_USER", "me", "HOOPOE_ACCOUNTS_TAIPEI_PASSWORD", "canary,1"), 300));

        var credentials = secrets.credentials("taipei");

        assertThat(credentials.user()).isEqualTo("me");
        assertThat(credentials.password()).isEqualTo("canary,1");
        assertThat(secrets.freshCredentials("taipei")).isEqualTo(credentials);
    }

    @Test
    void aVersionTellsOnePasswordFromTheNext() {
        var version = version("taipei", "me", "canary");

        assertThat(version("taipei", "me", "canary")).isEqualTo(version);
        assertThat(version("taipei", "me", "canary2")).isNotEqualTo(version);
        assertThat(version("taipei", "you", "canary")).isNotEqualTo(version);
        assertThat(version("kaohsiung", "me", "canary")).isNotEqualTo(version);
    }

    @Test
    void aVersionIsNoPlainHashOfThePassword() throws Exception {
        var hash = MessageDigest.getInstance("SHA-256").digest("canary".getBytes(StandardCharsets.UTF_8));

        assertThat(version("taipei", "me", "canary"))
                .matches("sha256-[0-9a-f]{16}")
                .doesNotContain(HexFormat.of().formatHex(hash, 0, 8));
    }

    @Test
    void nothingPrintsAPassword() {
        var credentials = secrets(Map.of(PREFIX + "user", "me", PREFIX + "password", "canary"))
                .credentials("taipei");

        assertThat(credentials.toString()).doesNotContain("canary").doesNotContain("me");
    }

    @Test
    void whatIsMissingIsNamedByItsAccountOnly() {
        var properties = new HashMap<String, String>();
        for (var key : new String[] {"user", "password"}) {
            assertThatThrownBy(() -> secrets(properties).credentials("taipei"))
                    .isInstanceOf(MissingSecret.class)
                    .hasMessage("no credentials for account taipei");
            properties.put(PREFIX + key, "canary");
        }
        assertThat(secrets(properties).credentials("taipei").password()).isEqualTo("canary");
    }

    @Test
    void callbackTokensAreOneOrTwo() {
        assertThat(secrets(Map.of()).callbackTokens("taipei")).isEmpty();
        assertThat(secrets(Map.of(PREFIX + "callback-tokens", "old , new,")).callbackTokens("taipei"))
                .containsExactly("old", "new");
    }
}
