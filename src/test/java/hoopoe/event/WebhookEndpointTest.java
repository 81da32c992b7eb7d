package hoopoe.event;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.testing.WebhookEndpoints;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebhookEndpointTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");

    @Test
    void neitherItsSecretsNorItsAddressAreInItsText() {
        var endpoint = WebhookEndpoints.of("shop", "https://example.com/token");
        var rotated = endpoint.secrets().rotated(RANDOM, NOW);

        assertThat(endpoint.toString()).isEqualTo(endpoint.id() + " of shop");
        assertThat(rotated.toString())
                .doesNotContain(rotated.current(), endpoint.secrets().current());
    }

    @Test
    void aSecretIsOf32Bytes() {
        var secret = EndpointSecrets.random(RANDOM).current();

        assertThat(secret).startsWith("whsec_");
        assertThat(Base64.getDecoder().decode(secret.substring("whsec_".length())))
                .hasSize(32);
        assertThat(EndpointSecrets.random(RANDOM).current()).isNotEqualTo(secret);
    }

    @Test
    void afterARotationBothSecretsSignForADay() {
        var first = EndpointSecrets.random(RANDOM);
        var second = first.rotated(RANDOM, NOW);
        var end = NOW.plus(EndpointSecrets.OVERLAP);

        assertThat(first.signing(NOW)).containsExactly(first.current());
        assertThat(second.signing(end.minusMillis(1))).containsExactly(second.current(), first.current());
        assertThat(second.signing(end)).containsExactly(second.current());
        assertThat(second.rotated(RANDOM, NOW).signing(NOW))
                .as("two at most")
                .hasSize(2)
                .doesNotContain(first.current());
    }

    @Test
    void takesWhatItAskedFor() {
        var all = WebhookEndpoints.of("shop", "https://example.com/");
        var some = new WebhookEndpoint(
                all.caller(),
                all.id(),
                all.url(),
                Set.of("reply.received"),
                Set.of("main"),
                false,
                null,
                all.secrets(),
                all.health(),
                all.createdAt(),
                0);

        assertThat(all.takes(EventType.MESSAGE_DELIVERED, "main")).isTrue();
        assertThat(some.takes(EventType.REPLY_RECEIVED, "main")).isTrue();
        assertThat(some.takes(EventType.REPLY_RECEIVED, "other")).isFalse();
        assertThat(some.takes(EventType.MESSAGE_DELIVERED, "main")).isFalse();
        assertThat(some.takes(EventType.REPLY_RECEIVED, null)).isTrue();
        assertThat(some.withHealth(some.health().disabled()).takes(EventType.REPLY_RECEIVED, "main"))
                .isFalse();
    }
}
