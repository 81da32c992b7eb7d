package hoopoe.secret;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.local.secrets.LocalSecrets;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import hoopoe.secret.SecretStore.SecretResponse.Found;
import hoopoe.secret.SecretStore.SecretResponse.Missing;
import hoopoe.secret.SecretStore.SecretResponse.StoreUnavailable;
import hoopoe.testing.LogLines;
import hoopoe.testing.SocketPeer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/** The wire, against a server that reads it by code of its own and checks the signature. */
class SecretsManagerStoreTest {

    private static final String SECRET = "{\"user\": \"me\", \"password\": \"canary\"}";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final AwsCredentials BASIC = AwsBasicCredentials.create("send", LocalDynamo.CREDENTIAL);

    private final LocalSecrets server =
            LocalSecrets.start(0, (principal, action, resource) -> !resource.contains("forbidden"));
    private final SecretStore secretStore = vault(server.url(), BASIC, LIMIT);

    @AfterEach
    void close() {
        server.close();
    }

    private static SecretStore vault(String url, AwsCredentials credentials, Duration limit) {
        return new SecretsManagerStore(
                URI.create(url), LocalDynamo.REGION, StaticCredentialsProvider.create(credentials), limit);
    }

    @Test
    void aSecretIsFoundWithItsVersion() {
        var version = server.put("hoopoe/taipei", SECRET);

        assertThat(secretStore.get("hoopoe/taipei"))
                .isEqualTo(new Found(AccountSecret.read(SECRET, version).orElseThrow()));
        assertThat(server.wire().count("GetSecretValue")).isEqualTo(1);
    }

    @Test
    void theTokenOfTheFunctionsRoleGoesAlongAndIsSigned() {
        server.put("hoopoe/taipei", SECRET);
        var session = AwsSessionCredentials.create("send", LocalDynamo.CREDENTIAL, "a-token-of-the-role");

        assertThat(vault(server.url(), session, LIMIT).get("hoopoe/taipei")).isInstanceOf(Found.class);
        var request = server.wire().last("GetSecretValue").orElseThrow().request();
        assertThat(request.header("X-Amz-Security-Token")).hasValue("a-token-of-the-role");
        assertThat(request.header("Authorization").orElseThrow()).contains("x-amz-security-token");
    }

    @Test
    void anotherSecretKeyIsFoundOut() {
        server.put("hoopoe/taipei", SECRET);

        assertThat(vault(server.url(), AwsBasicCredentials.create("send", "another"), LIMIT)
                        .get("hoopoe/taipei"))
                .isEqualTo(new Missing("InvalidSignatureException"));
    }

    @Test
    void whatIsNotThereOrNotAllowedIsMissing() {
        server.put("hoopoe/forbidden", SECRET);

        assertThat(secretStore.get("hoopoe/taipei")).isEqualTo(new Missing("ResourceNotFoundException"));
        assertThat(secretStore.get("hoopoe/forbidden")).isEqualTo(new Missing("AccessDeniedException"));
        assertThat(server.wire().count("GetSecretValue")).isEqualTo(2);
    }

    @Test
    void whatWasDeniedIsLoggedWithAllThatSupportAsksFor() throws IOException {
        var body = "{\"__type\":\"AccessDeniedException\",\"Message\":\"User: arn:aws:sts::123456789012:canary\"}";
        try (var peer = SocketPeer.saying("HTTP/1.1 400 X\r\nx-amzn-RequestId: 1-2-3\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
                var log = LogLines.of(SecretsManagerStore.class.getName())) {
            assertThat(vault(peer.url().toString(), BASIC, LIMIT).get("hoopoe/taipei"))
                    .isEqualTo(new Missing("AccessDeniedException"));

            assertThat(log.all())
                    .containsExactly("GetSecretValue: AccessDeniedException, status 400, AWS request id 1-2-3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary", "[\"canary\"]", "{\"user\": 1, \"password\": \"canary\"}"})
    void aBrokenSecretIsMissingAndNotRepeated(String broken) {
        server.put("hoopoe/taipei", broken);

        var secretResponse = secretStore.get("hoopoe/taipei");

        assertThat(secretResponse).isInstanceOf(Missing.class);
        assertThat(secretResponse.toString()).doesNotContain("canary");
    }

    @Test
    void aBinarySecretIsMissing() {
        server.faults().next("GetSecretValue", Fault.says("{\"VersionId\": \"v1\", \"SecretBinary\": \"Y2FuYXJ5\"}"));

        assertThat(secretStore.get("hoopoe/taipei")).isInstanceOf(Missing.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, ThrottlingException",
        "429, ThrottlingException",
        "500, InternalServiceError",
        "503, InternalServiceError"
    })
    void whatPassesIsTriedTwiceMore(int status, String code) {
        server.put("hoopoe/taipei", SECRET);
        server.faults().plan("GetSecretValue", 0, 2, Fault.refuses(status));
        assertThat(secretStore.get("hoopoe/taipei")).isInstanceOf(Found.class);

        server.wire().clear();
        server.faults().always("GetSecretValue", Fault.refuses(status));
        assertThat(secretStore.get("hoopoe/taipei")).isEqualTo(new StoreUnavailable(code));
        assertThat(server.wire().count("GetSecretValue")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "com.amazonaws.secretsmanager#DecryptionFailure, DecryptionFailure",
        "InvalidRequestException, InvalidRequestException",
        "'canary 1 2 3', http_400"
    })
    void anErrorIsNamedAsAwsNamesIt(String type, String code) {
        server.faults().next("GetSecretValue", Fault.fails(type));

        assertThat(secretStore.get("hoopoe/taipei")).isEqualTo(new Missing(code));
    }

    @Test
    void anAnswerThatIsNoneIsTriedAgain() {
        server.put("hoopoe/taipei", SECRET);
        server.faults().next("GetSecretValue", Fault.says("<html>canary</html>"));
        assertThat(secretStore.get("hoopoe/taipei")).isInstanceOf(Found.class);

        server.faults().plan("GetSecretValue", 0, 3, Fault.html500());
        assertThat(secretStore.get("hoopoe/taipei")).isEqualTo(new StoreUnavailable("http_500"));
    }

    @Test
    void aConnectionThatEndsIsTriedAgain() {
        server.put("hoopoe/taipei", SECRET);
        server.faults().next("GetSecretValue", Fault.cutBody(5, Ending.RESET));

        assertThat(secretStore.get("hoopoe/taipei")).isInstanceOf(Found.class);
    }

    @Test
    void nobodyListens() {
        server.server().refuse();

        assertThat(secretStore.get("hoopoe/taipei")).isEqualTo(new StoreUnavailable("ConnectException"));
    }

    /** Each byte in time, the whole never. */
    @Test
    @Timeout(60)
    void aServerThatDripsIsLeft() throws Exception {
        try (var drip = new SocketPeer(line -> {
            line.request();
            for (var letter : "HTTP/1.1 200 OK\r\nX-Long: ".split("")) {
                line.say(letter);
            }
            for (int i = 0; i < 600; i++) {
                line.say("x");
                pause();
            }
        })) {
            assertThat(vault(drip.url().resolve("/").toString(), BASIC, Duration.ofSeconds(1))
                            .get("hoopoe/taipei"))
                    .isEqualTo(new StoreUnavailable("timeout"));
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    @Test
    void withoutCredentialsNobodyIsAsked() {
        var nobody = new SecretsManagerStore(
                URI.create(server.url()),
                LocalDynamo.REGION,
                () -> {
                    throw new IllegalStateException("no credentials");
                },
                LIMIT);

        assertThat(nobody.get("hoopoe/taipei")).isEqualTo(new StoreUnavailable("client"));
        assertThat(server.wire().exchanges()).isEmpty();
    }

    @Test
    void anUnsignedRequestIsRefused() {
        var unsigned = new SecretsManagerStore(
                URI.create(server.url()), LocalDynamo.REGION, AnonymousCredentialsProvider.create(), LIMIT);

        assertThat(unsigned.get("hoopoe/taipei")).isEqualTo(new Missing("MissingAuthenticationTokenException"));
    }

    @Test
    void whatIsAskedIsAwsWire() {
        secretStore.get("hoopoe/\"quoted\"");

        var request = server.wire().last("GetSecretValue").orElseThrow().request();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/");
        assertThat(request.header("X-Amz-Target")).hasValue("secretsmanager.GetSecretValue");
        assertThat(request.header("Content-Type")).hasValue("application/x-amz-json-1.1");
        assertThat(new String(request.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"SecretId\":\"hoopoe/\\\"quoted\\\"\"}");
    }

    /** As looking up a name and connecting do, which nothing interrupts. */
    @Test
    @Timeout(10)
    void whatCannotBeInterruptedIsLeft() {
        var release = new CountDownLatch(1);
        var store = new SecretsManagerStore(
                URI.create(server.url()),
                LocalDynamo.REGION,
                () -> {
                    uninterrupted(release);
                    return BASIC;
                },
                Duration.ofMillis(300));

        assertThat(store.get("hoopoe/taipei")).isEqualTo(new StoreUnavailable("timeout"));
        release.countDown();
    }

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, secretsmanager.eu-central-1.amazonaws.com",
        "cn-north-1, secretsmanager.cn-north-1.amazonaws.com.cn"
    })
    void withoutASettingEachRegionHasItsHost(String region, String host) {
        var hosts = new CopyOnWriteArrayList<String>();
        var away = new SdkHttpClient() {
            @Override
            public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                hosts.add(request.httpRequest().getUri().getScheme() + "://"
                        + request.httpRequest().host());
                throw new IllegalStateException("no network");
            }

            @Override
            public void close() {}
        };

        new SecretsManagerStore(null, region, StaticCredentialsProvider.create(BASIC), LIMIT, away).get("x");

        assertThat(hosts).containsOnly("https://" + host);
    }

    private static void uninterrupted(CountDownLatch release) {
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException e) {
                // as a connect: it goes on
            }
        }
    }
}
