package hoopoe.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import hoopoe.api.http.ApiGatewayAdapter;
import hoopoe.api.http.ApiResponse;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.Lease;
import hoopoe.dispatch.SendResult;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.observability.SafeStackTrace;
import hoopoe.store.Keys;
import hoopoe.store.dispatch.DispatchRepository;
import hoopoe.store.dispatch.SendResultRepository;
import hoopoe.store.dispatch.SendResultRepository.Recorded;
import hoopoe.store.table.Table.WriteResult;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.LogLines;
import hoopoe.testing.MetricLog;
import hoopoe.testing.MovableClock;
import hoopoe.testing.SocketPeer;
import hoopoe.testing.StoreFixture;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** A table that stalls: it takes requests, and what it says of them never comes. */
class DynamoDbClientFactoryTest {

    /** Shorter than the real one, and shorter than the silence that ends one try: only the limit of a whole call is so short. */
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private static final Duration BOUND = Duration.ofSeconds(30);

    private static final DispatchId DISPATCH = new DispatchId("bat_01ARZ3NDEKTSV4RRFFQ69G5FAV", 0);
    private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");
    private static final SendResult ANSWERED = StoreFixture.taken("ref", NOW);
    private static final String REQUEST = "4KBNVRGD25RG1KEO9UT4V3FQDJVV4KQNSO5AEMVJF66Q9ASUAAJG";

    private final String name = LocalDynamo.shared().createLastingTable();

    private static SocketPeer silent() throws IOException {
        return new SocketPeer(line -> {
            line.request();
            line.hold();
        });
    }

    /** Does everything, and answers reads. */
    private static SocketPeer forgetful() throws IOException {
        return new SocketPeer(line -> {
            var request = line.request();
            var answer = forwarded(request);
            if (request.contains("DynamoDB_20120810.GetItem")) {
                line.say(SocketPeer.http(200, "application/x-amz-json-1.0", answer));
            } else {
                line.hold();
            }
        });
    }

    private static String forwarded(String request) throws IOException {
        var builder = HttpRequest.newBuilder(LocalDynamo.shared().endpoint())
                .POST(HttpRequest.BodyPublishers.ofString(request.substring(request.indexOf("\r\n\r\n") + 4)));
        request.lines()
                .takeWhile(header -> !header.isEmpty())
                .filter(header -> header.matches("(?i)(authorization|content-type|x-amz-(target|date)): .*"))
                .forEach(header -> builder.header(
                        header.substring(0, header.indexOf(':')),
                        header.substring(header.indexOf(':') + 1).strip()));
        try {
            return HttpClient.newHttpClient()
                    .send(builder.build(), BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private Table table(SocketPeer peer) {
        var settings = Map.of(
                "aws.region",
                LocalDynamo.REGION,
                "quarkus.dynamodb.endpoint-override",
                peer.url().resolve("/").toString());
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
        var credentials = AwsBasicCredentials.create(LocalDynamo.CREDENTIAL, LocalDynamo.CREDENTIAL);
        return new Table(
                DynamoDbClientFactory.client(config, ANSWER)
                        .credentialsProvider(StaticCredentialsProvider.create(credentials))
                        .build(),
                name);
    }

    private static Write write(String token) {
        return Write.putNew(Item.of(Keys.dispatch(DISPATCH.batch(), DISPATCH.n())))
                .attempt(token);
    }

    @Test
    void aReadEnds() throws Exception {
        try (var peer = silent()) {
            var dispatchRepository = new DispatchRepository(table(peer));

            assertTimeoutPreemptively(BOUND, () -> assertThatThrownBy(() -> dispatchRepository.find(DISPATCH))
                    .isInstanceOf(ApiCallTimeoutException.class));
        }
    }

    /** AWS' answer to a call without permission, with a message that must not be in a log. */
    private static SocketPeer denying() throws IOException {
        var body = """
                {"__type":"com.amazon.coral.service#AccessDeniedException","Message":"User: \
                arn:aws:sts::123456789012:assumed-role/hoopoe-send/send is not authorized to perform: dynamodb:GetItem"}""";
        return SocketPeer.saying("HTTP/1.1 400 Bad Request\r\nContent-Type: application/x-amz-json-1.0\r\n"
                + "x-amzn-RequestId: " + REQUEST + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    @Test
    void aDeniedOperationIsLoggedWithAllThatSupportAsksForAndAFrameOfOurs() throws Exception {
        try (var peer = denying();
                var log = LogLines.of(ApiGatewayAdapter.class.getName())) {
            var dispatchRepository = new DispatchRepository(table(peer));
            var apiGatewayAdapter = new ApiGatewayAdapter(MovableClock.at(NOW.toString()), BOUND, MetricLog.ignored());

            apiGatewayAdapter.answer(
                    ApiEvents.get(""), apiRequest -> ApiResponse.ok(dispatchRepository.find(DISPATCH)));

            assertThat(log.all())
                    .singleElement()
                    .asString()
                    .contains("(GetItem: AccessDeniedException, status 400, AWS request id " + REQUEST + ")")
                    .containsPattern(
                            " < … < hoopoe\\.store\\.table\\.Table\\.get\\(Table\\.java:\\d+\\) < hoopoe\\.store\\.dispatch\\.DispatchRepository\\.")
                    .doesNotContain("arn:", "123456789012", "authorized", "software.amazon.awssdk.core");
        }
    }

    @Test
    void aDeniedTransactionToo() throws Exception {
        try (var peer = denying()) {
            var table = table(peer);

            assertThatThrownBy(() -> table.transact(List.of(write("mine"))))
                    .satisfies(denied -> assertThat(SafeStackTrace.of(denied))
                            .contains("(GetItem: AccessDeniedException, status 400")
                            .contains("hoopoe.store.table.Table.transact"));
        }
    }

    @Test
    void whatCannotBeWrittenSaysWhyInTheLog() throws Exception {
        try (var peer = denying();
                var log = LogLines.of(SendResultRepository.class.getName())) {
            var lease = new Lease(DISPATCH, 0, 1, 1, NOW, null);

            assertThat(new SendResultRepository(table(peer))
                            .write(lease, StoreFixture.NO_RESERVATION, ANSWERED, Duration.ofMillis(1)))
                    .isEqualTo(Recorded.UNWRITTEN);

            assertThat(log.all())
                    .singleElement()
                    .asString()
                    .contains("AccessDeniedException", REQUEST, "hoopoe.store.");
        }
    }

    @Test
    void silenceIsLoggedWithItsOperation() throws Exception {
        try (var peer = silent()) {
            var dispatchRepository = new DispatchRepository(table(peer));

            assertThatThrownBy(() -> dispatchRepository.find(DISPATCH))
                    .satisfies(silent -> assertThat(SafeStackTrace.of(silent)).contains("(GetItem: no answer)"));
        }
    }

    /** The sender gets the error, and logs what could not be written. */
    @Test
    void theWritingOfAnAnswerEnds() throws Exception {
        try (var peer = silent()) {
            var sendResultRepository = new SendResultRepository(table(peer));
            var lease = new Lease(DISPATCH, 0, 1, 1, NOW, null);
            var recorded = assertTimeoutPreemptively(
                    BOUND,
                    () -> sendResultRepository.write(
                            lease, StoreFixture.NO_RESERVATION, ANSWERED, Duration.ofMillis(100)));

            assertThat(recorded).isEqualTo(Recorded.UNWRITTEN);
        }
    }

    @Test
    void whatWasWrittenWithoutAWordIsDone() throws Exception {
        try (var peer = forgetful()) {
            var table = table(peer);

            assertThat(table.apply(write("mine"))).isInstanceOf(WriteResult.Written.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(peer.requests()).hasSize(2);
            assertThatThrownBy(() -> table.transact(List.of(write("another's"))))
                    .isInstanceOf(ApiCallTimeoutException.class);
        }
    }

    @Test
    void ofATransactionToo() throws Exception {
        try (var peer = forgetful()) {
            assertThat(table(peer).transact(List.of(write("mine")))).isInstanceOf(WriteResult.Written.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }
}
