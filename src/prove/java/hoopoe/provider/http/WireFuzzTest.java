package hoopoe.provider.http;

import static hoopoe.prove.fuzz.Probe.must;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import hoopoe.provider.http.ProviderHttpResponse.CompleteResponse;
import hoopoe.provider.http.ProviderHttpResponse.NothingSent;
import hoopoe.testing.SocketPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whatever bytes a provider answers, on a real socket: the body has left, so no answer proves that nothing was sent. */
class WireFuzzTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static volatile byte[] answer = {};
    private static SocketPeer peer;
    private static ProviderHttpClient client;

    @BeforeAll
    static void open() throws IOException {
        peer = new SocketPeer(line -> {
            line.request();
            line.say(answer);
        });
        client = new ProviderHttpClient(new HttpLimits(LIMIT, LIMIT, Duration.ofSeconds(2), 1 << 20));
    }

    @AfterAll
    static void close() throws IOException {
        client.close();
        peer.close();
    }

    @FuzzTest
    @DictionaryEntries({"HTTP/1.1 200 OK", "Content-Length: 2", "Transfer-Encoding: chunked", "HTTP/1.1 100 "})
    void answer(byte[] input) {
        answer = input;
        var response = client.post(peer.url(), Map.of("Content-Type", "text/xml"), new byte[] {'a'}, LIMIT);
        must(!(response instanceof NothingSent), "the body had left");
        if (response instanceof CompleteResponse whole) {
            must(
                    new String(input, StandardCharsets.ISO_8859_1).contains(Integer.toString(whole.status())),
                    "a status that nobody sent");
        }
    }
}
