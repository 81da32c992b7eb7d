package hoopoe.event.webhook;

import static hoopoe.prove.fuzz.Probe.must;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hoopoe.event.webhook.AddressPolicy.AddressVerdict.CallableAddress;
import hoopoe.prove.fuzz.Probe;
import hoopoe.prove.fuzz.Quiet;
import hoopoe.prove.fuzz.WrittenJson;
import hoopoe.testing.SocketPeer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What callers and receivers of webhooks write, and what the queue gives. */
class WebhookFuzzTest {

    private static final Logger LOG = Quiet.logger(WebhookFunction.class);
    private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
    private static volatile byte[] answer = {};
    private static SocketPeer peer;
    private static WebhookPost post;

    @BeforeAll
    static void open() throws IOException {
        peer = new SocketPeer(line -> {
            line.request();
            line.say(answer);
        });
        post = new WebhookPost(VERTX, Duration.ofSeconds(5), null);
    }

    @AfterAll
    static void close() throws IOException {
        post.close();
        peer.close();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    /** A URL that may be called leads there in the eyes of the HTTP client too, and to no address that is not public. */
    @FuzzTest
    @DictionaryEntries({
        "https://",
        "http://",
        "127.0.0.1",
        "[::ffff:",
        "localhost",
        "169.254.169.254",
        "@",
        ":443",
        "%2e",
        "#"
    })
    void address(@NotNull String url) {
        Probe.of(url.getBytes(StandardCharsets.UTF_8), bytes -> {
            var policy = new AddressPolicy(false, WebhookFuzzTest::resolve);
            var verdict = policy.check(new String(bytes, StandardCharsets.UTF_8));
            if (verdict instanceof CallableAddress callable) {
                check(callable);
            }
            return verdict;
        });
    }

    private static void check(CallableAddress callable) {
        var called = callable.url();
        var address = callable.address();
        must(called.getScheme().equals("https") && called.getUserInfo() == null, "not the scheme, or a user");
        must(
                !address.isLoopbackAddress()
                        && !address.isAnyLocalAddress()
                        && !address.isSiteLocalAddress()
                        && !address.isLinkLocalAddress()
                        && !address.isMulticastAddress(),
                "an address of our own network");
        var seen = new RequestOptions().setAbsoluteURI(called.toString());
        must(
                seen.getHost().replaceAll("[\\[\\]]", "").equals(callable.host()) && seen.getPort() == callable.port(),
                "the client calls another host");
        must(
                called.equals(URI.create(called.toString()))
                        && called.getHost().equals(called.getHost().toLowerCase(Locale.ROOT)),
                "it has no normal form");
    }

    /** A literal address is itself; every name is public, without a look-up. */
    private static InetAddress[] resolve(String host) throws java.net.UnknownHostException {
        return host.indexOf(':') >= 0 || host.matches("[\\d.]+")
                ? InetAddress.getAllByName(host)
                : new InetAddress[] {InetAddress.getByAddress(host, new byte[] {1, 1, 1, 1})};
    }

    /** Every message that cannot be read is one that the queue shall set aside, and no other waits for it. */
    @FuzzTest
    @DictionaryEntries({"{\"Records\":[", "\"messageId\":", "\"body\":\"", "\\\"caller\\\":", "\\\"event\\\":{", "null"
    })
    void queue(byte[] input) {
        WrittenJson.event(input, WebhookFunction.QueueEvent.class).ifPresent(batch -> {
            var failed = new WebhookFunction(new Courier(), Quiet.metrics()).webhook(batch);
            must(failed.failures().size() <= batch.messages().size(), "more messages are set aside than there are");
        });
    }

    /** Delivers nothing, and reads all that it would deliver. */
    private static final class Courier extends WebhookCourier {

        Courier() {
            super(null, null, null, null, List.of(), Quiet.metrics(), Clock.systemUTC());
        }

        @Override
        void deliver(QueuedEvent queued) {
            must(queued.message(1).body().length() > 0, "it cannot be queued again");
        }
    }

    /** Only a whole status line with a 2xx is a delivery. */
    @FuzzTest
    @DictionaryEntries({"HTTP/1.1 200 OK", "HTTP/1.0 204 ", "Content-Length: 2", "Transfer-Encoding: chunked"})
    void answer(byte[] input) throws IOException {
        answer = input;
        var at = new CallableAddress(peer.url(), InetAddress.getLoopbackAddress());
        var result = post.post(at, Map.of("webhook-id", "evt_1"), new byte[] {'a'});
        var first = new String(input, StandardCharsets.ISO_8859_1);
        must(
                !result.isDelivered() || first.contains(Integer.toString(result.status())),
                "delivered, but the receiver did not say so");
        must(result.status() >= 200 || result.error() != null, "an end without a word");
    }
}
