import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Sends a batch and waits for its result. HOOPOE_URL=… HOOPOE_KEY=… java -cp 'jackson/*' WaitForAResult.java ORDER */
public final class WaitForAResult {

    private static final Set<String> FINISHED =
            Set.of("completed", "completed_with_failures", "cancelled", "rejected", "expired");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var result = await(send(arguments[0]), Duration.ofMinutes(10));
        System.out.println(result.path("state").asText() + " " + result.path("counts"));
    }

    /** The key is the order's, not a new one for each try: a repeated call is answered with the batch that is there. */
    private static JsonNode send(String order) throws IOException, InterruptedException {
        var body = """
                {"text": "Your parcel is here.", "recipients": [{"to": "0912345678"}, {"to": "0912345907"}]}""";
        return call(request("/v1/batches")
                .header("Idempotency-Key", order)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The batch when it is finished, or as it is after that time: then store its id and ask again later. */
    private static JsonNode await(JsonNode batch, Duration time) throws IOException, InterruptedException {
        var deadline = Instant.now().plus(time);
        for (long pause = 2;
                !FINISHED.contains(batch.path("state").asText()) && Instant.now().isBefore(deadline);
                pause = Math.min(2 * pause, 60)) {
            Thread.sleep(pause * 1000);
            batch = call(request("/v1/batches/" + batch.path("id").asText()));
        }
        return batch;
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(System.getenv("HOOPOE_URL") + path))
                .timeout(Duration.ofSeconds(40))
                .header("Authorization", "Bearer " + System.getenv("HOOPOE_KEY"))
                .header("Content-Type", "application/json");
    }

    /** Repeats a call that got no response, or whose error passes: 409 (the same call is under way), 429, 5xx. */
    private static JsonNode call(HttpRequest.Builder request) throws IOException, InterruptedException {
        for (long pause = 1; ; pause *= 2) {
            long after = 0;
            try {
                var response = HTTP.send(request.build(), BodyHandlers.ofString());
                int status = response.statusCode();
                if (status < 300) {
                    return JSON.readTree(response.body());
                }
                if (status < 500 && status != 409 && status != 429 || pause > 60) {
                    throw new IllegalStateException(response.body()); // a problem: its code says what is wrong
                }
                after = response.headers().firstValueAsLong("Retry-After").orElse(0);
            } catch (IOException e) {
                if (pause > 60) {
                    throw e;
                }
            }
            Thread.sleep(Math.max(pause, after) * 1000);
        }
    }
}
