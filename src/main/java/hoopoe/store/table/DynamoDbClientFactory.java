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
 * Makes the DynamoDB client for Lambda: region and credentials from the environment, time-outs that fit an invocation. In
 * code, so that a start need not make all settings of Quarkus' extension, which took a fifth of it (src/site/native.md).
 */
final class DynamoDbClientFactory {

    /** Another endpoint than AWS': DynamoDB Local. The name is the extension's. */
    private static final String ENDPOINT = "quarkus.dynamodb.endpoint-override";

    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** DynamoDB answers in milliseconds. A call that is silent for so long is repeated; every write may be repeated. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    private DynamoDbClientFactory() {}

    /**
     * @param answer how long a call may take, with all its tries: an invocation behind the API has time for two, because a
     *     write whose answer is lost is followed by a read; and less than the reserve of a tick
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
