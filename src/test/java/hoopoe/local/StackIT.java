package hoopoe.local;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.lambda.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StackIT {

    private final HttpClient client = HttpClient.newHttpClient();
    private Stack stack;

    @BeforeAll
    void start() {
        stack = Stack.start(Map.of());
    }

    @AfterAll
    void close() {
        stack.close();
    }

    @Test
    void aRouteReachesItsFunction() throws Exception {
        assertThat(get("/v1/batches/bat_none").statusCode()).isEqualTo(404);
        assertThat(stack.environments().get("status")).isNotEmpty();
    }

    @Test
    void whatNoRouteKnowsIsAnsweredByTheGateway() throws Exception {
        var answer = get("/v1/nothing");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Not Found\"}");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    }

    @Test
    void whatIsTooLargeIsAnsweredByTheGateway() throws Exception {
        var answer = post("/v1/batches", new byte[10 * 1024 * 1024 + 1]);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Request Entity Too Large\"}");
    }

    @Test
    void aKilledEnvironmentIsReplaced() throws Exception {
        get("/v1/batches/bat_none");
        var before = stack.environments().get("status");

        assertThat(stack.kill("status")).isEqualTo(before.size());

        assertThat(get("/v1/batches/bat_none").statusCode()).isEqualTo(404);
        assertThat(stack.environments().get("status")).doesNotContainAnyElementsOf(before);
    }

    @Test
    void anotherStackKnowsNothingOfThisOne() throws Exception {
        try (var other = Stack.start(Map.of("quarkus.funqy.export", "none"))) {
            var failed = other.invoke("status", "{}".getBytes(StandardCharsets.UTF_8));

            assertThat(failed).isInstanceOf(Outcome.Failed.class);
            assertThat(other.table()).isNotEqualTo(stack.table());
        }
        assertThat(get("/v1/batches/bat_none").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, byte[] body) throws IOException, InterruptedException {
        return client.send(request(path).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(stack.url() + path))
                .header("Authorization", "Bearer " + LocalKeys.TEST);
    }
}
