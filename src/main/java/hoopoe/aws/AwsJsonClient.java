package hoopoe.aws;

import hoopoe.aws.AwsResponse.AwsNoAnswer;
import hoopoe.observability.SafeStackTrace;
import hoopoe.platform.Json;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * Calls one service of AWS by its JSON protocol: a POST with the operation in a header, signed by Signature Version 4 with the SDK's
 * signer. A call never hangs: 2 s to connect, 2 s of silence, three tries, and all within the time that the caller gives. A call is
 * repeated after a pause of random length where its outcome is unknown, or where AWS says that it may be repeated; so an operation
 * must bear to be carried out twice.
 */
public final class AwsJsonClient {

    private static final Logger LOG = Logger.getLogger(AwsJsonClient.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final AwsApi api;
    private final URI endpoint;
    private final String region;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    /**
     * With region and credentials from the environment, as Lambda sets them.
     *
     * @param endpoint in place of AWS'
     */
    public static AwsJsonClient of(AwsApi api, @Nullable URI endpoint, Config config) {
        return new AwsJsonClient(
                api,
                endpoint,
                config.getValue("aws.region", String.class),
                EnvironmentVariableCredentialsProvider.create(),
                http());
    }

    /** @param endpoint in place of AWS' */
    public AwsJsonClient(
            AwsApi api, @Nullable URI endpoint, String region, AwsCredentialsProvider credentials, SdkHttpClient http) {
        this.api = api;
        this.endpoint = endpoint == null ? api.endpoint(region) : endpoint;
        this.region = region;
        this.credentials = credentials;
        this.http = http;
    }

    /** Follows no redirect, and repeats no POST by itself: its bodies have a fixed length, which the JDK does not send twice. */
    public static SdkHttpClient http() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(CONNECT)
                .build();
    }

    /**
     * On a thread of its own: looking up a name and connecting cannot be interrupted.
     *
     * @param operation as in AWS' reference: {@code GetSecretValue}
     * @param body becomes JSON
     * @param limit for all tries together
     */
    public AwsResponse call(String operation, Map<String, ?> body, Duration limit) {
        var bytes = Json.bytes(body);
        var call = new AwsCall(() -> request(operation, bytes), System.nanoTime() + limit.toNanos());
        var task = new FutureTask<>(call);
        start("aws", task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            leave(call, task);
            return new AwsNoAnswer("timeout");
        } catch (InterruptedException e) {
            leave(call, task);
            Thread.currentThread().interrupt();
            return new AwsNoAnswer("interrupted");
        } catch (ExecutionException e) {
            // No credentials in the environment.
            LOG.errorf("%s of %s cannot be asked: %s", operation, api, SafeStackTrace.of(e.getCause()));
            return new AwsNoAnswer("client");
        }
    }

    /** To close a connection may wait for who reads from it. */
    private static void leave(AwsCall call, FutureTask<AwsResponse> task) {
        task.cancel(true);
        start("aws-abort", call::abort);
    }

    private static void start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Newly signed for each try. */
    private ExecutableHttpRequest request(String operation, byte[] body) {
        var signed = signer.sign(sign -> sign.identity(credentials.resolveCredentials())
                .request(unsigned(operation, body.length))
                .payload(ContentStreamProvider.fromByteArray(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, api.prefix())
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        return http.prepareRequest(HttpExecuteRequest.builder()
                .request(signed.request())
                .contentStreamProvider(signed.payload().orElseThrow())
                .build());
    }

    private SdkHttpRequest unsigned(String operation, int length) {
        return SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .encodedPath("/")
                .putHeader("Content-Type", api.contentType())
                .putHeader("Content-Length", Integer.toString(length))
                .putHeader("X-Amz-Target", api.target(operation))
                .build();
    }
}
