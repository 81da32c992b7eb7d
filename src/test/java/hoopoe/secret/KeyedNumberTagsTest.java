package hoopoe.secret;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.PhoneNumber;
import hoopoe.secret.SecretStore.SecretResponse;
import hoopoe.testing.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyedNumberTagsTest {

    private static final PhoneNumber NUMBER = new PhoneNumber("+886912345678");

    private final MovableClock clock = MovableClock.at("2026-11-22T08:00:00Z");
    private final List<String> asked = new ArrayList<>();
    private SecretResponse answer = keys("{\"number_keys\": \"first\"}");
    private final KeyedNumberTags tags = new KeyedNumberTags(new StoredSecrets(
            name -> {
                asked.add(name);
                return answer;
            },
            "stage/",
            "arn:number-keys",
            Duration.ofMinutes(5),
            clock));

    private static SecretResponse keys(String json) {
        return new SecretResponse.Found(AccountSecret.read(json, "v1").orElseThrow());
    }

    /** RFC 2104, as {@code printf %s +886912345678 | openssl dgst -sha256 -hmac first} says it. */
    @Test
    void aTagIsAnHmacOfTheNumber() {
        assertThat(tags.of(NUMBER)).containsExactly("3a5d806e525d1709f9e5879a324eb20a");
        assertThat(tags.of(new PhoneNumber("+886912345679"))).doesNotContainAnyElementsOf(tags.of(NUMBER));
    }

    @Test
    void theKeysAreReadWhenFirstNeededAndKept() {
        assertThat(asked).isEmpty();
        tags.of(NUMBER);
        tags.of(NUMBER);
        assertThat(asked).containsExactly("arn:number-keys");
    }

    @Test
    void theCurrentKeyComesFirstAndEarlierOnesFollow() {
        var before = tags.of(NUMBER);
        answer = keys("{\"number_keys\": [\"second\", \"first\"]}");
        clock.move(Duration.ofMinutes(5));

        assertThat(tags.of(NUMBER)).hasSize(2).endsWith(before.get(0));
    }

    @Test
    void withoutAKeyThereIsNoTag() {
        answer = new SecretResponse.StoreUnavailable("ThrottlingException");
        assertThat(tags.of(NUMBER)).isEmpty();
        clock.move(Duration.ofMinutes(1));
        answer = new SecretResponse.Missing("ResourceNotFoundException");
        assertThat(tags.of(NUMBER)).isEmpty();
        clock.move(Duration.ofMinutes(1));
        answer = keys("{}");
        assertThat(tags.of(NUMBER)).isEmpty();
        var off = new StoredSecrets(name -> answer, "stage/", null, Duration.ofMinutes(5), clock);
        assertThat(new KeyedNumberTags(off).of(NUMBER)).isEmpty();
    }
}
