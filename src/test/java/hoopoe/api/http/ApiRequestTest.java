package hoopoe.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import hoopoe.provider.Deadline;
import hoopoe.testing.ApiEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestTest {

    private static ApiRequest call(APIGatewayV2HTTPEvent event) {
        return new ApiRequest(event, Deadline.in(Duration.ofSeconds(28), Clock.systemUTC()));
    }

    private static ApiRequest keyed(String key) {
        return call(ApiEvents.with(ApiEvents.post("{}"), "idempotency-key", key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "8e03978e-40d5:A_1", "order.4711", "k3/9+A==", "!#$%&'()*+,-./:;<=>?@[\\]^_`{}~"})
    void anIdempotencyKeyIsAnyVisibleAscii(String key) {
        assertThat(keyed(key).idempotencyKey()).contains(key);
        assertThat(keyed(" \"" + key.replace("\\", "\\\\") + "\" ").idempotencyKey())
                .contains(key);
    }

    @Test
    void aQuotedKeyHoldsQuotesByABackslash() {
        assertThat(keyed("\"a\\\"b\\\\c\"").idempotencyKey()).contains("a\"b\\c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "\"a", "a\"", "\"\"", "\"a\";x=1", "é", "\"a b\"", "\"a\\b\"", "\"é\"", "a\u007F"})
    void anyOtherKeyIsRefused(String header) {
        assertThatThrownBy(() -> keyed(header).idempotencyKey()).hasMessage("idempotency_key_invalid");
    }

    @Test
    void aKeyHasAtMost255Characters() {
        assertThat(keyed("k".repeat(255)).idempotencyKey()).isPresent();
        assertThat(keyed('"' + "\\\"".repeat(255) + '"').idempotencyKey()).contains("\"".repeat(255));
        assertThatThrownBy(() -> keyed("k".repeat(256)).idempotencyKey()).hasMessage("idempotency_key_invalid");
        assertThatThrownBy(() -> keyed('"' + "k".repeat(256) + '"').idempotencyKey())
                .hasMessage("idempotency_key_invalid");
    }

    @Test
    void aKeyMayBeLeftOut() {
        assertThat(call(ApiEvents.post("{}")).idempotencyKey()).isEmpty();
    }

    @Test
    void headersAreFoundWhateverTheirCase() {
        assertThat(call(ApiEvents.with(ApiEvents.get(""), "X-Thing", "1")).header("x-thing"))
                .contains("1");
    }

    @Test
    void theSameRequestHasTheSameFingerprintHoweverItIsWritten() {
        var one = call(ApiEvents.post("{\"a\":{\"x\":1,\"y\":[1,2]},\"b\":\"ö\"}"))
                .fingerprint();

        assertThat(call(ApiEvents.post(" {\"b\":\"\\u00f6\" , \"a\":{\"y\":[1,2],\"x\":1}}\n"))
                        .fingerprint())
                .isEqualTo(one);
        assertThat(call(ApiEvents.post("{\"a\":{\"x\":1,\"y\":[2,1]},\"b\":\"ö\"}"))
                        .fingerprint())
                .isNotEqualTo(one);
        assertThat(call(ApiEvents.post("{\"a\":{\"x\":\"1\",\"y\":[1,2]},\"b\":\"ö\"}"))
                        .fingerprint())
                .isNotEqualTo(one);
    }

    @Test
    void aBodyThatIsNoJsonHasAFingerprintToo() {
        assertThat(call(ApiEvents.post("{")).fingerprint())
                .isEqualTo(call(ApiEvents.post("{")).fingerprint())
                .isNotEqualTo(call(ApiEvents.post("{{")).fingerprint());
        assertThat(call(ApiEvents.get("")).fingerprint()).hasSize(64);
    }

    @Test
    void theQueryIsPartOfTheFingerprint() {
        assertThat(call(ApiEvents.get("a=1")).fingerprint())
                .isNotEqualTo(call(ApiEvents.get("a=2")).fingerprint());
    }

    @Test
    void readsTheQuery() {
        var queryParameters = call(ApiEvents.get(
                        "state=delivered&from=2026-11-22T10:00:00+08:00&until=2026-11-22T10%3A00Z&limit=7&&"))
                .query("state", "from", "until", "limit", "cursor");

        assertThat(queryParameters.text("state")).contains("delivered");
        assertThat(queryParameters.instant("from")).contains(Instant.parse("2026-11-22T02:00:00Z"));
        assertThat(queryParameters.instant("until")).contains(Instant.parse("2026-11-22T10:00:00Z"));
        assertThat(queryParameters.limit(20, 50)).isEqualTo(7);
        assertThat(queryParameters.text("cursor")).isEmpty();
    }

    @Test
    void aPageHasTheUsualSizeWhereNobodySays() {
        assertThat(call(ApiEvents.get("")).query("limit").limit(20, 50)).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other=1",
                "limit=0",
                "limit=51",
                "limit=-1",
                "limit=1e1",
                "limit=",
                "limit=99999999999999",
                "limit=1&limit=2",
                "limit=%zz",
                "from=yesterday",
                "from=2026-11-22T10:00:00",
                "from=2026-11-22"
            })
    void aQueryThatIsNotAsItMustBeIsRefused(String raw) {
        assertThatThrownBy(() -> {
                    var queryParameters = call(ApiEvents.get(raw)).query("limit", "from");
                    queryParameters.limit(20, 50);
                    queryParameters.instant("from");
                })
                .hasMessage("invalid_request");
    }

    @Test
    void pathParametersComeFromTheRoute() {
        var event = ApiEvents.get("");
        event.setPathParameters(Map.of("id", "bat_1"));

        assertThat(call(event).pathParameter("id")).isEqualTo("bat_1");
        assertThatThrownBy(() -> call(event).pathParameter("other")).isInstanceOf(IllegalStateException.class);
    }
}
