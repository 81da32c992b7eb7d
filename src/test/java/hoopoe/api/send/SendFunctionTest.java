package hoopoe.api.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.account.Accounts;
import hoopoe.batch.Batch;
import hoopoe.batch.view.BatchReader;
import hoopoe.dispatch.DispatchState;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.message.BinaryMessage;
import hoopoe.observability.Metric;
import hoopoe.provider.Providers;
import hoopoe.store.dispatch.DispatchRepository;
import hoopoe.store.table.Table;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.MetricLog;
import hoopoe.testing.StoreFixture;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendFunctionTest {

    private static final String ONE = "{\"text\":\"hi\",\"recipients\":[{\"to\":\"0912345678\"}]}";

    private final StoreFixture storeFixture = new StoreFixture();
    private final FakeProvider provider = new FakeProvider();
    private final SendFunction function = function(storeFixture.reader());

    private SendFunction function(BatchReader reader) {
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of("hoopoe.accounts." + StoreFixture.ACCOUNT + ".provider", FakeProvider.TYPE),
                        "test",
                        100))
                .build();
        return storeFixture
                .beans(reader, config, new Accounts(config), new Providers(Stream.of(provider), MetricLog.ignored()))
                .get(SendFunction.class);
    }

    private static JsonNode json(APIGatewayV2HTTPResponse response) {
        try {
            return new ObjectMapper().readTree(response.getBody());
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private APIGatewayV2HTTPResponse post(String body, String key) {
        return function.send(ApiEvents.with(ApiEvents.post(body), "Idempotency-Key", key));
    }

    @Test
    void aBatchIsAnsweredAsItStands() {
        var response = function.send(inside(ApiEvents.post("""
                {"text": "hi", "reference": "mine", "recipients": [
                  {"to": "0912345678"}, {"to": "09123456789"}, {"to": "+15551234567", "reference": "r"}]}
                """)));

        assertThat(response.getStatusCode()).isEqualTo(202);
        var body = json(response);
        assertThat(response.getHeaders())
                .containsEntry("Location", "/v1/batches/" + body.path("id").asText());
        assertThat(body.path("recipients").asInt()).isEqualTo(2);
        assertThat(body.at("/invalid/0/pointer").asText()).isEqualTo("/recipients/1/to");
        assertThat(body.at("/invalid/0/code").asText()).isEqualTo("invalid_number");
        assertThat(body.at("/dispatches/0/state").asText()).isEqualTo("submitted");
        assertThat(body.at("/estimate/classes/1/class").asText()).isEqualTo("international");
        assertThat(body.at("/estimate/high/amount").asText()).isEqualTo("4.0");
    }

    /** A custom domain puts its base path before ours. A call that is repeated by another domain is the same call. */
    @Test
    void aBasePathNeitherSendsTwiceNorLeadsAstray() {
        var first = post(ONE, "key");
        var id = json(first).path("id").asText();

        var again = function.send(
                ApiEvents.under("/sms/eu", ApiEvents.with(ApiEvents.post(ONE), "Idempotency-Key", "key")));

        assertThat(again.getStatusCode()).isEqualTo(202);
        assertThat(json(again).path("id").asText()).isEqualTo(id);
        assertThat(again.getHeaders())
                .containsEntry("Idempotent-Replayed", "true")
                .containsEntry("Location", "/sms/eu/v1/batches/" + id);
        assertThat(first.getHeaders()).containsEntry("Location", "/v1/batches/" + id);
        assertThat(provider.sends()).hasSize(1);
        assertThat(json(function.send(ApiEvents.under("/sms", ApiEvents.post("{"))))
                        .path("type")
                        .asText())
                .isEqualTo("/sms/v1/errors#invalid_json");
    }

    @Test
    void whatIsStoredIsAcceptedEvenIfItCannotBeRead() {
        var gone = new DispatchRepository(new Table(LocalDynamo.shared().client(), "gone"));
        var told = new MetricLog(storeFixture.clock);
        var unreadable = storeFixture.beans(gone, told.metrics()).get(BatchReader.class);

        var response = function(unreadable).send(ApiEvents.post(ONE));

        assertThat(response.getStatusCode()).isEqualTo(202);
        assertThat(told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
        var body = json(response);
        assertThat(response.getHeaders())
                .containsEntry("Location", "/v1/batches/" + body.path("id").asText());
        assertThat(body.path("state").asText()).isEqualTo("accepted");
        assertThat(body.path("counts").toString()).isEqualTo("{\"accepted\":1}");
        assertThat(storeFixture.batchRepository.find(body.path("id").asText())).isPresent();
        assertThat(provider.sends()).hasSize(1);
    }

    @Test
    void theSameCallAgainIsTheSameBatchHoweverItIsSpaced() {
        var first = post(ONE, "key");
        var again = post("{ \"recipients\" : [ {\"to\" : \"0912345678\"} ], \"text\" : \"hi\" }", "\"key\"");

        assertThat(again.getStatusCode()).isEqualTo(202);
        assertThat(again.getHeaders()).containsEntry("Idempotent-Replayed", "true");
        assertThat(json(again).path("id")).isEqualTo(json(first).path("id"));
        assertThat(provider.sends()).hasSize(1);
        assertThat(post(ONE.replace("hi", "ho"), "key").getStatusCode()).isEqualTo(422);
    }

    @Test
    void aBinaryMessageIsOneOnItsWayInAndOut() {
        var body = json(function.send(ApiEvents.post(
                ONE.replace("{\"text\":\"hi\"", "{\"binary\":{\"dcs\":245,\"esm\":64},\"text\":\"0A0B\""))));

        assertThat(body.path("binary").asBoolean()).isTrue();
        assertThat(provider.sends().get(0).binary()).isEqualTo(new BinaryMessage(245, 64));
    }

    @Test
    void aDryRunHasNoLocationAndSendsNothing() {
        var response = function.send(ApiEvents.post(ONE.replace("{\"text\"", "{\"dry_run\":true,\"text\"")));

        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getHeaders()).doesNotContainKey("Location");
        assertThat(json(response).path("dry_run").asBoolean()).isTrue();
        assertThat(json(response).path("recipients").asInt()).isEqualTo(1);
        assertThat(json(response).at("/estimate/segments").asInt()).isEqualTo(1);
        assertThat(provider.sends()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                                                    | 400 | invalid_json       | ",
                "[]                                                                   | 400 | invalid_request    | ",
                "{\"text\":\"x\",\"to\":\"y\",\"recipients\":[{\"to\":\"0912345678\"}]} | 400 | unknown_field      | /to",
                "{\"text\":\"x\",\"recipients\":[{\"to\":\"0912345678\",\"tag\":1}]}   | 400 | unknown_field      | /recipients/0/tag",
                "{\"recipents\":[{\"to\":\"1\"}],\"text\":\"x\",\"recipients\":[]}     | 400 | unknown_field      | /recipents",
                "{\"text\":\"x\",\"tags\":[],\"recipients\":[]}                         | 400 | unknown_field      | /tags",
                "{\"text\":\"x\",\"more\":{\"a\":[1]},\"recipients\":[]}                | 400 | unknown_field      | /more",
                "{\"text\":\"x\",\"recipients\":[{\"to\":\"1\"},{\"to\":\"2\",\"t\":[7]}]}   | 400 | unknown_field      | /recipients/1/t",
                "{\"text\":\"x\",\"recipients\":[{\"to\":912345678}]}                  | 400 | invalid_request    | /recipients/0/to",
                "{\"text\":\"x\",\"recipients\":\"0912345678\"}                        | 400 | invalid_request    | /recipients",
                "{\"text\":\"x\",\"recipients\":[]}                                    | 400 | invalid_request    | /recipients",
                "{\"text\":\"x\"}                                                      | 400 | invalid_request    | /recipients",
                "{\"text\":\"\",\"recipients\":[{\"to\":\"0912345678\"}]}              | 422 | text_empty         | /text",
                "{\"text\":\"x\",\"recipients\":[{\"to\":\"1\"}]}                      | 422 | no_valid_recipient | /recipients/0/to",
                "{\"account\":\"no\",\"text\":\"x\",\"recipients\":[{\"to\":\"1\"}]}   | 404 | account_not_found  | /account",
            })
    void badInputGetsAProblemWithItsPlace(String body, int status, String code, String pointer) {
        var response = function.send(ApiEvents.post(body));

        assertThat(response.getStatusCode()).isEqualTo(status);
        assertThat(json(response).path("code").asText()).isEqualTo(code);
        if (pointer != null) {
            assertThat(json(response).at("/errors/0/pointer").asText()).isEqualTo(pointer);
        }
        assertThat(provider.sends()).isEmpty();
    }

    // ---- an operator's word

    private static final String CONFIRM = "POST /v1/batches/{id}/dispatches/{n}/confirm";
    private static final String RESEND = "POST /v1/batches/{id}/dispatches/{n}/resend";

    private static APIGatewayV2HTTPEvent inside(APIGatewayV2HTTPEvent event) {
        event.setRawQueryString("include=dispatches");
        return event;
    }

    private static APIGatewayV2HTTPEvent word(String route, Batch batch, String n, @Nullable String body) {
        var event = inside(ApiEvents.of(route.replace("{n}", n), batch.id(), ""));
        event.setRouteKey(route);
        event.setPathParameters(Map.of("id", batch.id(), "n", n));
        event.setBody(body);
        return event;
    }

    private Batch lost() {
        var batch = storeFixture.batch(2);
        storeFixture.lose(batch, 0);
        return batch;
    }

    private static void assertProblem(APIGatewayV2HTTPResponse answer, int status, String code) {
        assertThat(answer.getStatusCode()).isEqualTo(status);
        assertThat(json(answer).path("code").asText()).isEqualTo(code);
    }

    @Test
    void aConfirmedDispatchIsShownAsItStands() {
        var answer = function.send(word(CONFIRM, lost(), "0", "{\"reference\":\" B-7 \",\"note\":\"portal\"}"));

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(json(answer).at("/dispatches/0/state").asText()).isEqualTo("submitted");
        assertThat(json(answer).at("/dispatches/0/reference").asText()).isEqualTo("B-7");
        assertThat(json(answer).at("/timeline").findValuesAsText("event")).contains("unconfirmed", "confirmed");
        assertThat(json(answer).at("/timeline").findValuesAsText("by")).containsExactly("test");
        assertThat(json(answer).at("/timeline").findValuesAsText("note")).containsExactly("portal");
    }

    @Test
    void aResentDispatchIsSentAtOnce() {
        var batch = lost();
        storeFixture.clock.move(Duration.ofSeconds(359));
        var early = function.send(word(RESEND, batch, "0", null));
        assertProblem(early, 409, "too_early_to_resend");
        assertThat(early.getHeaders()).containsEntry("Retry-After", "1");

        storeFixture.clock.move(Duration.ofSeconds(1));
        var answer = function.send(ApiEvents.with(word(RESEND, batch, "0", null), "Idempotency-Key", "key"));
        var again = function.send(ApiEvents.with(word(RESEND, batch, "0", null), "Idempotency-Key", "key"));

        assertThat(answer.getStatusCode()).isEqualTo(202);
        assertThat(json(answer).at("/dispatches/0/state").asText()).isEqualTo("submitted");
        assertThat(json(answer).at("/dispatches/0/attempt").asInt()).isEqualTo(2);
        assertThat(again.getHeaders()).containsEntry("Idempotent-Replayed", "true");
        assertThat(provider.sends()).hasSize(1);
    }

    @Test
    void onlyAnOperatorSettles() {
        var batch = lost();
        var writer =
                new Grant(StoreFixture.CALLER, "w", KeyKind.LIVE, EnumSet.of(Scope.BATCHES_WRITE, Scope.BATCHES_READ));
        var test = new Grant(StoreFixture.CALLER, "t", KeyKind.TEST, EnumSet.allOf(Scope.class));
        var other = new Grant("other", "o", KeyKind.LIVE, EnumSet.of(Scope.BATCHES_WRITE, Scope.BATCHES_READ));

        for (var route : List.of(CONFIRM, RESEND)) {
            assertProblem(function.send(ApiEvents.as(writer, word(route, batch, "0", "{}"))), 403, "forbidden_scope");
            assertProblem(function.send(ApiEvents.as(other, word(route, batch, "0", "{}"))), 403, "forbidden_scope");
            assertProblem(function.send(ApiEvents.as(test, word(route, batch, "0", "{}"))), 404, "batch_not_found");
        }
        assertThat(storeFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.UNCONFIRMED);
    }

    @Test
    void anOperatorSettlesWhatWasSentByKeysOfTheirKind() {
        var tried = storeFixture.batch("test:shop", null, StoreFixture.numbers(2));
        storeFixture.lose(tried, 0);
        var live = new Grant("ops", "o", KeyKind.LIVE, EnumSet.allOf(Scope.class));
        var test = new Grant("ops", "t", KeyKind.TEST, EnumSet.allOf(Scope.class));

        assertProblem(function.send(ApiEvents.as(live, word(CONFIRM, tried, "0", "{}"))), 404, "batch_not_found");
        assertThat(function.send(ApiEvents.as(test, word(CONFIRM, tried, "0", "{}")))
                        .getStatusCode())
                .isEqualTo(200);
    }

    /** What one of them did the other is not told as theirs. */
    @Test
    void anIdempotencyKeyIsTheCallersAndTheKindOfTheirKeys() {
        var batch = lost();
        var live = new Grant("ops", "o", KeyKind.LIVE, EnumSet.allOf(Scope.class));
        var test = new Grant(StoreFixture.CALLER, "t", KeyKind.TEST, EnumSet.allOf(Scope.class));
        function.send(ApiEvents.with(word(CONFIRM, batch, "0", "{}"), "Idempotency-Key", "key"));
        post(ONE, "key");

        assertProblem(
                function.send(
                        ApiEvents.as(live, ApiEvents.with(word(CONFIRM, batch, "0", "{}"), "Idempotency-Key", "key"))),
                409,
                "dispatch_not_unconfirmed");
        var other = function.send(ApiEvents.as(live, ApiEvents.with(ApiEvents.post(ONE), "Idempotency-Key", "key")));
        assertThat(other.getStatusCode()).isEqualTo(202);
        assertThat(other.getHeaders()).doesNotContainKey("Idempotent-Replayed");
        assertProblem(
                function.send(ApiEvents.as(test, ApiEvents.with(ApiEvents.post(ONE), "Idempotency-Key", "key"))),
                403,
                "account_live_only");
        assertThat(provider.sends()).hasSize(2);
    }

    @Test
    void anOperatorSettlesForEveryCallerAndItIsToldWho() {
        var confirmed = lost();
        var resent = lost();
        storeFixture.clock.move(Duration.ofMinutes(6));
        var operator = new Grant("ops", "o", KeyKind.LIVE, EnumSet.of(Scope.ACCOUNTS_ADMIN));

        var sent = function.send(ApiEvents.as(operator, word(CONFIRM, confirmed, "0", "{}")));
        var again = function.send(ApiEvents.as(operator, word(RESEND, resent, "0", "{}")));

        assertThat(sent.getStatusCode()).as(sent.getBody()).isEqualTo(200);
        assertThat(again.getStatusCode()).as(again.getBody()).isEqualTo(202);
        for (var answer : List.of(sent, again)) {
            assertThat(json(answer).at("/timeline").findValuesAsText("by")).containsExactly("o");
            assertThat(json(answer).at("/timeline").findValuesAsText("caller")).containsExactly("ops");
        }
        assertThat(provider.sends()).hasSize(1);
    }

    @Test
    void nullIsAsGoodAsLeftOut() {
        var answer = function.send(ApiEvents.post("""
                {"account": null, "text": "hi", "subject": null, "send_at": null, "validity_seconds": null, "reference": null,
                 "binary": null, "dry_run": null,
                 "recipients": [{"to": "0912345678", "text": null, "variables": null, "name": null, "email": null,
                                 "send_at": null, "reference": null, "received_id": null}]}"""));

        assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(202);
        assertThat(function.send(word(CONFIRM, lost(), "0", "{\"reference\":null,\"note\":null}"))
                        .getStatusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsInsideIsForThoseWhoAskForIt() {
        var event = ApiEvents.with(ApiEvents.post(ONE), "Idempotency-Key", "outline");

        for (var answer : List.of(function.send(event), function.send(event))) {
            assertThat(json(answer).has("dispatches")).isFalse();
            assertThat(json(answer).path("timeline").findValuesAsText("event")).containsExactly("created");
        }
        var word = word(CONFIRM, lost(), "0", null);
        word.setRawQueryString("");
        assertThat(json(function.send(word)).has("dispatches")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0   | {\"reference\":\"\"}       | 400 | invalid_request",
                "0   | {\"reference\":7}          | 400 | invalid_request",
                "0   | {\"reference\":\"a\\nb\"}   | 400 | invalid_request",
                "0   | {\"reference\":\"a\\ud83d\"} | 400 | invalid_request",
                "0   | {\"reference\":\"a\\ufffe\"} | 400 | invalid_request",
                "0   | {\"reference\":\"a\\u200bb\"} | 400 | invalid_request",
                "0   | {\"reference\":\"a\\u0085b\"} | 400 | invalid_request",
                "0   | {\"reference\":\"a\\u2028b\"} | 400 | invalid_request",
                "0   | {\"reference\":\"a2345678901234567890123456789012345678901234567890123456789012345\"} | 400 | invalid_request",
                "0   | {\"note\":\"\\udc00\"}       | 400 | invalid_request",
                "0   | {\"refrence\":\"a\"}       | 400 | unknown_field",
                "0   | [                        | 400 | invalid_json",
                "1   | {}                       | 404 | dispatch_not_found",
                "00  | {}                       | 404 | dispatch_not_found",
                "x   | {}                       | 404 | dispatch_not_found",
                "9999999999999 | {}             | 404 | dispatch_not_found",
            })
    void aWordThatCannotBeTakenChangesNothing(String n, String body, int status, String code) {
        var batch = lost();

        assertProblem(function.send(word(CONFIRM, batch, n, body)), status, code);

        assertThat(storeFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.UNCONFIRMED);
    }

    @Test
    void aNoteIsNotANovel() {
        var body = "{\"note\":\"" + "x".repeat(501) + "\"}";

        assertProblem(function.send(word(RESEND, lost(), "0", body)), 400, "invalid_request");
    }
}
