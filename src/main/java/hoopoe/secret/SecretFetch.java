package hoopoe.secret;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Fetches one secret, and retries a few times while AWS is busy. Runs on its own thread, so that the wait can end. */
final class SecretFetch implements Callable<SecretStore.SecretResponse> {

    private static final Logger LOG = Logger.getLogger(SecretFetch.class);

    private static final int TRIES = 3;

    /** The longest pause before the second try; twice that before the third. With full jitter. */
    private static final int PAUSE_MILLIS = 200;

    /** Four times the largest secret (AWS Secrets Manager quotas: 65,536 bytes). */
    private static final int MOST = 256 * 1024;

    private final Supplier<ExecutableHttpRequest> requests;
    private volatile @Nullable ExecutableHttpRequest running;
    private volatile boolean aborted;

    /** @param requests returns a newly signed request for each try */
    SecretFetch(Supplier<ExecutableHttpRequest> requests) {
        this.requests = requests;
    }

    @Override
    public SecretStore.SecretResponse call() throws InterruptedException {
        for (int tries = 1; ; tries++) {
            var secretResponse = once();
            if (tries == TRIES || !(secretResponse instanceof SecretStore.SecretResponse.StoreUnavailable)) {
                return secretResponse;
            }
            Thread.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MILLIS * tries + 1));
        }
    }

    /** Closes the connection at any stage of the fetch. */
    void abort() {
        aborted = true;
        var request = running;
        if (request != null) {
            request.abort();
        }
    }

    private SecretStore.SecretResponse once() {
        var request = requests.get();
        running = request;
        if (aborted) {
            return new SecretStore.SecretResponse.StoreUnavailable("aborted");
        }
        try {
            var response = request.call();
            var head = response.httpResponse();
            var secretResponse = SecretsManagerResponse.read(
                    head.statusCode(),
                    body(response.responseBody()
                            .orElseGet(() -> AbortableInputStream.create(InputStream.nullInputStream()))));
            if (!head.isSuccessful()) {
                tell(head, secretResponse);
            }
            return secretResponse;
        } catch (IOException e) {
            return new SecretStore.SecretResponse.StoreUnavailable(e.getClass().getSimpleName());
        }
    }

    /** Logs what AWS Support asks for; {@link CachedSecret} logs the account. */
    private static void tell(SdkHttpResponse head, SecretStore.SecretResponse secretResponse) {
        var code = secretResponse instanceof SecretStore.SecretResponse.Missing missing
                ? missing.code()
                : secretResponse instanceof SecretStore.SecretResponse.StoreUnavailable away
                        ? away.code()
                        : "no failure";
        LOG.warnf(
                "GetSecretValue: %s, status %d, AWS request id %s",
                code,
                head.statusCode(),
                head.firstMatchingHeader("x-amzn-RequestId")
                        .filter(id -> id.matches("[A-Za-z0-9-]{1,80}"))
                        .orElse("unknown"));
    }

    private static byte[] body(InputStream from) throws IOException {
        try (from) {
            return from.readNBytes(MOST);
        }
    }
}
