import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;

/** Takes the replies that are new since the last run. HOOPOE_URL=… HOOPOE_KEY=… java -cp 'jackson/*' TakeReplies.java */
public final class TakeReplies {

    /** In your service: a table whose primary key is the reply's id. */
    private static final Path SEEN = Path.of("seen-replies.txt");

    private static final Duration OVERLAP = Duration.ofDays(10);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var seen = Files.exists(SEEN) ? new HashSet<>(Files.readAllLines(SEEN)) : new HashSet<String>();
        var query = "limit=1000&from=" + Instant.now().minus(OVERLAP).truncatedTo(ChronoUnit.SECONDS);
        var page = get("/v1/replies?" + query);
        take(page, seen);
        while (page.has("next_cursor")) {
            var cursor = URLEncoder.encode(page.path("next_cursor").asText(), StandardCharsets.UTF_8);
            page = get("/v1/replies?" + query + "&cursor=" + cursor);
            take(page, seen);
        }
    }

    private static void take(JsonNode page, Set<String> seen) throws IOException {
        for (var reply : page.path("replies")) {
            var id = reply.path("id").asText();
            if (seen.add(id)) {
                handle(reply);
                Files.writeString(SEEN, id + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        }
    }

    /** Your own work. It may see a reply twice if the program ends before the id is written. */
    private static void handle(JsonNode reply) {
        System.out.println(reply.path("from").asText() + ": " + reply.path("text").asText());
    }

    /** Repeats a call that got no response, 429 or 5xx. */
    private static JsonNode get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(System.getenv("HOOPOE_URL") + path))
                .timeout(Duration.ofSeconds(40))
                .header("Authorization", "Bearer " + System.getenv("HOOPOE_KEY"))
                .build();
        for (long pause = 1; ; pause *= 2) {
            try {
                var response = HTTP.send(request, BodyHandlers.ofString());
                int status = response.statusCode();
                if (status == 200) {
                    return JSON.readTree(response.body());
                }
                if (status < 500 && status != 429 || pause > 60) {
                    throw new IllegalStateException(response.body()); // a problem: its code says what is wrong
                }
            } catch (IOException e) {
                if (pause > 60) {
                    throw e;
                }
            }
            Thread.sleep(pause * 1000);
        }
    }
}
