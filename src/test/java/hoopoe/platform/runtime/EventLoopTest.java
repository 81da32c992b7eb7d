package hoopoe.platform.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.testing.SocketPeer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLoopTest {

    private static final String ACCEPTED = "HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}";

    /** Closes the connection instead of an answer. */
    private static final String CLOSE = "";

    @Test
    void answersOneEventAfterTheOtherOnOneConnection() throws Exception {
        try (var api = api(event("a", "1"), ACCEPTED, event("b", "22"), ACCEPTED)) {
            run(api, (event, answer) -> {
                answer.write('<');
                event.transferTo(answer);
                answer.write('>');
            });

            assertThat(api.connections()).isOne();
            assertThat(api.requests()).hasSize(4);
            assertThat(api.requests().get(0)).startsWith("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n");
            assertThat(api.requests().get(1))
                    .startsWith("POST /2018-06-01/runtime/invocation/a/response HTTP/1.1\r\n")
                    .contains("\r\nContent-Length: 3\r\n")
                    .endsWith("\r\n\r\n<1>");
            assertThat(api.requests().get(3)).contains("/invocation/b/response").endsWith("<22>");
        }
    }

    @Test
    void readsEventsInChunks() throws Exception {
        var chunked = "HTTP/1.1 200 OK\r\nLAMBDA-RUNTIME-AWS-REQUEST-ID: c\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3;name=value\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n";
        try (var api = api(chunked, ACCEPTED)) {
            run(api, InputStream::transferTo);

            assertThat(api.requests().get(1)).contains("/invocation/c/response").endsWith("\r\n\r\nabc0123456789");
        }
    }

    @Test
    void tellsOfAFailureWithoutItsMessageAndGoesOn() throws Exception {
        try (var api = api(event("a", "1"), ACCEPTED, event("b", "2"), ACCEPTED)) {
            run(api, (event, answer) -> {
                if (event.read() == '1') {
                    throw new IllegalStateException("number +886912345678");
                }
                answer.write('y');
            });

            assertThat(api.requests().get(1))
                    .contains("/invocation/a/error")
                    .contains("\"errorType\":\"java.lang.IllegalStateException\"")
                    .doesNotContain("886912345678");
            assertThat(api.requests().get(3)).contains("/invocation/b/response");
        }
    }

    @Test
    void tellsOfAStartThatFailedWithoutItsMessage() throws Exception {
        try (var api = api(ACCEPTED)) {
            new EventLoop(api.address(), (event, answer) -> {}).initFailed(new IllegalStateException("secret"));

            assertThat(api.requests())
                    .singleElement()
                    .asString()
                    .startsWith("POST /2018-06-01/runtime/init/error HTTP/1.1\r\n")
                    .contains("\"errorType\":\"java.lang.IllegalStateException\"")
                    .doesNotContain("secret");
        }
    }

    @Test
    void opensAgainWhatWasClosedWhileItWasIdle() throws Exception {
        try (var api = api(event("a", "1"), ACCEPTED, CLOSE, event("b", "2"), ACCEPTED)) {
            var seen = run(api, (event, answer) -> answer.write('y'));

            assertThat(seen).containsExactly("a", "b");
            assertThat(api.connections()).isEqualTo(2);
        }
    }

    @Test
    void closesWhatTheOtherSideIsAboutToClose() throws Exception {
        var last = "HTTP/1.1 202 Accepted\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        try (var api = api(event("a", "1"), last, event("b", "2"), ACCEPTED)) {
            assertThat(run(api, (event, answer) -> answer.write('y'))).containsExactly("a", "b");
            assertThat(api.connections()).isEqualTo(2);
        }
    }

    @Test
    void goesOnAfterAnAnswerThatLambdaRefuses() throws Exception {
        var tooLarge = "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n";
        try (var api = api(event("a", "1"), tooLarge, event("b", "2"), ACCEPTED)) {
            assertThat(run(api, (event, answer) -> answer.write('y'))).containsExactly("a", "b");
        }
    }

    @Test
    void carriesTheLargestEventAndAnswer() throws Exception {
        var body = "x".repeat(6 * 1024 * 1024);
        try (var api = api(event("a", body), ACCEPTED)) {
            run(api, InputStream::transferTo);

            assertThat(api.requests().get(1)).endsWith("\r\n\r\n" + body);
        }
    }

    @Test
    void handsTheTraceOn() throws Exception {
        try (var api = api(event("a", "1"), ACCEPTED)) {
            run(api, (event, answer) -> answer.write('y'));

            assertThat(System.getProperty("com.amazonaws.xray.traceHeader")).isEqualTo("Root=1-a");
        } finally {
            System.clearProperty("com.amazonaws.xray.traceHeader");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
            })
    void endsWithoutAUsableEvent(String answer) throws Exception {
        try (var api = api(answer)) {
            var loop = new EventLoop(api.address(), (event, out) -> {
                throw new AssertionError("there is no event");
            });
            assertThatThrownBy(loop::run).isInstanceOf(IOException.class);
            assertThat(api.requests()).hasSize(1);
        }
    }

    /** Runs to the end of the script. @return the ids of the events that the function saw */
    private static List<Object> run(Script api, EventLoop.Function function) throws IOException {
        var seen = new ArrayList<>();
        var loop = new EventLoop(api.address(), (event, answer) -> {
            seen.add(MDC.get("AWSRequestId"));
            function.handle(event, answer);
        });
        assertThatThrownBy(loop::run).isInstanceOf(IOException.class);
        assertThat(MDC.get("AWSRequestId")).isNull();
        return seen;
    }

    private static Script api(String... answers) throws IOException {
        return new Script(answers);
    }

    private static String event(String id, String body) {
        return "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: " + id + "\r\nLambda-Runtime-Trace-Id: Root=1-" + id
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** A Runtime API that answers each request with the next of its answers, byte for byte. */
    private static final class Script implements AutoCloseable {

        private final Deque<String> answers;
        private final Set<SocketPeer.Line> connections = new HashSet<>();
        private final SocketPeer peer;

        Script(String... answers) throws IOException {
            this.answers = new ArrayDeque<>(List.of(answers));
            this.peer = new SocketPeer(this::talk);
        }

        /** A caller after the last answer gets no connection. */
        private synchronized void talk(SocketPeer.Line line) throws IOException {
            while (!answers.isEmpty()) {
                line.request();
                connections.add(line);
                var answer = answers.remove();
                if (answer.equals(CLOSE)) {
                    return;
                }
                line.say(answer);
            }
        }

        String address() {
            return peer.url().getAuthority();
        }

        List<String> requests() {
            return peer.requests();
        }

        synchronized int connections() {
            return connections.size();
        }

        @Override
        public void close() throws IOException {
            peer.close();
        }
    }
}
