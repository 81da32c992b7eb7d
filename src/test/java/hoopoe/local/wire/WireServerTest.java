package hoopoe.local.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WireServerTest {
    private static final String GET = "GET /a?b=%2b HTTP/1.1\r\nHost: x\r\n\r\n";

    private record Echo(Request request, Function<Request, Answer> how) implements Job {
        @Override
        public String operation() {
            return request.method();
        }

        @Override
        public Answer answer() {
            return how.apply(request);
        }
    }

    private volatile Function<Request, Answer> how = request -> Answer.html(200, "<" + request.text() + ">");
    private final WireServer server =
            WireServer.bind(0, request -> new Echo(request, how)).begin();

    @AfterEach
    void close() {
        server.close();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Test
    void oneConnectionCarriesManyRequests() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc" + GET);
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n<abc>");
            assertThat(client.readAnswer()).endsWith("<>");
        }
        assertThat(server.log().connections()).isEqualTo(1);
        assertThat(server.log().count("POST")).isEqualTo(1);
    }

    @Test
    void everyByteOfARequestIsKept() throws IOException {
        String post = "POST /p HTTP/1.1\r\nx-odd:  v \r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n";
        try (RawClient client = RawClient.to(server.port())) {
            client.send(GET);
            client.readAnswer();
            client.send(post);
            assertThat(client.readAnswer()).endsWith("<abcde>");
        }
        Exchange exchange = server.log().last("POST").orElseThrow();
        assertThat(new String(exchange.request().raw(), StandardCharsets.UTF_8)).isEqualTo(post);
        assertThat(exchange.request().header("X-ODD")).hasValue("v");
        assertThat(exchange.number()).isEqualTo(2);
        assertThat(exchange.answer().orElseThrow().text()).isEqualTo("<abcde>");
        assertThat(server.log().last("GET").orElseThrow().request().query()).isEqualTo("b=%2b");
    }

    @Test
    void theCallerIsToldToGoOn() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
            assertThat(client.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            client.send("a");
            assertThat(client.readAnswer()).endsWith("<a>");
        }
    }

    @Test
    void closeIsHonoured() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
            assertThat(client.readToEnd()).endsWith("<>");
        }
        try (RawClient client = RawClient.to(server.port())) {
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(client.readToEnd()).endsWith("<>");
        }
    }

    @Test
    void theWaysAnAnswerLeaves() throws IOException {
        Answer answer = Answer.html(200, "0123456789");
        assertThat(received(answer.by(Delivery.cut(12, Ending.CLOSE)))).isEqualTo("HTTP/1.1 200");
        assertThat(received(answer.by(Delivery.cutBody(4, Ending.CLOSE))))
                .contains("Content-Length: 10")
                .endsWith("\r\n\r\n0123");
        assertThat(received(answer.shortened(4).by(Delivery.dripping(Duration.ofNanos(1_000)))))
                .contains("Content-Length: 4")
                .endsWith("\r\n\r\n0123");
        assertThat(received(answer.by(Delivery.chunked(7))))
                .contains("Transfer-Encoding: chunked")
                .endsWith("\r\n\r\n7\r\n0123456\r\n3\r\n789\r\n0\r\n\r\n");
        assertThat(received(answer.by(Delivery.untilClose())))
                .doesNotContain("Content-Length")
                .endsWith("0123456789");
        assertThat(received(Answer.nothing(Ending.CLOSE))).isEmpty();
        assertThat(received(answer.by(Delivery.raw(new byte[] {'x'}, Ending.CLOSE))))
                .isEqualTo("x");
    }

    private String received(Answer answer) throws IOException {
        how = request -> answer;
        try (RawClient client = RawClient.to(server.port())) {
            client.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
            return client.readToEnd();
        }
    }

    @Test
    void aResetIsAReset() {
        assertThatThrownBy(() -> received(Answer.nothing(Ending.RESET))).isInstanceOf(SocketException.class);
    }

    @Test
    void silenceIsSilent() throws IOException {
        how = request -> Answer.html(200, "x").by(Delivery.cut(3, Ending.SILENCE));
        try (RawClient client = RawClient.to(server.port())) {
            client.patience(Duration.ofMillis(100));
            client.send(GET);
            assertThatThrownBy(client::readToEnd).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void connectionsCanBeDroppedUnread() throws IOException {
        server.dropConnections(1, Ending.CLOSE);
        try (RawClient client = RawClient.to(server.port())) {
            assertThat(client.readToEnd()).isEmpty();
        }
        try (RawClient client = RawClient.to(server.port())) {
            client.send(GET);
            assertThat(client.readAnswer()).endsWith("<>");
        }
        assertThat(server.log().connections()).isEqualTo(2);
        assertThat(server.log().exchanges()).hasSize(1);
    }

    @Test
    void aRequestThatBreaksOffIsAFragment() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab");
        }
        await(() -> server.log().fragments().size() == 1);
        assertThat(new String(server.log().fragments().get(0).arrived(), StandardCharsets.UTF_8))
                .endsWith("\r\n\r\nab");
        assertThat(server.log().exchanges()).isEmpty();
    }

    @Test
    void whatIsNoHttpIsAFragment() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send("hello\r\n");
            assertThat(client.readToEnd()).isEmpty();
        }
        assertThat(server.log().fragments()).hasSize(1);
    }

    @Test
    void itRefusesAndComesBackOnTheSamePort() throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            client.send(GET);
            client.readAnswer();
            server.refuse();
            assertThatThrownBy(client::readAnswer).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> RawClient.to(server.port())).isInstanceOf(ConnectException.class);
        server.accept();
        try (RawClient client = RawClient.to(server.port())) {
            client.send(GET);
            assertThat(client.readAnswer()).endsWith("<>");
        }
    }

    @Test
    void aFlawOfTheAppIsSeen() throws IOException {
        assertThat(received(request -> {
                    throw new IllegalStateException("flaw");
                }))
                .startsWith("HTTP/1.1 500")
                .endsWith("java.lang.IllegalStateException: flaw");
    }

    private String received(Function<Request, Answer> other) throws IOException {
        how = other;
        try (RawClient client = RawClient.to(server.port())) {
            client.send(GET);
            return client.readAnswer();
        }
    }

    @Test
    void closedItLeavesNoThread() throws IOException {
        how = request -> Answer.html(200, "x").by(Delivery.whole().after(Duration.ofHours(1)));
        try (RawClient client = RawClient.to(server.port())) {
            client.send(GET);
            await(() -> server.log().count("GET") == 1);
            server.close();
            assertThatThrownBy(client::readAnswer).isInstanceOf(IOException.class);
        }
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().endsWith("-" + server.port())));
    }
}
