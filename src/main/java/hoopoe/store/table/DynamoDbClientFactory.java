package hoopoe.store.table;

import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * Makes the table's client as Lambda has it: region and credentials in the environment, time-outs that fit an invocation. In code, so
 * that a start need not make all the extension's settings, which were a fifth of one (src/site/native.md).
 */
final class DynamoDbClientFactory {

    /** Another place than AWS': DynamoDB Local. The name is the extension's. */
    private static final String ENDPOINT = "quarkus.dynamodb.endpoint-override";

    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** A table answers in milliseconds. What says nothing for so long is asked again; every write may be repeated. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    private DynamoDbClientFactory() {}

    /**
     * @param answer how long a call may take, with all its tries: twice in an invocation behind the API, as a write whose answer is
     *     lost is followed by a look, and less than the reserve of a tick
     */
    static DynamoDbClientBuilder client(Config config, Duration answer) {
        var builder = DynamoDbClient.builder()
                .region(Region.of(config.getValue("aws.region", String.class)))
                .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE)
                        .build())
                .overrideConfiguration(
                        calls -> calls.apiCallTimeout(answer).addExecutionInterceptor(new FailedOperation.Noted()));
        config.getOptionalValue(ENDPOINT, String.class).map(URI::create).ifPresent(builder::endpointOverride);
        return builder;
    }
}
