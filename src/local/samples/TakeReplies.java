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
import java.time.Duration;

/** Takes the replies that are new since the last run. HOOPOE_URL=… HOOPOE_KEY=… java -cp 'jackson/*' TakeReplies.java */
public final class TakeReplies {

    /** In your service: a row of your database. */
    private static final Path PLACE = Path.of("replies-cursor.txt");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var cursor = Files.exists(PLACE) ? Files.readString(PLACE) : ""; // without one: from the oldest reply that is kept
        JsonNode page;
        do {
            page = get("/v1/replies?limit=1000"
                    + (cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
            page.path("replies").forEach(TakeReplies::handle);
            cursor = page.path("next_cursor").asText();
            Files.writeString(PLACE, cursor);
        } while (!page.path("replies").isEmpty());
    }

    /** Your own work. It may see the replies of one page twice if the program ends before the cursor is written. */
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
