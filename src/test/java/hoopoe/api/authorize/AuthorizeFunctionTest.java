package hoopoe.api.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.access.ApiKey;
import hoopoe.access.IssuedKey;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.api.authorize.AuthorizeFunction.AuthorizeResponse;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.store.access.ApiKeyRepository;
import hoopoe.store.table.Table;
import hoopoe.testing.MovableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;

class AuthorizeFunctionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MovableClock clock = MovableClock.at("2026-11-22T10:00:00Z");
    private final ApiKeyRepository keys = new ApiKeyRepository(
            new Table(LocalDynamo.shared().client(), LocalDynamo.shared().createLastingTable()), clock);
    private final AuthorizeFunction function = new AuthorizeFunction(keys, clock);
    private final ApiKey key = ApiKey.random(KeyKind.TEST, new SecureRandom());

    AuthorizeFunctionTest() {
        keys.add(new IssuedKey(
                key.id(),
                key.hash(),
                key.kind(),
                "shop",
                Set.of(Scope.BATCHES_READ, Scope.BATCHES_WRITE),
                clock.instant(),
                clock.instant().plusSeconds(3600),
                null));
    }

    @Test
    void saysWhoCallsAndWhatHeMayDo() throws JsonProcessingException {
        assertThat(JSON.writeValueAsString(function.authorize(event("Bearer " + key.text()))))
                .startsWith("{\"isAuthorized\":true,\"context\":{");
        assertThat(JSON.readTree(JSON.writeValueAsString(function.authorize(event("Bearer " + key.text())))))
                .isEqualTo(JSON.readTree("""
                        {"isAuthorized": true, "context": {"caller": "shop", "key": "%s", "kind": "test",
                         "scopes": "batches:write batches:read"}}""".formatted(key.id())));
    }

    @Test
    void theSchemeIsReadInAnyCase() {
        assertThat(isIn("bearer " + key.text())).isTrue();
        assertThat(isIn("BEARER   " + key.text())).isTrue();
    }

    @Test
    void aKeyThatIsNotWholeOrNotTheOneIsNone() {
        var other = ApiKey.random(KeyKind.TEST, new SecureRandom());

        assertThat(isIn(key.text())).isFalse();
        assertThat(isIn("Basic " + key.text())).isFalse();
        assertThat(isIn("Bearer" + key.text())).isFalse();
        assertThat(isIn("Bearer " + key.text() + ' ')).isFalse();
        assertThat(isIn("Bearer " + key.text() + ",Bearer " + key.text())).isFalse();
        assertThat(isIn("Bearer " + other.text())).isFalse();
        assertThat(isIn("Bearer " + new ApiKey(key.kind(), key.id(), other.secret()).text()))
                .isFalse();
        assertThat(isIn("Bearer " + new ApiKey(KeyKind.LIVE, key.id(), key.secret()).text()))
                .isFalse();
    }

    @Test
    void neitherARevokedNorAnExpiredKeyIsGood() {
        clock.move(Duration.ofHours(1).minusMillis(1));
        assertThat(isIn("Bearer " + key.text())).isTrue();
        clock.move(Duration.ofMillis(1));
        assertThat(isIn("Bearer " + key.text())).isFalse();

        clock.set("2026-11-22T10:00:00Z");
        keys.revoke(key.id());
        assertThat(isIn("Bearer " + key.text())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "\"Bearer\"",
                "[]",
                "{}",
                "{\"identitySource\": null}",
                "{\"identitySource\": []}",
                "{\"identitySource\": [null]}",
                "{\"identitySource\": [7, {}]}",
                "{\"identitySource\": {\"0\": \"Bearer\"}}",
                "{\"identitySource\": [\"\"]}",
                "{\"identitySource\": [\"Bearer \"]}",
                "{\"headers\": {\"authorization\": \"Bearer x\"}}"
            })
    void whateverElseComesIsNobody(String event) throws JsonProcessingException {
        assertThat(function.authorize(JSON.readTree(event))).isEqualTo(AuthorizeResponse.NO);
    }

    @Test
    void noGarbageIsTooMuch() {
        assertThat(function.authorize(null)).isEqualTo(AuthorizeResponse.NO);
        var random = new Random(17);
        for (int i = 0; i < 2000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "Bearer hpk_test_" : "Bearer ");
            random.ints(random.nextInt(60), 0, 0xffff).forEach(text::appendCodePoint);
            assertThat(isIn(text.toString())).isFalse();
        }
        assertThat(isIn("Bearer " + "x".repeat(100_000))).isFalse();
    }

    @Test
    void aTableThatDoesNotAnswerIsNoYesAndNoNoEither() {
        var lost = new Table(LocalDynamo.shared().client(), "not-there");
        var alone = new AuthorizeFunction(new ApiKeyRepository(lost, clock), clock);

        assertThatThrownBy(() -> alone.authorize(event("Bearer " + key.text()))).isInstanceOf(SdkException.class);
        assertThat(alone.authorize(event("Bearer none"))).isEqualTo(AuthorizeResponse.NO);
    }

    private boolean isIn(String header) {
        return function.authorize(event(header)).authorized();
    }

    private static JsonNode event(String header) {
        var event = JSON.createObjectNode().put("version", "2.0").put("type", "REQUEST");
        event.putArray("identitySource").add(header).add("GET /v1/batches");
        return event;
    }
}
