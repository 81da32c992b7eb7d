package hoopoe.api.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.access.ApiKey;
import hoopoe.access.IssuedKey;
import hoopoe.api.http.DirectInvocation;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.observability.Metric;
import hoopoe.store.access.ApiKeyRepository;
import hoopoe.store.table.Table;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.MetricLog;
import hoopoe.testing.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysFunctionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MovableClock clock = MovableClock.at("2026-11-22T10:00:00Z");
    private final FaultyDynamo faults = new FaultyDynamo(LocalDynamo.shared().client());
    private final ApiKeyRepository keys =
            new ApiKeyRepository(new Table(faults.client(), LocalDynamo.shared().createLastingTable()), clock);
    private final MetricLog told = new MetricLog(clock);
    private final KeysFunction function = new KeysFunction(new DirectInvocation(told.metrics()), keys, clock);

    @Test
    void aKeyIsShownOnceAndLetsItsCallerIn() throws JsonProcessingException {
        var made = ask("""
                {"create": {"caller": "shop", "kind": "live", "scopes": ["batches:write", "batches:read"],
                 "expires_at": "2027-01-01T00:00:00+08:00"}}""");

        var key = ApiKey.of(made.path("key").asText()).orElseThrow();
        assertThat(made.path("created")).isEqualTo(JSON.readTree("""
                {"id": "%s", "caller": "shop", "kind": "live", "scopes": ["batches:write", "batches:read"], "state": "valid",
                 "created_at": "2026-11-22T10:00:00Z", "expires_at": "2026-12-31T16:00:00Z"}""".formatted(key.id())));
        assertThat(IssuedKey.grant(keys.find(key.id()), key, clock.instant()))
                .hasValueSatisfying(grant -> assertThat(grant.caller()).isEqualTo("shop"));
        assertThat(ask("{\"list\": {}}").toString()).contains(key.id()).doesNotContain(key.secret(), key.hash());
    }

    @Test
    void aThirdOneIsRefusedUntilOneIsRevoked() throws JsonProcessingException {
        var first = create("shop").path("created").path("id").asText();
        create("shop");

        assertThat(create("shop").at("/error/detail").asText())
                .isEqualTo("shop has 2 valid live keys: revoke one first.");
        assertThat(ask("{\"revoke\": {\"key\": \"" + first + "\"}}")
                        .at("/revoked/state")
                        .asText())
                .isEqualTo("revoked");
        assertThat(create("shop").path("key").asText()).startsWith("hpk_live_");
    }

    @Test
    void theListSaysHowTheyStand() throws JsonProcessingException {
        create("shop");
        ask(
                "{\"create\": {\"caller\": \"shop\", \"kind\": \"test\", \"scopes\": [\"batches:read\"], \"expires_at\": \"2026-11-22T10:00:01Z\"}}");
        create("other");
        clock.move(Duration.ofSeconds(1));

        assertThat(ask("{\"list\": {\"caller\": \"shop\"}}").findValuesAsText("state"))
                .containsExactly("valid", "expired");
        assertThat(ask("{\"list\": {}}").findValuesAsText("caller")).containsExactly("other", "shop", "shop");
        assertThat(ask("{\"list\": {\"caller\": \"nobody\"}}").path("keys")).isEmpty();
    }

    @Test
    void theWholeKeyIsRevokedAsItsIdIs() throws JsonProcessingException {
        var key = create("shop").path("key").asText();

        assertThat(ask("{\"revoke\": {\"key\": \"" + key + "\"}}")
                        .at("/revoked/revoked_at")
                        .asText())
                .isEqualTo("2026-11-22T10:00:00Z");
        assertThat(ask("{\"revoke\": {\"key\": \"0123456789\"}}")
                        .at("/error/code")
                        .asText())
                .isEqualTo("not_found");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "null | invalid_request",
                "7 | invalid_request",
                "[] | invalid_request",
                "{} | invalid_request",
                "{\"list\": {}, \"revoke\": {\"key\": \"x\"}} | invalid_request",
                "{\"delete\": {}} | unknown_field",
                "{\"list\": {\"all\": true}} | unknown_field",
                "{\"list\": {\"caller\": \"\"}} | invalid_request",
                "{\"revoke\": {}} | not_found",
                "{\"revoke\": {\"key\": 7}} | invalid_request",
                "{\"create\": {}} | invalid_request",
                "{\"create\": {\"caller\": \"shop\", \"kind\": \"live\", \"scopes\": []}} | invalid_request",
                "{\"create\": {\"caller\": \"shop\", \"kind\": \"live\", \"scopes\": [null]}} | invalid_request",
                "{\"create\": {\"caller\": \"shop\", \"kind\": \"live\", \"scopes\": [\"batches:all\"]}} | invalid_request",
                "{\"create\": {\"caller\": \"shop\", \"kind\": \"prod\", \"scopes\": [\"batches:read\"]}} | invalid_request",
                "{\"create\": {\"caller\": \"Shop#1\", \"kind\": \"live\", \"scopes\": [\"batches:read\"]}} | invalid_request",
                "{\"create\": {\"caller\": \"test:shop\", \"kind\": \"live\", \"scopes\": [\"batches:read\"]}} | invalid_request",
                "{\"create\": {\"caller\": \"shop\", \"kind\": \"live\", \"scope\": [\"batches:read\"]}} | unknown_field",
                "{\"create\": {\"caller\": \"shop\", \"kind\": \"live\", \"scopes\": [\"batches:read\"], \"expires_at\": \"soon\"}} | invalid_request",
                "{\"create\": {\"caller\": \"shop\", \"kind\": \"live\", \"scopes\": [\"batches:read\"], \"expires_at\": \"2026-11-22T10:00:00Z\"}} | invalid_request",
                "{\"create\": {\"caller\": \"shop\", \"kind\": \"live\", \"scopes\": [\"batches:read\"], \"expires_at\": \"+99999-01-01T00:00:00Z\"}} | invalid_request"
            })
    void whatIsNotAsItMustBeIsRefusedInClearWords(String event, String code) throws JsonProcessingException {
        var answer = ask(event);

        assertThat(answer.at("/error/code").asText()).as(answer.toString()).isEqualTo(code);
        assertThat(answer.at("/error/detail").asText()).isNotBlank();
        assertThat(told.lines()).isEmpty();
        assertThat(keys.list(null)).isEmpty();
    }

    @Test
    void aTableThatDoesNotAnswerIsSaidWithoutThrowing() throws JsonProcessingException {
        faults.when(name -> true, Fault.UNREACHED);

        assertThat(create("shop").at("/error/code").asText()).isEqualTo("internal");
        assertThat(told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
    }

    @Test
    void theLogHoldsEachChangeAndNoSecret() throws JsonProcessingException {
        var lines = new ArrayList<String>();
        var logger = Logger.getLogger(KeysFunction.class.getName());
        var taken = taken(lines);
        logger.addHandler(taken);
        try {
            var key = ApiKey.of(create("shop").path("key").asText()).orElseThrow();
            ask("{\"revoke\": {\"key\": \"" + key.text() + "\"}}");

            assertThat(lines)
                    .containsExactly(
                            "audit: key " + key.id() + " created for shop, live, batches:read, until revoked",
                            "audit: key " + key.id() + " of shop revoked");
        } finally {
            logger.removeHandler(taken);
        }
    }

    private static Handler taken(List<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage() == null ? "" : String.format(line.getMessage(), line.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private JsonNode create(String caller) throws JsonProcessingException {
        return ask(
                "{\"create\": {\"caller\": \"" + caller + "\", \"kind\": \"live\", \"scopes\": [\"batches:read\"]}}");
    }

    private JsonNode ask(String event) throws JsonProcessingException {
        return function.keys(JSON.readTree(event));
    }
}
