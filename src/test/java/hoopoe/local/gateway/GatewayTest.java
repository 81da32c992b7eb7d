package hoopoe.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.lambda.Outcome;
import hoopoe.local.template.FunctionDefinition;
import hoopoe.local.template.RouteDefinition;
import hoopoe.local.template.ThrottleDefinition;
import hoopoe.testing.MovableClock;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Gateway gateway = gateway(Optional.empty(), Clock.systemUTC());

    @BeforeEach
    void start() {
        gateway.start();
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void handsTheEventToTheFunction() throws Exception {
        var answer = send(request("/echo/a?b=c").POST(BodyPublishers.ofString("d")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"rawQueryString\":\"b=c\"", "\"body\":\"ZA==\"");
    }

    @Test
    void aFunctionThatTakesTooLongIsNotWaitedFor() throws Exception {
        var answer = send(request("/silent"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Service Unavailable\"}");
    }

    @Test
    void whatTheGatewayAnswersForAFunctionIsLogged() throws Exception {
        assertThat(send(request("/silent")).statusCode()).isEqualTo(503);
        assertThat(send(request("/broken")).statusCode()).isEqualTo(500);
        assertThat(send(request("/mad")).statusCode()).isEqualTo(500);
        assertThat(send(request("/echo/a")).statusCode()).isEqualTo(200);
        assertThat(send(request("/nowhere")).statusCode()).isEqualTo(404);

        assertThat(said)
                .containsExactly(
                        "gateway: silent: 503, no answer within 300 ms",
                        "gateway: broken: 500, Failed[type=Sandbox.Timedout, message=late]",
                        "gateway: mad: 500, its answer cannot be read");
    }

    @Test
    void aPortThatWasTakenButNotServedIsGivenBack() {
        var port = gateway.url().getPort();
        gateway.close();
        var again = gateway(port);
        again.close();

        gateway(port).close();
    }

    @Test
    void anEventTooLargeForLambdaIsRefusedThoughTheBodyIsNotTooLargeForTheGateway() throws Exception {
        var answer = send(request("/echo/a").POST(BodyPublishers.ofByteArray(new byte[6 * 1024 * 1024])));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void aTickIsForWhatIsOnTheClock() throws Exception {
        var post = BodyPublishers.noBody();

        assertThat(send(request("/_local/tick/poll").POST(post)).body()).isEqualTo("{\"ticked\":\"poll\"}");
        assertThat(send(request("/_local/tick/send").POST(post)).statusCode()).isEqualTo(404);
        assertThat(send(request("/_local/tick/poll")).statusCode()).isEqualTo(404);
    }

    @Test
    void takesWhatClientsSendThatKnowNoEscapes() throws IOException {
        assertThat(raw("GET /echo/a|b?text=你{好}[x] HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .contains("\"what\":\"a|b\"");
    }

    @Test
    void aBrokenEscapeInThePathIsABadRequest() throws IOException {
        assertThat(raw("GET /echo/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void whatJettyRefusesIsAnsweredInTheGatewaysForm() throws IOException {
        assertThat(raw(head("/echo/%00", "x"))).startsWith("HTTP/1.1 400 ").endsWith("{\"message\":\"Bad Request\"}");
        assertThat(raw(head("/echo/a?" + "q".repeat(16 * 1024), "x")))
                .startsWith("HTTP/1.1 414 ")
                .endsWith("{\"message\":\"URI Too Long\"}");
        assertThat(raw(head("/echo/a", "h".repeat(16 * 1024))))
                .startsWith("HTTP/1.1 431 ")
                .endsWith("{\"message\":\"Request Header Fields Too Large\"}");
    }

    @Test
    void listensOnTheLoopbackAddressOnly() {
        assertThat(gateway.url().getHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void moreCallsThanTheLimitsAllowAreRefusedUntilTimeHasPassed() throws Exception {
        var clock = MovableClock.at("2026-03-01T04:00:00Z");
        try (var narrow = gateway(Optional.of(new ThrottleDefinition(1, 2)), clock)) {
            narrow.start();

            assertThat(statuses(narrow, 4)).containsExactly(200, 200, 429, 429);
            assertThat(send(request(narrow, "/echo/a")).body()).isEqualTo("{\"message\":\"Too Many Requests\"}");
            assertThat(send(request(narrow, "/nowhere")).statusCode()).isEqualTo(404);
            assertThat(send(request(narrow, "/_local/tick/poll").POST(BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(200);

            clock.move(Duration.ofSeconds(1));
            assertThat(statuses(narrow, 2)).containsExactly(200, 429);

            clock.move(Duration.ofHours(1));
            assertThat(statuses(narrow, 3)).containsExactly(200, 200, 429);
        }
    }

    private List<Integer> statuses(Gateway of, int calls) throws Exception {
        var statuses = new ArrayList<Integer>();
        for (int n = 0; n < calls; n++) {
            statuses.add(send(request(of, "/echo/a")).statusCode());
        }
        return statuses;
    }

    private Gateway gateway(Optional<ThrottleDefinition> limits, Clock clock) {
        return gateway(limits, clock, 0);
    }

    private Gateway gateway(int port) {
        return gateway(Optional.empty(), Clock.systemUTC(), port);
    }

    private Gateway gateway(Optional<ThrottleDefinition> limits, Clock clock, int port) {
        return new Gateway(
                List.of(
                        function("echo", new RouteDefinition("ANY", "/echo/{what}", true)),
                        function("silent", new RouteDefinition("GET", "/silent", true)),
                        function("broken", new RouteDefinition("GET", "/broken", true)),
                        function("mad", new RouteDefinition("GET", "/mad", true))),
                Optional.empty(),
                limits,
                new Echo(),
                port,
                Duration.ofMillis(300),
                clock,
                said::add);
    }

    private HttpRequest.Builder request(String path) {
        return request(gateway, path);
    }

    private static HttpRequest.Builder request(Gateway of, String path) {
        return HttpRequest.newBuilder(URI.create(of.url() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String head(String target, String header) {
        return "GET " + target + " HTTP/1.1\r\nHost: x\r\nX-Header: " + header + "\r\nConnection: close\r\n\r\n";
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", gateway.url().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static FunctionDefinition function(String name, RouteDefinition route) {
        return new FunctionDefinition(
                name, Duration.ofSeconds(1), 128, Map.of(), List.of(route), List.of(), List.of(), List.of());
    }

    private static final class Echo implements Gateway.Functions {

        @Override
        public CompletableFuture<Outcome> invoke(String function, byte[] event) {
            return switch (function) {
                case "silent" -> new CompletableFuture<>();
                case "broken" -> CompletableFuture.completedFuture(new Outcome.Failed("Sandbox.Timedout", "late"));
                case "mad" -> CompletableFuture.completedFuture(new Outcome.Returned(new byte[] {'?'}));
                default -> CompletableFuture.completedFuture(new Outcome.Returned(event));
            };
        }

        @Override
        public CompletableFuture<Outcome> tick(String function) {
            if (!function.equals("poll")) {
                throw new IllegalArgumentException(function);
            }
            var answer = "{\"ticked\":\"poll\"}".getBytes(StandardCharsets.UTF_8);
            return CompletableFuture.completedFuture(new Outcome.Returned(answer));
        }
    }
}
