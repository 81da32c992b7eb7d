package hoopoe.secret;

import hoopoe.config.Setting;
import hoopoe.message.NumberTags;
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
                        SecretsManagerStore.of(config),
                        prefix,
                        Setting.SEARCH_KEYRING.text(config).orElse(null),
                        Setting.SECRETS_CACHE.duration(config),
                        clock))
                .orElseGet(() -> new ConfiguredSecrets(config));
    }

    @Produces
    @ApplicationScoped
    NumberTags numberTags(Secrets secrets) {
        return new KeyedNumberTags(secrets);
    }
}
