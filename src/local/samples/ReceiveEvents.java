import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes events and handles each once. HOOPOE_SECRET=whsec_… PORT=8080 java -cp 'jackson and standardwebhooks/*' ReceiveEvents.java */
public final class ReceiveEvents {

    /** In your service: a table whose primary key is the event's id. */
    private static final Set<String> SEEN = new HashSet<>();

    /** In your service: a column beside what you know of the message. */
    private static final Map<String, Integer> VERSIONS = new HashMap<>();

    private static final Webhook WEBHOOK = new Webhook(System.getenv("HOOPOE_SECRET"));
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] arguments) throws IOException {
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("PORT"))), 0);
        server.createContext("/", ReceiveEvents::receive);
        server.start();
    }

    private static void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            // The text as it came, before anything parses it.
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var genuine = isGenuine(body, exchange.getRequestHeaders());
            if (genuine) {
                take(JSON.readTree(body));
            }
            exchange.sendResponseHeaders(genuine ? 204 : 401, -1);
        }
    }

    private static boolean isGenuine(String body, Map<String, List<String>> headers) {
        try {
            WEBHOOK.verify(body, headers);
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    private static void take(JsonNode event) {
        if (SEEN.contains(event.path("id").asText())) {
            return;
        }
        var data = event.path("data");
        var message = data.path("message_id").asText();
        var version = data.path("version").asInt();
        if (message.isEmpty()) {
            handle(event);
        } else if (version > VERSIONS.getOrDefault(message, 0)) { // else something newer is known already
            handle(event);
            VERSIONS.put(message, version);
        }
        SEEN.add(event.path("id").asText());
    }

    /** Your own work. It may see an event twice if the program ends before the id is written. */
    private static void handle(JsonNode event) {
        System.out.println(event.path("type").asText() + ' ' + event.at("/data/message_id").asText());
    }
}
