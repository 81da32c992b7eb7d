package hoopoe.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.local.LocalKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** A caller of the API over HTTP. */
public final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final HttpClient client;
    private final URI url;
    private final String key;

    /**
     * By a caller with all scopes, for every account.
     *
     * @param url without a slash at its end
     */
    public Api(URI url) {
        this(HttpClient.newHttpClient(), url, LocalKeys.LIVE);
    }

    private Api(HttpClient client, URI url, String key) {
        this.client = client;
        this.url = url;
        this.key = key;
    }

    /** The same API for another caller; an empty key stands for a call without a key. */
    public Api as(String key) {
        return new Api(client, url, key);
    }

    /** An answer with any status. */
    public record Answer(int status, HttpHeaders headers, String body) {

        /** Empty where there is none. */
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /** The body, which must be JSON. */
        public JsonNode json() {
            return Api.json(body);
        }

        /** The {@code id} of the batch in the body. */
        public String id() {
            return json().path("id").asText();
        }

        /** The {@code code} of the problem in the body. */
        public String code() {
            return json().path("code").asText();
        }

        @Override
        public String toString() {
            return status + " " + body;
        }
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    public Answer get(String path, String... headers) throws IOException, InterruptedException {
        return answer(request(path, headers));
    }

    /** {@code POST /v1/batches} */
    public Answer send(String body, String... headers) throws IOException, InterruptedException {
        return post("/v1/batches", body, headers);
    }

    /** @param headers names and values in turn; the body is JSON where they do not say otherwise */
    public Answer post(String path, String body, String... headers) throws IOException, InterruptedException {
        return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Answer post(String path, byte[] body, String... headers) throws IOException, InterruptedException {
        return answer(request(path, headers).POST(BodyPublishers.ofByteArray(body)));
    }

    public Answer delete(String path, String... headers) throws IOException, InterruptedException {
        return answer(request(path, headers).DELETE());
    }

    /** With any method. */
    public Answer call(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return answer(request(path, headers).method(method, BodyPublishers.ofString(body)));
    }

    /** Until {@code send} answers: on a busy machine a first event may take longer than the function may. */
    public void awake() throws Exception {
        var nothing = "{\"dry_run\": true, \"text\": \"ready?\", \"recipients\": [{\"to\": \"0912345678\"}]}";
        Await.until("awake", () -> send(nothing), answer -> answer.status() == 200);
    }

    /** The clock's next call of {@code poll}, now; returns when it is through. */
    public Answer tick() throws IOException, InterruptedException {
        return post("/_local/tick/poll", "");
    }

    /** With what is inside. */
    public JsonNode batch(String id) throws IOException, InterruptedException {
        return found("/v1/batches/" + id + "?include=dispatches");
    }

    /** The first thousand. */
    public List<JsonNode> messages(String batch) throws IOException, InterruptedException {
        return list(found("/v1/batches/" + batch + "/messages?limit=1000"), "messages");
    }

    /** What came back for this batch, the first thousand. */
    public List<JsonNode> replies(String batch) throws IOException, InterruptedException {
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

    private JsonNode ticked(String id) throws IOException, InterruptedException {
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

    private JsonNode found(String path) throws IOException, InterruptedException {
        var answer = get(path);
        if (answer.status() != 200) {
            throw new AssertionError(path + ": " + answer);
        }
        return answer.json();
    }

    private static List<JsonNode> list(JsonNode page, String name) {
        return StreamSupport.stream(page.path(name).spliterator(), false).toList();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
        request.header("Content-Type", "application/json");
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request;
    }

    private Answer answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.headers(), response.body());
    }
}
