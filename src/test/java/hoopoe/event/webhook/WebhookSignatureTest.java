package hoopoe.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Verified by the reference library of Standard Webhooks. */
class WebhookSignatureTest {

    private static final String ID = "evt_01JEXAMPLE0000000000000000";
    private static final byte[] BODY = "{\"id\":\"evt_1\",\"text\":\"測試\"}".getBytes(StandardCharsets.UTF_8);
    private static final String OLD = secret(1, 24);
    private static final String NEW = secret(2, 32);

    private final Instant now = Instant.now();

    @Test
    void theReferenceLibraryVerifiesIt() throws Exception {
        for (int bytes = 24; bytes <= 64; bytes++) {
            var secret = secret(bytes, bytes);
            verify(secret, WebhookSignature.headers(ID, now, BODY, List.of(secret)), BODY);
        }
    }

    @Test
    void bothSecretsSignAfterARotation() throws Exception {
        var headers = WebhookSignature.headers(ID, now, BODY, List.of(NEW, OLD));
        assertThat(headers.get("webhook-signature")).matches("v1,[A-Za-z0-9+/]{43}= v1,[A-Za-z0-9+/]{43}=");
        verify(NEW, headers, BODY);
        verify(OLD, headers, BODY);
    }

    @Test
    void anotherSecretBodyIdOrTimeIsNotVerified() {
        var headers = WebhookSignature.headers(ID, now, BODY, List.of(NEW));
        assertRefused(OLD, headers, BODY);
        assertRefused(NEW, headers, "{}".getBytes(StandardCharsets.UTF_8));
        assertRefused(NEW, changed(headers, "webhook-id", "evt_2"), BODY);
        assertRefused(NEW, changed(headers, "webhook-timestamp", Long.toString(now.getEpochSecond() + 1)), BODY);
    }

    /** The example of the specification's own libraries. */
    @Test
    void theKnownExampleIsSignedAsKnown() {
        assertThat(WebhookSignature.headers(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        Instant.ofEpochSecond(1614265330),
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8),
                        List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
                .containsExactly(
                        Map.entry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
                        Map.entry("webhook-timestamp", "1614265330"),
                        Map.entry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    private static String secret(int seed, int bytes) {
        var key = new byte[bytes];
        new Random(seed).nextBytes(key);
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    private static Map<String, String> changed(Map<String, String> headers, String name, String value) {
        return headers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, header -> header.getKey().equals(name) ? value : header.getValue()));
    }

    private static void assertRefused(String secret, Map<String, String> headers, byte[] body) {
        assertThatThrownBy(() -> verify(secret, headers, body)).isInstanceOf(WebhookVerificationException.class);
    }

    private static void verify(String secret, Map<String, String> headers, byte[] body)
            throws WebhookVerificationException {
        new Webhook(secret).verify(new String(body, StandardCharsets.UTF_8), headers(headers));
    }

    private static HttpHeaders headers(Map<String, String> headers) {
        return HttpHeaders.of(
                headers.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
                (name, value) -> true);
    }
}
