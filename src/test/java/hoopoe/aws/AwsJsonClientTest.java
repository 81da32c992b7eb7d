package hoopoe.aws;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.aws.AwsResponse.AwsAnswer;
import hoopoe.aws.AwsResponse.AwsNoAnswer;
import hoopoe.aws.AwsResponse.AwsRefusal;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.testing.SocketPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What {@code SecretsManagerStoreTest} and {@code BusSinkTest} do not ask of a client. */
class AwsJsonClientTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String OK = SocketPeer.http(200, "application/x-amz-json-1.1", "{}");

    private static AwsResponse call(SocketPeer peer, Duration limit) {
        return new AwsJsonClient(
                        AwsApi.SECRETS_MANAGER,
                        peer.url().resolve("/"),
                        LocalDynamo.REGION,
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("send", LocalDynamo.CREDENTIAL)),
                        AwsJsonClient.http())
                .call("GetSecretValue", Map.of("SecretId", "x"), limit);
    }

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, amazonaws.com",
        "cn-northwest-1, amazonaws.com.cn",
        "us-gov-west-1, amazonaws.com",
        "us-iso-east-1, c2s.ic.gov",
        "us-isob-east-1, sc2s.sgov.gov",
        "eusc-de-east-1, amazonaws.eu",
        "ap-newest-9, amazonaws.com"
    })
    void eachPartitionHasItsDomain(String region, String domain) {
        assertThat(AwsApi.SECRETS_MANAGER.endpoint(region))
                .hasToString("https://secretsmanager." + region + '.' + domain);
        assertThat(AwsApi.EVENT_BRIDGE.endpoint(region)).hasToString("https://events." + region + '.' + domain);
        assertThat(AwsApi.SQS.endpoint(region)).hasToString("https://sqs." + region + '.' + domain);
    }

    /** The JDK's client would send a POST again on a kept connection that dies. Told the length of the body, it does not. */
    @Test
    void nothingIsRepeatedBelow() throws IOException {
        try (var peer = new SocketPeer(line -> {
            line.request();
            line.say(OK);
            line.request();
        })) {
            assertThat(call(peer, LIMIT)).isInstanceOf(AwsAnswer.class);
            assertThat(peer.requests()).hasSize(1);

            assertThat(call(peer, LIMIT)).isInstanceOf(AwsAnswer.class);
            assertThat(peer.requests()).hasSize(3);
        }
    }

    @Test
    void threeTimesItIsTried() throws IOException {
        try (var peer = new SocketPeer(SocketPeer.Line::request)) {
            assertThat(call(peer, LIMIT)).isInstanceOf(AwsNoAnswer.class);
            assertThat(peer.requests()).hasSize(3);
        }
    }

    /** The pauses are random, so that many who were refused at once do not come back at once: here only that they fit. */
    @Test
    void aTryThatWouldBeTooLateIsNotMade() throws IOException {
        try (var peer = SocketPeer.saying(SocketPeer.http(503, "text/html", "<h1>canary</h1>"))) {
            var begin = System.nanoTime();

            var response = call(peer, Duration.ofMillis(400));

            assertThat(response.failure().orElseThrow()).isIn("http_503", "timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void anErrorMayBeNamedInAHeader() throws IOException {
        try (var peer =
                SocketPeer.saying("HTTP/1.1 400 X\r\nx-amzn-ErrorType: AccessDeniedException:http://internal/\r\n"
                        + "x-amzn-RequestId: 1-2\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(call(peer, LIMIT)).isEqualTo(new AwsRefusal("AccessDeniedException", 400, "1-2"));
        }
    }

    @Test
    void noRedirectIsFollowed() throws IOException {
        try (var peer =
                SocketPeer.saying("HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(call(peer, LIMIT)).isEqualTo(new AwsRefusal("http_307", 307, "unknown"));
            assertThat(peer.requests()).hasSize(1);
        }
    }

    @Test
    @Timeout(60)
    void anAnswerIsReadToAnEnd() throws IOException {
        try (var peer = new SocketPeer(line -> {
            line.request();
            line.say("HTTP/1.1 200 X\r\nConnection: close\r\n\r\n{\"a\": \"");
            while (true) {
                line.say("canary".repeat(10_000));
            }
        })) {
            assertThat(call(peer, LIMIT)).isEqualTo(new AwsNoAnswer("malformed"));
        }
    }

    @Test
    @Timeout(60)
    void whoIsSilentIsHungUpOn() throws Exception {
        var left = new CountDownLatch(1);
        try (var peer = new SocketPeer(line -> {
            line.request();
            try {
                line.hold();
            } finally {
                left.countDown();
            }
        })) {
            assertThat(call(peer, Duration.ofMillis(500))).isEqualTo(new AwsNoAnswer("timeout"));
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(peer.requests()).hasSize(1);
        }
    }

    @Test
    void aWaitMayBeInterrupted() throws IOException {
        try (var peer = new SocketPeer(line -> {
            line.request();
            line.hold();
        })) {
            Thread.currentThread().interrupt();

            assertThat(call(peer, LIMIT)).isEqualTo(new AwsNoAnswer("interrupted"));
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void anAnswerIsNotShown() throws IOException {
        try (var peer = SocketPeer.saying(SocketPeer.http(200, "", "{\"SecretString\": \"canary\"}"))) {
            assertThat(call(peer, LIMIT).toString()).doesNotContain("canary");
        }
    }
}
