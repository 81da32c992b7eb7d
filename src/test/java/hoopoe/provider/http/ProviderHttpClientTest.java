package hoopoe.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.provider.http.ProviderHttpResponse.CompleteResponse;
import hoopoe.provider.http.ProviderHttpResponse.LostResponse;
import hoopoe.provider.http.ProviderHttpResponse.NothingSent;
import hoopoe.provider.http.ProviderHttpResponse.Phase;
import hoopoe.testing.SocketPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProviderHttpClientTest {

    private static final HttpLimits LIMITS =
            new HttpLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(2), 1000);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(500);
    /** Long enough to be connected within it on a busy machine. */
    private static final Duration CONNECTED = Duration.ofSeconds(3);

    private static final String HELLO = SocketPeer.http(200, "text/xml; charset=utf-8", "hello");

    private final ProviderHttpClient providerHttpClient = new ProviderHttpClient(LIMITS);

    @AfterEach
    void close() {
        providerHttpClient.close();
    }

    @Test
    void aWholeAnswerIsHandedOverAsItIs() throws IOException {
        try (var peer = SocketPeer.saying(SocketPeer.http(500, "text/xml; charset=utf-8", "測試"))) {
            var completeResponse = (CompleteResponse) post(peer, LONG);
            assertThat(completeResponse.status()).isEqualTo(500);
            assertThat(completeResponse.contentType()).isEqualTo("text/xml; charset=utf-8");
            assertThat(completeResponse.body()).isEqualTo("測試".getBytes(StandardCharsets.UTF_8));
            assertOnePost(peer);
        }
    }

    @Test
    void headersAndBodyGoOutAsWrittenAndTheLineIsNotKept() throws IOException {
        try (var peer = SocketPeer.saying(HELLO)) {
            post(peer, LONG);
            assertThat(peer.requests())
                    .singleElement()
                    .asString()
                    .startsWith("POST /API21/SOAP/SMS.asmx HTTP/1.1\r\n")
                    .contains("Content-Type: application/soap+xml; charset=utf-8; action=\"http://tempuri.org/a\"\r\n")
                    .contains("SOAPAction: \"http://tempuri.org/a\"\r\n")
                    .containsIgnoringCase("connection: close\r\n")
                    .endsWith("\r\n\r\n<a>測試</a>");
        }
    }

    @Test
    void anAnswerWithoutABodyIsAnAnswer() throws IOException {
        try (var peer = SocketPeer.saying("HTTP/1.1 204 No Content\r\n\r\n")) {
            assertThat(((CompleteResponse) post(peer, LONG)).body()).isEmpty();
        }
    }

    @Test
    void aRefusedPortSentNothing() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(post(URI.create("http://127.0.0.1:" + port + "/"), LONG)).isEqualTo(new NothingSent("connect"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/", "http:///nohost", "nonsense", "http://name.invalid/"})
    void anAddressThatIsNoneSentNothing(String url) {
        var impatient = new ProviderHttpClient(new HttpLimits(LONG, SHORT, SHORT, 1000));
        assertThat(post(impatient, URI.create(url), LONG)).isInstanceOf(NothingSent.class);
        impatient.close();
    }

    @Test
    void aServerThatNeverFinishesTlsSentNothingAndGetsNothingLater(@TempDir Path directory) throws Exception {
        var impatient =
                new ProviderHttpClient(new HttpLimits(LONG, SHORT, SHORT, 1000), new TlsPeer(directory).trust());
        var seen = new CompletableFuture<Integer>();
        try (var peer = new SocketPeer(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), "https", line -> {
            var bytes = line.socket().getInputStream().readAllBytes();
            seen.complete(new String(bytes, StandardCharsets.ISO_8859_1).indexOf("POST"));
        })) {
            assertThat(post(impatient, peer.url(), LONG)).isInstanceOf(NothingSent.class);
            assertThat(seen.get(20, TimeUnit.SECONDS)).isNegative();
        } finally {
            impatient.close();
        }
    }

    @Test
    void aHandshakeThatEndsTooLateSendsNothing(@TempDir Path directory) throws Exception {
        var tls = new TlsPeer(directory);
        // The client's own handshake limit is longer than this call: only the abandoned state keeps the body back.
        var late = new ProviderHttpClient(LIMITS, tls.trust());
        var go = new CompletableFuture<Void>();
        var seen = new CompletableFuture<Integer>();
        try (var peer = tls.open(false, line -> {
            go.join();
            seen.complete(line.socket().getInputStream().read());
        })) {
            assertThat(post(late, peer.url(), SHORT)).isEqualTo(new NothingSent("connect_timeout"));
            go.complete(null);
            assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
        } finally {
            late.close();
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForGetsNothing(@TempDir Path directory) throws Exception {
        try (var peer = new TlsPeer(directory).open(false, SocketPeer.Line::request)) {
            assertThat(post(peer, LONG)).isEqualTo(new NothingSent("tls"));
            assertThat(peer.requests()).isEmpty();
        }
    }

    @Test
    void tlsWorks(@TempDir Path directory) throws Exception {
        var tls = new TlsPeer(directory);
        var trusting = new ProviderHttpClient(LIMITS, tls.trust());
        try (var peer = tls.open(false, line -> {
            line.request();
            line.say(HELLO);
        })) {
            assertThat(post(trusting, peer.url(), LONG)).isInstanceOf(CompleteResponse.class);
            assertThat(peer.requests()).hasSize(1);
        } finally {
            trusting.close();
        }
    }

    @Test
    void tlsWorksWithAnAuthorityBesidesJavasOwn(@TempDir Path directory) throws Exception {
        var tls = new TlsPeer(directory);
        var trusting = new ProviderHttpClient(LIMITS, CertificateAuthorities.with(tls.pem()));
        try (var peer = tls.open(false, line -> {
            line.request();
            line.say(HELLO);
        })) {
            assertThat(post(trusting, peer.url(), LONG)).isInstanceOf(CompleteResponse.class);
        } finally {
            trusting.close();
        }
    }

    @Test
    void anAlertAfterTheBodyWasWrittenIsNoProof(@TempDir Path directory) throws Exception {
        var tls = new TlsPeer(directory);
        var trusting = new ProviderHttpClient(LIMITS, tls.trust());
        // TLS 1.3: the client's handshake is over before the server finds that there is no client certificate.
        try (var peer = tls.open(true, SocketPeer.Line::request)) {
            assertThat(post(trusting, peer.url(), LONG)).isEqualTo(new LostResponse("lost", Phase.SENT));
        } finally {
            trusting.close();
        }
    }

    @Test
    void aLineClosedAfterTheRequestIsLost() throws IOException {
        try (var peer = new SocketPeer(SocketPeer.Line::request)) {
            assertThat(post(peer, LONG)).isEqualTo(new LostResponse("lost", Phase.SENT));
            assertOnePost(peer);
        }
    }

    @Test
    void aLineResetAfterTheRequestIsLost() throws IOException {
        try (var peer = new SocketPeer(line -> {
            line.request();
            line.reset();
        })) {
            assertThat(post(peer, LONG)).isEqualTo(new LostResponse("lost", Phase.SENT));
            assertOnePost(peer);
        }
    }

    @Test
    void aLineResetAfterOneByteOfTheRequestIsLost() throws IOException {
        try (var peer = new SocketPeer(line -> {
            line.socket().getInputStream().read();
            line.reset();
        })) {
            assertThat(post(peer, LONG)).isEqualTo(new LostResponse("lost", Phase.SENT));
        }
    }

    @Test
    void aLineResetAtOnceIsLostUnlessTheBodyWasNeverHandedOver() throws IOException {
        try (var peer = new SocketPeer(SocketPeer.Line::reset)) {
            assertThat(post(peer, LONG)).isIn(new LostResponse("lost", Phase.SENT), new NothingSent("connect"));
        }
    }

    @Test
    void garbageInsteadOfHttpIsLost() throws IOException {
        try (var peer = SocketPeer.saying("SSH-2.0-nonsense\r\n\r\n\r\n")) {
            assertThat(post(peer, LONG)).isEqualTo(new LostResponse("lost", Phase.SENT));
            assertOnePost(peer);
        }
    }

    @Test
    void halfAnAnswerIsLost() throws IOException {
        try (var peer = SocketPeer.saying(HELLO.substring(0, HELLO.length() - 2))) {
            assertThat(post(peer, LONG)).isEqualTo(new LostResponse("lost", Phase.ANSWERING));
            assertOnePost(peer);
        }
    }

    @Test
    void halfAChunkedAnswerIsLost() throws IOException {
        try (var peer = SocketPeer.saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")) {
            assertThat(post(peer, LONG)).isEqualTo(new LostResponse("lost", Phase.ANSWERING));
        }
    }

    @Test
    void anAnswerCutAtAnyByteIsNeverWhole() throws IOException {
        for (int cut = 0; cut < HELLO.length(); cut++) {
            try (var peer = SocketPeer.saying(HELLO.substring(0, cut))) {
                assertThat(post(peer, LONG)).as("cut at %d", cut).isInstanceOf(LostResponse.class);
                assertOnePost(peer);
            }
        }
    }

    /** RFC 9112, section 7.1.1: a recipient ignores the extensions that it does not know. */
    @ParameterizedTest
    @ValueSource(strings = {";x=y", ";x", " ; x = \"y\"", ";x=\"a;b\"", ";x=y;z"})
    void extensionsOfChunksDoNotCount(String extension) throws IOException {
        try (var peer = SocketPeer.saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5" + extension
                + "\r\nhello\r\n4;last\r\n you\r\n0" + extension + "\r\n\r\n")) {
            assertThat(new String(((CompleteResponse) post(peer, LONG)).body(), StandardCharsets.UTF_8))
                    .isEqualTo("hello you");
            assertOnePost(peer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"100 Continue", "103 Early Hints"})
    void whatIsSaidOnTheWayIsPassedOver(String status) throws IOException {
        try (var peer = SocketPeer.saying("HTTP/1.1 " + status + "\r\n\r\n" + HELLO)) {
            assertThat(((CompleteResponse) post(peer, LONG)).status()).isEqualTo(200);
            assertOnePost(peer);
        }
    }

    /** The client takes these for the end of the answer, and cannot be told otherwise: they prove nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"101 Switching Protocols", "102 Processing", "199 Something"})
    void whatIsSaidOnTheWayIsNoAnswer(String status) throws IOException {
        try (var peer = SocketPeer.saying("HTTP/1.1 " + status + "\r\n\r\n" + HELLO)) {
            assertThat(post(peer, LONG)).isEqualTo(new LostResponse("informational", Phase.ANSWERING));
            assertOnePost(peer);
        }
    }

    @Test
    void silenceEndsAtTheLimit() throws IOException {
        try (var peer = new SocketPeer(line -> {
            line.request();
            line.hold();
        })) {
            assertThat(post(peer, CONNECTED)).isEqualTo(new LostResponse("timeout", Phase.SENT));
            assertOnePost(peer);
        }
    }

    @Test
    void aDrippingHeadDoesNotStretchTheLimit() throws Exception {
        drips("HTTP/1.1 200 OK\r\nX-Drip: ", Phase.SENT);
    }

    @Test
    void aDrippingBodyDoesNotStretchTheLimit() throws Exception {
        drips("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", Phase.ANSWERING);
    }

    private void drips(String start, Phase phase) throws Exception {
        var ended = new CompletableFuture<Void>();
        try (var peer = new SocketPeer(line -> {
            line.request();
            line.say(start);
            try {
                while (true) {
                    line.say("x");
                    TimeUnit.MILLISECONDS.sleep(10);
                }
            } catch (IOException | InterruptedException e) {
                ended.complete(null);
            }
        })) {
            assertThat(post(peer, CONNECTED)).isEqualTo(new LostResponse("timeout", phase));
            ended.get(20, TimeUnit.SECONDS);
            assertOnePost(peer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1001", "Content-Length: 99999999999", "X: y"})
    void anAnswerThatIsTooLargeIsNotRead(String header) throws Exception {
        var ended = new CompletableFuture<Void>();
        try (var peer = new SocketPeer(line -> {
            line.request();
            line.say("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n");
            try {
                for (int i = 0; i < 1 << 20; i++) {
                    line.say("x".repeat(1001));
                }
            } catch (IOException e) {
                ended.complete(null);
            }
        })) {
            assertThat(post(peer, LONG)).isEqualTo(new LostResponse("too_large", Phase.ANSWERING));
            ended.get(20, TimeUnit.SECONDS);
            assertOnePost(peer);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsAnAnswerAndNotFollowed(int status) throws IOException {
        try (var peer = SocketPeer.saying(
                "HTTP/1.1 " + status + " Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(((CompleteResponse) post(peer, LONG)).status()).isEqualTo(status);
            assertOnePost(peer);
        }
    }

    @Test
    void nothingIsStartedWithoutTime() throws IOException {
        try (var peer = SocketPeer.saying(HELLO)) {
            assertThat(post(peer, Duration.ZERO)).isEqualTo(new NothingSent("no_time"));
            assertThat(post(peer, Duration.ofMillis(-1))).isEqualTo(new NothingSent("no_time"));
            assertThat(peer.connections()).isZero();
            assertThat(peer.requests()).isEmpty();
        }
    }

    @Test
    void nothingTellsABody() {
        assertThat(new CompleteResponse(200, "", "canary".getBytes(StandardCharsets.UTF_8)).toString())
                .doesNotContain("canary");
    }

    /** A repeat of the first post would have come before this second one of ours. */
    private void assertOnePost(SocketPeer peer) {
        post(peer, SHORT);
        assertThat(peer.connections()).isLessThanOrEqualTo(2);
        assertThat(peer.requests()).hasSizeLessThanOrEqualTo(2);
    }

    private ProviderHttpResponse post(SocketPeer peer, Duration limit) {
        return post(providerHttpClient, peer.url(), limit);
    }

    private ProviderHttpResponse post(URI url, Duration limit) {
        return post(providerHttpClient, url, limit);
    }

    private static ProviderHttpResponse post(ProviderHttpClient providerHttpClient, URI url, Duration limit) {
        return providerHttpClient.post(
                url,
                Map.of(
                        "Content-Type", "application/soap+xml; charset=utf-8; action=\"http://tempuri.org/a\"",
                        "SOAPAction", "\"http://tempuri.org/a\""),
                "<a>測試</a>".getBytes(StandardCharsets.UTF_8),
                limit);
    }
}
