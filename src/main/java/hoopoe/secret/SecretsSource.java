package hoopoe.secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/** Where secrets come from: AWS Secrets Manager where {@code hoopoe.secrets.prefix} is set, else plain configuration. */
class SecretsSource {

    /** What the name of an account's secret begins with. */
    static final String PREFIX = "hoopoe.secrets.prefix";

    /** How long a secret is used without asking again; five minutes at most. */
    static final String CACHE = "hoopoe.secrets.cache";

    @Produces
    @ApplicationScoped
    Secrets secrets(Config config, Clock clock) {
        return config.getOptionalValue(PREFIX, String.class)
                .<Secrets>map(prefix -> new VaultSecrets(AwsVault.of(config), prefix, keep(config), clock))
                .orElseGet(() -> new ConfiguredSecrets(config));
    }

    private static Duration keep(Config config) {
        return config.getOptionalValue(CACHE, Duration.class).orElse(VaultSecrets.LONGEST);
    }
}
