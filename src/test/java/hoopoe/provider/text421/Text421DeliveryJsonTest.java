package hoopoe.provider.text421;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import hoopoe.secret.Credentials;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Text421DeliveryJsonTest {

    private static final String ANSWER =
            "{\"delivery\":[{\"id\":\"122231\",\"received\":\"2012-10-18 22:10:11\",\"status\":\"delivered\"}]}";

    private static Optional<Map<String, List<StatusFact>>> read(String body) {
        return Text421DeliveryJson.read(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theQuestion() {
        var login = new Credentials("us\"er", "pass\\wörd", "1234", "v1");
        assertThat(new String(Text421DeliveryJson.question(login, List.of("a1", "b2")), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"username\":\"us\\\"er\",\"password\":\"pass\\\\wörd\",\"deliveries\":[{\"id\":\"a1\"},{\"id\":\"b2\"}]}");
    }

    @Test
    void theAnswer() {
        assertThat(read(ANSWER))
                .contains(Map.of(
                        "122231",
                        List.of(new StatusFact(
                                MessageState.DELIVERED,
                                Instant.parse("2012-10-18T20:10:11Z"),
                                "delivered",
                                "",
                                null,
                                StatusFact.Source.REPORT))));
    }

    @ParameterizedTest
    @CsvSource({
        "delivered, DELIVERED",
        "Delivered, DELIVERED",
        "undeliverable, UNDELIVERED",
        "waiting, SUBMITTED",
        "5, FAILED",
        "lost in space, UNCONFIRMED"
    })
    void everyWordAndOneThatIsNone(String word, MessageState state) {
        var facts = read(ANSWER.replace("delivered", word)).orElseThrow().get("122231");
        assertThat(facts).extracting(StatusFact::state).containsExactly(state);
        assertThat(facts).extracting(StatusFact::code).containsExactly(word);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"delivery\":[],\"billdelivery\":[{\"id\":\"A1\",\"rcv_msg_id\":\"7\",\"status\":\"delivered\"}]}",
                "{\"response\":{\"delivery\":[{\"status\":\"delivered\",\"id\":\"a1\",\"received\":null}]}}",
                "[{\"id\":\"a1\",\"status\":\"delivered\"},{\"id\":\"b\"},{\"status\":\"x\"},7,null]",
                "{\"id\":\"a1\",\"status\":\"delivered\"}"
            })
    void whereverTheRowStands(String body) {
        assertThat(read(body).orElseThrow()).containsOnlyKeys("a1");
    }

    @Test
    void aStatusOfTheWholeThatIsGoodIsNoError() {
        assertThat(read("{\"status\":200,\"delivery\":[{\"id\":\"a1\",\"status\":\"delivered\"}]}")
                        .orElseThrow())
                .containsOnlyKeys("a1");
    }

    /** Else one that never arrived would be shown as taken. */
    @Test
    void aNullSaysNothing() {
        assertThat(read("{\"delivery\":[{\"id\":\"a1\",\"received\":null,\"status\":null}]}"))
                .contains(Map.of());
    }

    /** Half a character cannot be stored: the report of the whole dispatch would fail at every check. */
    @Test
    void halfACharacterIsReplaced() {
        assertThat(read("{\"delivery\":[{\"id\":\"a\\udc00\",\"status\":\"\\ud83d\"}]}")
                        .orElseThrow())
                .hasEntrySatisfying(
                        "a?", facts -> assertThat(facts.get(0).code()).isEqualTo("?"));
    }

    @Test
    void anIdThatIsANumber() {
        assertThat(read("{\"delivery\":[{\"id\":122231,\"status\":\"waiting\"}]}")
                        .orElseThrow())
                .containsOnlyKeys("122231");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OK",
                "<response/>",
                "7",
                "null",
                "\"delivered\"",
                "{\"status\":401,\"description\":\"unknown username/password\"}",
                "{} {}"
            })
    void whatIsNoSuchAnswerIsNone(String body) {
        assertThat(read(body)).isEmpty();
    }

    @Test
    void nothingKnownIsAnAnswerToo() {
        assertThat(read("{\"delivery\":[]}")).contains(Map.of());
        assertThat(read("{}")).contains(Map.of());
    }

    @Test
    void atEveryTruncationItIsNone() {
        for (int end = 0; end < ANSWER.length(); end++) {
            assertThat(read(ANSWER.substring(0, end))).isEmpty();
        }
    }
}
