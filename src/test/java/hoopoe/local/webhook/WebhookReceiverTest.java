package hoopoe.local.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import hoopoe.local.wire.Ending;
import hoopoe.local.wire.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the reference library signs is verified, and what people with curl see and do. */
@Timeout(60)
class WebhookReceiverTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "evt_01JEXAMPLE0000000000000000";
    private static final String BODY = "{\"type\": \"webhook.test\", \"text\": \"測試\"}";
    private static final String SECRET = secret(1);
    private static final String OTHER = secret(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private final WebhookReceiver receiver = WebhookReceiver.start(0);

    @AfterEach
    void close() {
        receiver.close();
    }

    private static String secret(int seed) {
        var key = new byte[32];
        new Random(seed).nextBytes(key);
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    private int post(String signature) throws IOException, InterruptedException {
        return post(Instant.now(), signature);
    }

    private int post(Instant at, String signature) throws IOException, InterruptedException {
        return call(HttpRequest.newBuilder(URI.create(receiver.url() + "hooks?a=1"))
                        .header("webhook-id", ID)
                        .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
                        .header("webhook-signature", signature)
                        .POST(HttpRequest.BodyPublishers.ofString(BODY)))
                .statusCode();
    }

    private static String sign(String secret, Instant at) throws WebhookSigningException {
        return new Webhook(secret).sign(ID, at.getEpochSecond(), BODY);
    }

    private HttpResponse<String> call(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        return JSON.readTree(call(HttpRequest.newBuilder(URI.create(receiver.url() + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body)))
                .body());
    }

    private SignatureVerdict last() {
        var all = receiver.received();
        return all.get(all.size() - 1).signature();
    }

    @Test
    void withoutASecretEverythingIsTaken() throws Exception {
        assertThat(post("v1,AAAA")).isEqualTo(200);
        assertThat(last()).isEqualTo(SignatureVerdict.UNCHECKED);
    }

    @Test
    void aSignatureOfAnyKnownSecretIsTaken() throws Exception {
        var now = Instant.now();
        receiver.learn(SECRET);
        assertThat(post(now, sign(SECRET, now))).isEqualTo(200);
        assertThat(last()).isEqualTo(SignatureVerdict.VERIFIED);
        assertThat(post(now, sign(OTHER, now))).isEqualTo(401);
        assertThat(last()).isEqualTo(SignatureVerdict.WRONG);
        assertThat(post(now, sign(OTHER, now) + ' ' + sign(SECRET, now))).isEqualTo(200);
        assertThat(post(now, "v1a,AAAA v1,???")).isEqualTo(401);
        receiver.learn(OTHER);
        assertThat(post(now, sign(OTHER, now))).isEqualTo(200);
    }

    @Test
    void anotherTimeOrAnOldOneIsNotTaken() throws Exception {
        var now = Instant.now();
        receiver.learn(SECRET);
        assertThat(post(now.plusSeconds(1), sign(SECRET, now))).isEqualTo(401);
        assertThat(last()).isEqualTo(SignatureVerdict.WRONG);
        ask("POST", "_sim/clock", "{\"advance\": \"PT6M\"}");
        assertThat(post(now, sign(SECRET, now))).isEqualTo(401);
        assertThat(last()).isEqualTo(SignatureVerdict.STALE);
    }

    @Test
    void whatHasNoHeadersIsNotTaken() throws Exception {
        assertThat(ask("POST", "", BODY).isMissingNode()).isTrue();
        assertThat(receiver.received()).singleElement().satisfies(webhook -> {
            assertThat(webhook.signature()).isEqualTo(SignatureVerdict.MISSING);
            assertThat(webhook.answered()).isEqualTo(401);
            assertThat(webhook.body()).isEqualTo(BODY);
        });
        assertThat(call(HttpRequest.newBuilder(URI.create(receiver.url()))).statusCode())
                .isEqualTo(405);
    }

    @Test
    void whatIsNoSecretIsRefused() {
        assertThatThrownBy(() -> receiver.learn("secret")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> receiver.learn("whsec_?")).isInstanceOf(IllegalArgumentException.class);
    }

    /** The secret comes as the response to a registration. */
    @Test
    void peopleSeeWhatCame() throws Exception {
        assertThat(ask("POST", "_sim/secrets", "{\"id\": \"wh_1\", \"secret\": \"" + SECRET + "\"}")
                        .path("known")
                        .asInt())
                .isEqualTo(1);
        var now = Instant.now();
        post(now, sign(SECRET, now));
        ask("POST", "_sim/faults", "{\"operation\": \"webhook\", \"fault\": \"refuses\", \"code\": 410}");
        assertThat(post(now, sign(SECRET, now))).isEqualTo(410);

        var all = ask("GET", "_sim/webhooks", "");
        assertThat(all).hasSize(2);
        assertThat(all.get(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "at",
                        "path",
                        "webhook-id",
                        "webhook-timestamp",
                        "webhook-signature",
                        "signature",
                        "answered",
                        "body");
        assertThat(all.get(0).path("path").asText()).isEqualTo("/hooks?a=1");
        assertThat(all.get(0).path("webhook-id").asText()).isEqualTo(ID);
        assertThat(all.get(0).path("signature").asText()).isEqualTo("verified");
        assertThat(all.get(0).at("/body/text").asText()).isEqualTo("測試");
        assertThat(ask("GET", "_sim/webhooks?after=1", "").at("/0/answered").asInt())
                .isEqualTo(410);
        ask("DELETE", "_sim/webhooks", "");
        assertThat(ask("GET", "_sim/webhooks", "")).isEmpty();
        ask("DELETE", "_sim/secrets", "");
        post("v1,AAAA");
        assertThat(last()).isEqualTo(SignatureVerdict.UNCHECKED);
        assertThat(ask("GET", "_sim", "").toString()).contains("/_sim/webhooks", "/_sim/secrets");
    }

    @Test
    void aRedirectLeadsWhereItIsTold() throws Exception {
        ask("POST", "_sim/faults", "{\"fault\": \"redirects\", \"text\": \"http://127.0.0.1:9/\"}");
        var answer = call(HttpRequest.newBuilder(URI.create(receiver.url())).POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(answer.headers().firstValue("Location")).hasValue("http://127.0.0.1:9/");
        assertThat(receiver.received().get(0).answered()).isEqualTo(307);
    }

    @Test
    void anAnswerThatIsLostIsNone() throws Exception {
        receiver.faults().next(WebhookReceiver.OPERATION, Fault.dropBeforeWork(Ending.RESET));
        assertThatThrownBy(() -> post("v1,AAAA")).isInstanceOf(IOException.class);
        assertThat(receiver.received().get(0).answered()).isZero();
    }

    /** Its head comes, and then more and more, until the caller leaves. */
    @Test
    void anEndlessBodyEndsWithItsCaller() throws Exception {
        receiver.faults().next(WebhookReceiver.OPERATION, Fault.endless());
        var request = HttpRequest.newBuilder(URI.create(receiver.url()))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
        var answer = client.send(request, BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(401);
        try (var body = answer.body()) {
            assertThat(body.readNBytes(1 << 20)).hasSize(1 << 20);
        }
        assertThat(post("v1,AAAA")).isEqualTo(200);
    }
}
