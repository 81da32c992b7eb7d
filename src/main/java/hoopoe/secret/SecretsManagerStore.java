package hoopoe.secret;

import hoopoe.config.Setting;
import hoopoe.observability.SafeStackTrace;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * Fetches secrets from AWS Secrets Manager with its operation {@code GetSecretValue}. It never hangs: 2 s to connect, 3 s in all,
 * whatever AWS does.
 */
final class SecretsManagerStore implements SecretStore {

    private static final Logger LOG = Logger.getLogger(SecretsManagerStore.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ALL = Duration.ofSeconds(3);

    private static final int TRIES = 3;

    /** The longest pauses before the second and the third try. With full jitter. */
    private static final BackoffStrategy PAUSES =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(200), Duration.ofMillis(400));

    /** The temporary errors among AWS' common ones and those of Secrets Manager; a 5xx is temporary too. */
    private static final Set<String> PASSING = Set.of(
            "ExpiredTokenException",
            "InternalServiceError",
            "LimitExceededException",
            "RequestLimitExceeded",
            "ServiceUnavailable",
            "Throttling",
            "ThrottlingException",
            "TooManyRequestsException");

    private static final int TOO_MANY = 429;
    private static final int FAILURE = 500;
    private static final Pattern CODE = Pattern.compile("[A-Za-z]{1,80}");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9-]{1,80}");

    private final SecretsManagerClient client;
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
        this(endpoint, region, credentials, limit, http());
    }

    SecretsManagerStore(
            @Nullable URI endpoint,
            String region,
            AwsCredentialsProvider credentials,
            Duration limit,
            SdkHttpClient http) {
        this.limit = limit;
        client = SecretsManagerClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(calls -> calls.apiCallTimeout(limit).retryStrategy(retries()))
                .build();
    }

    private static SdkHttpClient http() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(CONNECT)
                .build();
    }

    /** Without the SDK's budget of retries: {@link CachedSecret} limits the fetches. */
    private static RetryStrategy retries() {
        return StandardRetryStrategy.builder()
                .maxAttempts(TRIES)
                .backoffStrategy(PAUSES)
                .throttlingBackoffStrategy(PAUSES)
                .circuitBreakerEnabled(false)
                .retryOnException(SecretsManagerStore::isTriedAgain)
                .build();
    }

    private static boolean isTriedAgain(Throwable failure) {
        return failure instanceof AwsServiceException answer
                ? isPassing(answer)
                : failure instanceof SdkClientException; // no connection, or an answer that cannot be read
    }

    /** On a thread of its own: looking up a name and connecting cannot be interrupted. */
    @Override
    public SecretResponse get(String name) {
        var fetch = new FutureTask<>(() -> fetch(name));
        var thread = new Thread(fetch, "secret");
        thread.setDaemon(true);
        thread.start();
        try {
            return fetch.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            fetch.cancel(true);
            return new SecretResponse.StoreUnavailable("timeout");
        } catch (InterruptedException e) {
            fetch.cancel(true);
            Thread.currentThread().interrupt();
            return new SecretResponse.StoreUnavailable("interrupted");
        } catch (ExecutionException e) {
            return new SecretResponse.StoreUnavailable(unanswered(e.getCause()));
        }
    }

    private SecretResponse fetch(String name) {
        try {
            return found(client.getSecretValue(wanted -> wanted.secretId(name)));
        } catch (AwsServiceException e) {
            return refused(e);
        }
    }

    private static SecretResponse found(GetSecretValueResponse answer) {
        if (answer.versionId() == null) {
            return new SecretResponse.StoreUnavailable("malformed");
        }
        // A binary secret has no string.
        return Optional.ofNullable(answer.secretString())
                .flatMap(text -> AccountSecret.read(text, answer.versionId()))
                .<SecretResponse>map(SecretResponse.Found::new)
                .orElseGet(() -> new SecretResponse.Missing(SecretResponse.Missing.NO_OBJECT));
    }

    /** Logs what AWS Support asks for; {@link CachedSecret} logs the account. */
    private static SecretResponse refused(AwsServiceException answer) {
        var code = code(answer);
        LOG.warnf(
                "GetSecretValue: %s, status %d, AWS request id %s",
                code,
                answer.statusCode(),
                Optional.ofNullable(answer.requestId())
                        .filter(id -> REQUEST_ID.matcher(id).matches())
                        .orElse("unknown"));
        return isPassing(answer) ? new SecretResponse.StoreUnavailable(code) : new SecretResponse.Missing(code);
    }

    private static boolean isPassing(AwsServiceException answer) {
        return answer.statusCode() >= FAILURE || answer.statusCode() == TOO_MANY || PASSING.contains(code(answer));
    }

    private static String code(AwsServiceException answer) {
        var code = answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorCode();
        return code != null && CODE.matcher(code).matches() ? code : "http_" + answer.statusCode();
    }

    private static String unanswered(Throwable failure) {
        if (failure instanceof ApiCallTimeoutException) {
            return "timeout";
        }
        if (failure.getCause() instanceof IOException wire) {
            return wire.getClass().getSimpleName();
        }
        // No credentials in the environment.
        LOG.errorf("Secrets Manager cannot be asked: %s", SafeStackTrace.of(failure));
        return "client";
    }
}
