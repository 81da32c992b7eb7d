package hoopoe.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.LocalKeys;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** A caller of the API over HTTP. */
public final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Goes out as it is written: paths are encoded already, and no charset is added to a content type. */
    private static final RestAssuredConfig AS_WRITTEN = RestAssuredConfig.config()
            .httpClient(HttpClientConfig.httpClientConfig()
                    .setParam("http.socket.timeout", (int) PATIENCE.toMillis())
                    .setParam("http.connection.timeout", (int) PATIENCE.toMillis()))
            .encoderConfig(EncoderConfig.encoderConfig()
                    .defaultContentCharset(StandardCharsets.UTF_8)
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false));

    private final URI url;
    private final String key;

    /**
     * By somebody who may do everything, with every account.
     *
     * @param url without a slash at its end
     */
    public Api(URI url) {
        this(url, LocalKeys.LIVE);
    }

    private Api(URI url, String key) {
        this.url = url;
        this.key = key;
    }

    /** The same API for somebody else; with an empty key for nobody. */
    public Api as(String key) {
        return new Api(url, key);
    }

    /**
     * A call that is to be made.
     *
     * @param headers names and values in turn; the body is JSON where they do not say otherwise
     */
    public RequestSpecification given(String... headers) {
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        all.put("Content-Type", "application/json");
        if (!key.isEmpty()) {
            all.put("Authorization", "Bearer " + key);
        }
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return RestAssured.given()
                .config(AS_WRITTEN)
                .baseUri(url.toString())
                .urlEncodingEnabled(false)
                .headers(all);
    }

    public Response get(String path, String... headers) {
        return given(headers).get(path);
    }

    /** {@code POST /v1/batches} */
    public Response send(String body, String... headers) {
        return post("/v1/batches", body, headers);
    }

    public Response post(String path, String body, String... headers) {
        return given(headers).body(body).post(path);
    }

    public Response delete(String path, String... headers) {
        return given(headers).delete(path);
    }

    /** Status and body. */
    public static String text(Response answer) {
        return answer.statusCode() + " " + answer.asString();
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    /** Until {@code send} answers: on a busy machine a first event may take longer than the function may. */
    public void awake() throws Exception {
        var nothing = "{\"dry_run\": true, \"text\": \"ready?\", \"recipients\": [{\"to\": \"0912345678\"}]}";
        Await.until("awake", () -> send(nothing), answer -> answer.statusCode() == 200);
    }

    /** The clock's next call of {@code poll}, now; returns when it is through. */
    public Response tick() {
        return given().post("/_local/tick/poll");
    }

    /** With what is inside. */
    public JsonNode batch(String id) {
        return found("/v1/batches/" + id + "?include=dispatches");
    }

    /** The first thousand. */
    public List<JsonNode> messages(String batch) {
        return list(found("/v1/batches/" + batch + "/messages?limit=1000"), "messages");
    }

    /** What came back for this batch, the first thousand. */
    public List<JsonNode> replies(String batch) {
        return list(found("/v1/replies?limit=1000&batch=" + batch), "replies");
    }

    /** Waits until all messages of a batch are in this state, without ticks. */
    public JsonNode awaitMessages(String id, String state) throws Exception {
        return Await.until("all " + state, () -> batch(id), batch -> isWholly(batch, state));
    }

    /** As {@link #awaitMessages}, with the clock ticking. */
    public JsonNode tickUntilMessages(String id, String state) throws Exception {
        return Await.until("all " + state, () -> ticked(id), batch -> isWholly(batch, state));
    }

    /** Waits until the batch is in this state, without ticks. */
    public JsonNode awaitState(String id, String state) throws Exception {
        return Await.until(state, () -> batch(id), batch -> isIn(batch, state));
    }

    /** As {@link #awaitState}, with the clock ticking. */
    public JsonNode tickUntilState(String id, String state) throws Exception {
        return Await.until(state, () -> ticked(id), batch -> isIn(batch, state));
    }

    private JsonNode ticked(String id) {
        tick();
        return batch(id);
    }

    private static boolean isIn(JsonNode batch, String state) {
        return batch.path("state").asText().equals(state);
    }

    private static boolean isWholly(JsonNode batch, String state) {
        return batch.path("counts").path(state).asInt()
                == batch.path("recipients").asInt();
    }

    private JsonNode found(String path) {
        var answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + text(answer));
        }
        return answer.as(JsonNode.class);
    }

    private static List<JsonNode> list(JsonNode page, String name) {
        return StreamSupport.stream(page.path(name).spliterator(), false).toList();
    }
}
