package hoopoe.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.event.webhook.AddressPolicy.AddressVerdict.CallableAddress;
import hoopoe.testing.LogLines;
import hoopoe.testing.SelfSigned;
import hoopoe.testing.SocketPeer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebhookPostTest {

    private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
    private static final byte[] BODY = "{\"a\":\"測試\"}".getBytes(StandardCharsets.UTF_8);
    private static final String FINE = "HTTP/1.1 204 No Content\r\n\r\n";
    private static final Duration SHORT = Duration.ofMillis(700);

    private final WebhookPost webhookPost = new WebhookPost(VERTX, Duration.ofSeconds(20), null);
    private final WebhookPost hasty = new WebhookPost(VERTX, SHORT, null);

    @AfterEach
    void close() {
        webhookPost.close();
        hasty.close();
    }

    @AfterAll
    static void stop() {
        VERTX.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void itIsPostedAsSignedAndTheConnectionIsNotKept() throws IOException {
        try (var peer = SocketPeer.saying(FINE)) {
            var url = URI.create("http://127.0.0.1:" + peer.url().getPort() + "/hooks/%20?a=b");
            assertThat(webhookPost.post(at(url), Map.of("webhook-id", "evt_1"), BODY))
                    .isEqualTo(PostResult.answered(204));
            assertThat(peer.requests())
                    .singleElement()
                    .asString()
                    .startsWith("POST /hooks/%20?a=b HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nhost: 127.0.0.1:" + peer.url().getPort() + "\r\n")
                    .containsIgnoringCase("\r\ncontent-type: application/json\r\n")
                    .containsIgnoringCase("\r\ncontent-length: " + BODY.length + "\r\n")
                    .containsIgnoringCase("\r\nconnection: close\r\n")
                    .contains("\r\nwebhook-id: evt_1\r\n")
                    .endsWith("\r\n\r\n" + new String(BODY, StandardCharsets.UTF_8));
        }
    }

    @Test
    void anEmptyPathIsASlash() throws IOException {
        try (var peer = SocketPeer.saying(FINE)) {
            webhookPost.post(at(URI.create("http://127.0.0.1:" + peer.url().getPort())), Map.of(), BODY);
            assertThat(peer.requests()).singleElement().asString().startsWith("POST / HTTP/1.1\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 299})
    void every2xxIsDelivered(int status) throws IOException {
        var result = answer(SocketPeer.http(status, "text/plain", "ok"));
        assertThat(result).isEqualTo(PostResult.answered(status));
        assertThat(result.isDelivered()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 304, 400, 401, 404, 410, 429, 500, 503, 599})
    void everyOtherStatusIsAFailure(int status) throws IOException {
        var result = answer(SocketPeer.http(status, "text/plain", "no"));
        assertThat(result).isEqualTo(PostResult.answered(status));
        assertThat(result.isDelivered()).isFalse();
        assertThat(result.isGone()).isEqualTo(status == 410);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noRedirectIsFollowed(int status) throws IOException {
        try (var other = SocketPeer.saying(FINE);
                var peer = SocketPeer.saying(
                        "HTTP/1.1 " + status + " X\r\nLocation: " + other.url() + "\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(post(peer)).isEqualTo(PostResult.answered(status));
            assertThat(post(peer).isDelivered()).isFalse();
            assertThat(other.connections()).isZero();
        }
    }

    /** The head has decided, and the connection is closed instead of read to its end. */
    @Test
    void anEndlessBodyIsCutOffAfterAFewBytes() throws IOException {
        var cut = new CompletableFuture<Integer>();
        try (var peer = new SocketPeer(line -> {
            line.request();
            line.say("HTTP/1.1 200 OK\r\n\r\n");
            int sent = 0;
            try {
                while (true) {
                    line.say("x".repeat(1024));
                    sent += 1024;
                }
            } catch (IOException e) {
                cut.complete(sent);
            }
        })) {
            assertThat(post(peer)).isEqualTo(PostResult.answered(200));
            assertThat(cut.join()).isLessThan(64 << 20);
        }
    }

    @Test
    void aBodyThatDripsIsDroppedWhenTheTimeIsOver() throws IOException {
        try (var peer = new SocketPeer(line -> {
            line.request();
            line.say("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            drip(line, "x");
        })) {
            assertThat(hasty.post(at(peer.url()), Map.of(), BODY)).isEqualTo(PostResult.answered(200));
        }
    }

    @Test
    void aHeadThatDripsIsATimeOut() throws IOException {
        try (var peer = new SocketPeer(line -> {
            line.request();
            line.say("HTTP/1.1 200 OK\r\nX: ");
            drip(line, "x");
        })) {
            var begin = System.nanoTime();
            assertThat(hasty.post(at(peer.url()), Map.of(), BODY)).isEqualTo(PostResult.failed("timeout"));
            assertThat(System.nanoTime() - begin)
                    .isBetween(SHORT.toNanos(), SHORT.plusSeconds(10).toNanos());
        }
    }

    @Test
    void aHeadWithoutEndIsNotRead() throws IOException {
        try (var peer = new SocketPeer(line -> {
            line.request();
            line.say("HTTP/1.1 200 OK\r\n");
            for (int i = 0; ; i++) {
                line.say("X-" + i + ": " + "x".repeat(100) + "\r\n");
            }
        })) {
            assertThat(post(peer)).isEqualTo(PostResult.failed("lost"));
        }
    }

    /** Policies and cookies make some kilobytes. */
    @Test
    void aLongHeadIsAnAnswer() throws IOException {
        var headers =
                "Content-Security-Policy: " + "x".repeat(7_000) + "\r\nSet-Cookie: a=" + "y".repeat(7_000) + "\r\n";
        assertThat(answer("HTTP/1.1 200 OK\r\n" + headers + "Content-Length: 0\r\n\r\n"))
                .isEqualTo(PostResult.answered(200));
    }

    /** The receiver has decided, and does not care for what is still on its way. */
    @Test
    void anAnswerBeforeTheEndOfTheRequestCounts() throws IOException {
        var body = "x".repeat(4 << 20).getBytes(StandardCharsets.UTF_8);
        try (var peer = new SocketPeer(line -> {
            line.say("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
            line.hold();
        })) {
            assertThat(webhookPost.post(at(peer.url()), Map.of(), body)).isEqualTo(PostResult.answered(202));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain",
                "Transfer-Encoding: chunked\r\n\r\n5;a=b;c=\"d\"\r\nhello\r\n0\r\nTrailer: t\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 7\r\n\r\n0\r\n\r\n",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: 1\r\nContent-Length: 2\r\n\r\nx",
                "Connection: upgrade\r\nUpgrade: h2c\r\n\r\n"
            })
    void howABodyIsWrittenDoesNotMatter(String rest) throws IOException {
        var result = answer("HTTP/1.1 200 OK\r\n" + rest);
        assertThat(result).isIn(PostResult.answered(200), PostResult.failed("lost"));
    }

    @Test
    void aChunkExtensionWithoutEndIsCutOff() throws IOException {
        try (var peer = new SocketPeer(line -> {
            line.request();
            line.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;");
            while (true) {
                line.say("x".repeat(1_000));
            }
        })) {
            assertThat(post(peer)).isEqualTo(PostResult.answered(200));
        }
    }

    @Test
    void whoeverSpeaksNoTlsIsNotSentTheEvent() throws IOException {
        try (var peer = SocketPeer.saying(FINE)) {
            var url = URI.create("https://hooks.example.com:" + peer.url().getPort() + '/');
            var result = hasty.post(at(url), Map.of(), BODY);
            assertThat(result.status()).isZero();
            assertThat(result.error()).isIn("tls", "timeout");
            assertThat(String.join("", peer.requests())).doesNotContain("webhook", "{\"a\"");
        }
    }

    @Test
    void silenceIsATimeOut() throws IOException {
        try (var peer = new SocketPeer(SocketPeer.Line::hold)) {
            assertThat(hasty.post(at(peer.url()), Map.of(), BODY)).isEqualTo(PostResult.failed("timeout"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-", "SSH-2.0-x\r\n\r\n", "HTTP/1.1 abc X\r\n\r\n"})
    void aConnectionThatEndsBeforeTheHeadIsLost(String begin) throws IOException {
        assertThat(answer(begin)).isEqualTo(PostResult.failed("lost"));
    }

    @Test
    void aResetIsLost() throws IOException {
        try (var peer = new SocketPeer(line -> {
            line.request();
            line.reset();
        })) {
            assertThat(post(peer)).isEqualTo(PostResult.failed("lost"));
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void aResetAfterTheHeadIsNoFailure() throws IOException {
        try (var peer = new SocketPeer(line -> {
            line.request();
            line.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx");
            line.socket().close();
        })) {
            assertThat(post(peer)).isEqualTo(PostResult.answered(200));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"101 Switching Protocols", "102 Processing", "099 X"})
    void anAnswerThatIsNotFinalIsAFailure(String status) throws IOException {
        assertThat(answer("HTTP/1.1 " + status + "\r\n\r\n" + FINE)).isEqualTo(PostResult.failed("informational"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100 Continue", "103 Early Hints"})
    void whatMayComeBeforeTheAnswerIsSkipped(String status) throws IOException {
        assertThat(answer("HTTP/1.1 " + status + "\r\n\r\n" + FINE)).isEqualTo(PostResult.answered(204));
    }

    @Test
    void aRefusedPortIsNoConnection() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(webhookPost.post(at(URI.create("http://127.0.0.1:" + port + "/")), Map.of(), BODY))
                .isEqualTo(PostResult.failed("connect"));
    }

    /** The name is asked of nobody; TLS names it, and holds the certificate against it. */
    @Test
    void theNameIsForTlsAndTheAddressForTheConnection(@TempDir Path directory) throws Exception {
        var certificate = new SelfSigned(directory);
        var names = new CompletableFuture<List<?>>();
        try (var peer = tls(certificate, line -> {
            line.request();
            names.complete(((ExtendedSSLSession) ((SSLSocket) line.socket()).getSession()).getRequestedServerNames());
            line.say(FINE);
        })) {
            var trusting = trusting(certificate);
            assertThat(trusting.post(at(named(SelfSigned.HOST, peer)), Map.of(), BODY))
                    .isEqualTo(PostResult.answered(204));
            assertThat(names.get(10, TimeUnit.SECONDS))
                    .hasToString("[type=host_name (0), value=" + SelfSigned.HOST + ']');
            assertThat(peer.requests())
                    .singleElement()
                    .asString()
                    .containsIgnoringCase(
                            "host: " + SelfSigned.HOST + ':' + peer.url().getPort() + "\r\n");
            trusting.close();
        }
    }

    @Test
    void aCertificateForAnotherNameOrOfNobodyIsRefused(@TempDir Path directory) throws Exception {
        var certificate = new SelfSigned(directory);
        try (var peer = tls(certificate, line -> {
            line.request();
            line.say(FINE);
        })) {
            var trusting = trusting(certificate);
            assertThat(trusting.post(at(named("other.example", peer)), Map.of(), BODY))
                    .isEqualTo(PostResult.failed("tls"));
            assertThat(webhookPost.post(at(named(SelfSigned.HOST, peer)), Map.of(), BODY))
                    .isEqualTo(PostResult.failed("tls"));
            assertThat(peer.requests()).isEmpty();
            trusting.close();
        }
    }

    @Test
    void aConnectionThatComesTooLateSendsNothing(@TempDir Path directory) throws Exception {
        var certificate = new SelfSigned(directory);
        var go = new CountDownLatch(1);
        var read = new CompletableFuture<Integer>();
        try (var peer = tls(certificate, line -> {
            try {
                go.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            try {
                read.complete(line.socket().getInputStream().read());
            } catch (IOException e) {
                read.complete(-1);
                throw e;
            }
        })) {
            var trusting = new WebhookPost(VERTX, SHORT, pem(certificate));
            assertThat(trusting.post(at(named(SelfSigned.HOST, peer)), Map.of(), BODY))
                    .isEqualTo(PostResult.failed("timeout"));
            go.countDown();
            assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
            trusting.close();
        }
    }

    @Test
    void nothingOfTheReceiverIsLogged() throws IOException {
        try (var log = LogLines.of("");
                var garbage = SocketPeer.saying("secret-of-the-receiver\r\n\r\n");
                var late = SocketPeer.saying(FINE + "secret-of-the-receiver")) {
            post(garbage);
            post(late);
            assertThat(String.join("\n", log.all())).doesNotContain("secret-of-the-receiver");
        }
    }

    private PostResult answer(String text) throws IOException {
        try (var peer = SocketPeer.saying(text)) {
            return post(peer);
        }
    }

    private PostResult post(SocketPeer peer) {
        return webhookPost.post(at(peer.url()), Map.of(), BODY);
    }

    private static CallableAddress at(URI url) {
        return new CallableAddress(url, InetAddress.getLoopbackAddress());
    }

    private static URI named(String host, SocketPeer peer) {
        return URI.create("https://" + host + ':' + peer.url().getPort() + "/hook");
    }

    private static SocketPeer tls(SelfSigned certificate, SocketPeer.Behaviour behaviour) throws Exception {
        return new SocketPeer(
                certificate
                        .context()
                        .getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                "https",
                behaviour);
    }

    private static WebhookPost trusting(SelfSigned certificate) throws Exception {
        return new WebhookPost(VERTX, Duration.ofSeconds(20), pem(certificate));
    }

    private static PemTrustOptions pem(SelfSigned certificate) throws Exception {
        return new PemTrustOptions().addCertValue(Buffer.buffer(Files.readAllBytes(certificate.pem())));
    }

    private static void drip(SocketPeer.Line line, String text) throws IOException {
        line.socket().setSoTimeout(20);
        do {
            line.say(text);
        } while (!hasLeft(line));
    }

    /** Whether the client leaves while it is waited for. */
    private static boolean hasLeft(SocketPeer.Line line) throws IOException {
        try {
            return line.socket().getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
