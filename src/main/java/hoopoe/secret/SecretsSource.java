package hoopoe.secret;

import hoopoe.config.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;

/** Chooses the source of secrets: AWS Secrets Manager where {@link Setting#SECRETS_PREFIX} is set, else plain configuration. */
class SecretsSource {

    @Produces
    @ApplicationScoped
    Secrets secrets(Config config, Clock clock) {
        return Setting.SECRETS_PREFIX
                .text(config)
                .<Secrets>map(prefix -> new StoredSecrets(
                        SecretsManagerStore.of(config), prefix, Setting.SECRETS_CACHE.duration(config), clock))
                .orElseGet(() -> new ConfiguredSecrets(config));
    }
}
