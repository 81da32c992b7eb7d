package hoopoe.secret;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.aws.AwsApi;
import hoopoe.aws.AwsJsonClient;
import hoopoe.aws.AwsResponse.AwsAnswer;
import hoopoe.aws.AwsResponse.AwsRefusal;
import hoopoe.config.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Fetches secrets from AWS Secrets Manager with its operation {@code GetSecretValue}. It never hangs: 2 s to connect, 3 s in all,
 * whatever AWS does.
 */
final class SecretsManagerStore implements SecretStore {

    private static final Logger LOG = Logger.getLogger(SecretsManagerStore.class);
    private static final Duration ALL = Duration.ofSeconds(3);

    private final AwsJsonClient client;
    private final Duration limit;

    /** With region and credentials from the environment, as Lambda sets them. A setting replaces AWS' endpoint. */
    static SecretsManagerStore of(Config config) {
        return new SecretsManagerStore(
                Setting.SECRETS_ENDPOINT.text(config).map(URI::create).orElse(null),
                config.getValue("aws.region", String.class),
                EnvironmentVariableCredentialsProvider.create(),
                ALL);
    }

    /** @param endpoint in place of AWS' */
    SecretsManagerStore(@Nullable URI endpoint, String region, AwsCredentialsProvider credentials, Duration limit) {
        this(endpoint, region, credentials, limit, AwsJsonClient.http());
    }

    SecretsManagerStore(
            @Nullable URI endpoint,
            String region,
            AwsCredentialsProvider credentials,
            Duration limit,
            SdkHttpClient http) {
        this.limit = limit;
        client = new AwsJsonClient(AwsApi.SECRETS_MANAGER, endpoint, region, credentials, http);
    }

    @Override
    public SecretResponse get(String name) {
        var response = client.call("GetSecretValue", Map.of("SecretId", name), limit);
        if (response instanceof AwsAnswer answer) {
            return found(answer.body());
        }
        var code = response.failure().orElseThrow();
        if (response instanceof AwsRefusal refusal) {
            // What AWS Support asks for; CachedSecret logs the account.
            LOG.warnf("GetSecretValue: %s", refusal);
            if (!refusal.isPassing()) {
                return new SecretResponse.Missing(code);
            }
        }
        return new SecretResponse.StoreUnavailable(code);
    }

    private static SecretResponse found(JsonNode answer) {
        var version = answer.path("VersionId").asText();
        if (version.isEmpty()) {
            return new SecretResponse.StoreUnavailable("malformed");
        }
        // A binary secret has no string.
        return AccountSecret.read(answer.path("SecretString").asText(), version)
                .<SecretResponse>map(SecretResponse.Found::new)
                .orElseGet(() -> new SecretResponse.Missing(SecretResponse.Missing.NO_OBJECT));
    }
}
