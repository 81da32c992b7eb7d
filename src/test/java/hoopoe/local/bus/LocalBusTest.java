package hoopoe.local.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.aws.AwsApi;
import hoopoe.aws.AwsJsonClient;
import hoopoe.aws.AwsResponse;
import hoopoe.aws.AwsResponse.AwsAnswer;
import hoopoe.aws.AwsResponse.AwsRefusal;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.local.iam.Guard;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What people with curl see and do, and what a bus of AWS refuses. */
class LocalBusTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalBus bus = LocalBus.start(0, Guard.NONE);

    @AfterEach
    void close() {
        bus.close();
    }

    private AwsResponse put(List<Map<String, Object>> entries) {
        return put(LocalDynamo.CREDENTIAL, entries);
    }

    private AwsResponse put(String secret, List<Map<String, Object>> entries) {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("publish", secret));
        return new AwsJsonClient(
                        AwsApi.EVENT_BRIDGE,
                        URI.create(bus.url()),
                        LocalDynamo.REGION,
                        credentials,
                        AwsJsonClient.http())
                .call("PutEvents", Map.of("Entries", entries), Duration.ofSeconds(20));
    }

    private static Map<String, Object> entry(String detail) {
        return Map.of("EventBusName", "b", "Source", "hoopoe", "DetailType", "webhook.test", "Detail", detail);
    }

    private JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(bus.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return JSON.readTree(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
    }

    @Test
    void whatCameIsShown() throws Exception {
        put(List.of(entry("{\"n\": 1}"), entry("{\"n\": 2}"), entry("{\"n\": 3}")));

        var all = ask("GET", "/_sim/events", "");
        assertThat(all).hasSize(3);
        assertThat(all.get(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail");
        assertThat(StreamSupport.stream(ask("GET", "/_sim/events?after=1", "").spliterator(), false)
                        .map(event -> event.at("/detail/n").asInt()))
                .containsExactly(2, 3);
        assertThat(ask("GET", "/_sim/events?after=3", "")).isEmpty();
    }

    @Test
    void faultsArePlannedByHttp() throws Exception {
        ask(
                "POST",
                "/_sim/faults",
                "{\"operation\": \"PutEvents\", \"fault\": \"refuses\", \"code\": 503, \"times\": 3}");
        assertThat(put(List.of(entry("{}")))).isInstanceOf(AwsRefusal.class);

        ask("POST", "/_sim/refusals", "{\"entries\": 1, \"code\": \"ThrottlingException\"}");
        assertThat(put(List.of(entry("{}"), entry("{}")))).isInstanceOfSatisfying(AwsAnswer.class, answer -> {
            assertThat(answer.body().path("FailedEntryCount").asInt()).isEqualTo(1);
            assertThat(answer.body().at("/Entries/0/ErrorCode").asText()).isEqualTo("ThrottlingException");
            assertThat(answer.body().at("/Entries/1/EventId").isTextual()).isTrue();
        });
        assertThat(ask("GET", "/_sim/wire", "").at("/counts/PutEvents").asInt()).isEqualTo(4);
    }

    @Test
    void whatIsNotSignedRightlyIsRefused() {
        assertThat(put("another", List.of(entry("{}"))).failure()).hasValue("InvalidSignatureException");
        assertThat(bus.events()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Source, InvalidArgument", "DetailType, InvalidArgument", "Detail, MalformedDetail"})
    void anEntryThatIsNoneIsRefusedAlone(String lost, String code) {
        var broken = new HashMap<>(entry("{}"));
        broken.put(lost, "");

        assertThat(put(List.of(broken, entry("{}")))).isInstanceOfSatisfying(AwsAnswer.class, answer -> assertThat(
                        answer.body().at("/Entries/0/ErrorCode").asText())
                .isEqualTo(code));
        assertThat(bus.events()).hasSize(1);
    }

    @Test
    void aCallMayBeTooLarge() {
        assertThat(put(Collections.nCopies(11, entry("{}"))).failure()).hasValue("ValidationException");
        assertThat(put(List.of()).failure()).hasValue("ValidationException");
        assertThat(put(List.of(entry("{\"a\": \"" + "x".repeat(262_144) + "\"}")))
                        .failure())
                .hasValue("ValidationException");
        assertThat(bus.events()).isEmpty();
    }
}
