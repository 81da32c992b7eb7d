package hoopoe.local.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** A server for all queues of this process, on 127.0.0.1. Of its answers only those of success are used: its error codes are not AWS'. */
final class ElasticMq {

    static final String ACCOUNT = "000000000000";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static ElasticMq shared;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;

    private ElasticMq(SQSRestServer server) {
        url = URI.create(
                "http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort() + '/');
    }

    static synchronized ElasticMq shared() {
        if (shared == null) {
            var server = SQSRestServerBuilder.withInterface("127.0.0.1")
                    .withDynamicPort()
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::stopAndWait, "elasticmq-stop"));
            shared = new ElasticMq(server);
        }
        return shared;
    }

    String queue(String name) {
        return url.toString() + ACCOUNT + '/' + name;
    }

    /** @throws IllegalStateException where it does not succeed */
    JsonNode call(String operation, Object body) {
        try {
            var request = HttpRequest.newBuilder(url)
                    .timeout(LIMIT)
                    .header("Content-Type", "application/x-amz-json-1.0")
                    .header("X-Amz-Target", "AmazonSQS." + operation)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(operation + ": " + answer.statusCode());
            }
            return answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(operation + " was interrupted", e);
        }
    }
}
