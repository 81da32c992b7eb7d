package hoopoe.api.status;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.batch.Batch;
import hoopoe.batch.InvalidRecipient;
import hoopoe.store.dispatch.CancellationRepository;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.StoreFixture;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusFunctionTest extends StatusFixture {

    @Test
    void aBatchThatWasJustStoredIsAccepted() {
        var batch = storeFixture.batch(2);

        var answer = batch(batch);

        assertThat(answer.path("id").textValue()).isEqualTo(batch.id());
        assertThat(answer.path("state").textValue()).isEqualTo("accepted");
        assertThat(answer.path("recipients").intValue()).isEqualTo(2);
        assertThat(answer.path("invalid")).isEmpty();
        assertThat(answer.path("counts").toString()).isEqualTo("{\"accepted\":2}");
        assertThat(answer.path("created_at").textValue()).isEqualTo("2026-03-01T04:00:00Z");
        assertThat(answer.path("as_of").textValue()).isEqualTo("2026-03-01T04:00:00Z");
        assertThat(answer.path("reference").textValue()).isEqualTo("mine");
        assertThat(answer.at("/estimate/segments").intValue()).isEqualTo(1);
        assertThat(answer.has("cost")).isFalse();
        assertThat(answer.has("cancellation")).isFalse();
        assertThat(answer.at("/timeline/0/event").textValue()).isEqualTo("created");
    }

    @Test
    void aBatchShowsWhatItsDispatchesKnow() {
        var batch = storeFixture.batch(2, 3);
        storeFixture.submit(batch, 0);
        storeFixture.reject(batch, 1);

        var answer = batch(batch);

        assertThat(answer.path("state").textValue()).isEqualTo("in_progress");
        assertThat(answer.path("counts").toString()).isEqualTo("{\"submitted\":2,\"rejected\":3}");
        assertThat(answer.path("cost").toString()).isEqualTo("{\"unit\":\"points\",\"amount\":\"2.0\"}");
        assertThat(answer.at("/dispatches/0/reference").textValue()).isEqualTo(StoreFixture.reference(batch, 0));
        assertThat(answer.at("/dispatches/0/state").textValue()).isEqualTo("submitted");
        assertThat(answer.at("/dispatches/1/provider_code").textValue()).isEqualTo("-5");
        assertThat(answer.at("/dispatches/1/provider_text").textValue()).isEqualTo("no");
        assertThat(answer.at("/dispatches/1/attempt").intValue()).isEqualTo(1);
        assertThat(all(answer.path("timeline"), "event")).containsExactly("created", "submitted");
    }

    @Test
    void whatIsInsideIsForThoseWhoAskForIt() {
        var batch = storeFixture.batch(2, 3);
        storeFixture.submit(batch, 0);
        new CancellationRepository(storeFixture.table).mark(batch.id(), storeFixture.clock.instant());

        var outline = ask(200, "GET /v1/batches/{id}", batch.id(), "");
        var whole = ask(200, "GET /v1/batches/{id}", batch.id(), "include=dispatches");

        assertThat(outline.has("dispatches")).isFalse();
        assertThat(all(outline.path("timeline"), "event")).containsExactly("created", "cancel_requested");
        assertThat(whole.path("dispatches")).hasSize(2);
        assertThat(all(whole.path("timeline"), "event")).containsExactly("created", "cancel_requested", "submitted");
        ((ObjectNode) whole).remove(List.of("dispatches", "timeline"));
        ((ObjectNode) outline).remove("timeline");
        assertThat(whole).isEqualTo(outline);
    }

    @Test
    void aBatchForLaterIsScheduledOnceTheProviderHoldsIt() {
        var batch =
                storeFixture.batch(StoreFixture.CALLER, Instant.parse("2026-03-02T04:00:00Z"), StoreFixture.numbers(2));
        assertThat(batch(batch).path("state").textValue()).isEqualTo("accepted");

        storeFixture.submit(batch, 0);

        assertThat(batch(batch).path("state").textValue()).isEqualTo("scheduled");
        assertThat(batch(batch).path("send_at").textValue()).isEqualTo("2026-03-02T04:00:00Z");
    }

    @Test
    void aCallbackIsSeenBeforeItIsJoined() {
        var batch = storeFixture.batch(2);
        storeFixture.submit(batch, 0);
        callback(batch, 0, 0, DELIVERED);
        assertThat(batch(batch).path("counts").toString()).isEqualTo("{\"submitted\":1,\"delivered\":1}");

        callback(batch, 0, 1, UNDELIVERED);

        assertThat(batch(batch).path("counts").toString()).isEqualTo("{\"undelivered\":1,\"delivered\":1}");
        assertThat(batch(batch).path("state").textValue()).isEqualTo("completed_with_failures");
    }

    @Test
    void theCountsOfABigBatchAreThoseOfItsChecks() {
        var batch = storeFixture.batch(1, 1, 1, 2);
        for (int n = 0; n < 4; n++) {
            storeFixture.submit(batch, n);
        }
        counted(batch, 3, Map.of("delivered", 1, "undelivered", 1));
        storeFixture.clock.move(Duration.ofMinutes(5));
        counted(batch, 0, Map.of("delivered", 1));
        callback(batch, 1, 1, DELIVERED);

        var answer = batch(batch);

        assertThat(answer.path("counts").toString()).isEqualTo("{\"submitted\":2,\"undelivered\":1,\"delivered\":2}");
        assertThat(answer.path("as_of").textValue()).isEqualTo("2026-03-01T04:00:00Z");
        assertThat(answer.path("state").textValue()).isEqualTo("in_progress");
    }

    @Test
    void aBatchIsFinishedWhenTimeHasSettledIt() {
        var batch = storeFixture.batch(1);
        storeFixture.lose(batch, 0);
        assertThat(batch(batch).path("state").textValue()).isEqualTo("in_progress");

        storeFixture.clock.move(Duration.ofHours(26));

        assertThat(batch(batch).path("state").textValue()).isEqualTo("completed_with_failures");
        assertThat(batch(batch).path("counts").toString()).isEqualTo("{\"unconfirmed\":1}");
    }

    @Test
    void whatNobodyEverReportedBecomesUnknown() {
        var batch = storeFixture.batch(1);
        storeFixture.submit(batch, 0);

        storeFixture.clock.move(Duration.ofHours(97));

        assertThat(batch(batch).path("counts").toString()).isEqualTo("{\"unknown\":1}");
        assertThat(batch(batch).path("state").textValue()).isEqualTo("completed_with_failures");
    }

    @Test
    void whatIsNotYetCreatedIsAccepted() {
        var batch = storeFixture.unspread(StoreFixture.CALLER, null, StoreFixture.numbers(2, 3), List.of());

        assertThat(batch(batch).path("counts").toString()).isEqualTo("{\"accepted\":5}");
        assertThat(all(messages(batch, "").path("messages"), "state"))
                .containsOnly("accepted")
                .hasSize(5);
    }

    @Test
    void refusedEntriesAreShown() {
        var rejected = List.of(new InvalidRecipient("/recipients/1/to", "invalid_number", "Not a number."));
        var batch = storeFixture.unspread(StoreFixture.CALLER, null, List.of(List.of(0, 2)), rejected);

        var answer = batch(batch);

        assertThat(answer.path("invalid_total").intValue()).isEqualTo(1);
        assertThat(answer.path("invalid").toString()).isEqualTo("""
                        [{"pointer":"/recipients/1/to","code":"invalid_number","detail":"Not a number."}]""");
        assertThat(all(messages(batch, "").path("messages"), "id"))
                .containsExactly(batch.id() + "-0", batch.id() + "-2");
    }

    @Test
    void whatCameOfACancellationIsShown() {
        var batch = storeFixture.batch(2);
        storeFixture.submit(batch, 0);
        var cancellationRepository = new CancellationRepository(storeFixture.table);
        cancellationRepository.mark(batch.id(), storeFixture.clock.instant());
        assertThat(batch(batch).path("cancellation").toString()).isEqualTo("""
                        {"requested_at":"2026-03-01T04:00:00Z","cancelled":0,"refunded":null,"pending":2}""");

        cancellationRepository.keep(
                storeFixture.dispatch(batch, 0).id(), 2, new BigDecimal("2.00"), storeFixture.clock.instant());

        assertThat(batch(batch).at("/cancellation/cancelled").intValue()).isEqualTo(2);
        assertThat(batch(batch).path("state").textValue()).isEqualTo("cancelled");
        assertThat(batch(batch).at("/dispatches/0/refunded/amount").textValue()).isEqualTo("2.0");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /v1/batches/{id},bat_01JPZZZZZZZZZZZZZZZZZZZZZZ,'',404,batch_not_found",
        "GET /v1/batches/{id},x,'',404,batch_not_found",
        "GET /v1/batches/{id},x,a=1,400,invalid_request",
        "GET /v1/batches/{id},x,include=messages,400,invalid_request",
        "GET /v1/batches/{id},x,include=,400,invalid_request",
        "GET /v1/batches/{id}/messages,x,'',404,batch_not_found",
        "GET /v1/batches,'',include=dispatches,400,invalid_request",
        "GET /v1/batches/{id}/messages,x,limit=1001,400,invalid_request",
        "GET /v1/batches/{id}/messages,x,cursor=zz,400,cursor_invalid",
        "GET /v1/batches/{id}/messages,x,cursor=bTE,404,batch_not_found",
        "GET /v1/batches/{id}/messages,x,cursor=bS0x,400,cursor_invalid",
        "GET /v1/batches/{id}/messages,x,state=delivered,404,batch_not_found",
        "GET /v1/batches/{id}/messages,x,state=DELIVERED,400,invalid_request",
        "GET /v1/batches/{id}/messages,x,state=completed,400,invalid_request",
        "GET /v1/batches/{id}/messages,x,to=x,400,invalid_request",
        "GET /v1/messages/{id},x,'',404,message_not_found",
        "GET /v1/messages/{id},x-0,'',404,message_not_found",
        "GET /v1/messages/{id},bat_01JPZZZZZZZZZZZZZZZZZZZZZZ-0,'',404,message_not_found",
        "GET /v1/messages/{id},bat_01JPZZZZZZZZZZZZZZZZZZZZZZ-99999999999,'',404,message_not_found",
        "GET /v1/messages/{id},x,include=dispatches,400,invalid_request",
        "GET /v1/batches,'',limit=51,400,invalid_request",
        "GET /v1/batches,'',state=done,400,invalid_request",
        "GET /v1/batches,'',from=now,400,invalid_request",
        "GET /v1/batches,'',from=%2B999999999-12-31T23:59:59-18:00,400,invalid_request",
        "GET /v1/batches,'',until=-999999999-01-01T00:00:00%2B18:00,400,invalid_request",
        "GET /v1/replies,'',from=%2B999999999-12-31T23:59:59-18:00,400,invalid_request",
        "GET /v1/replies,'',until=-999999999-01-01T00:00:00%2B18:00,400,invalid_request",
        "GET /v1/batches,'',cursor=,400,cursor_invalid",
        "GET /v1/batches,'',cursor=bTE,400,cursor_invalid",
        "GET /v1/replies,'',cursor=bTE,400,cursor_invalid",
        "GET /v1/replies,'',state=x,400,invalid_request",
        "GET /v1/usage,'',by=month,400,invalid_request",
        "GET /v1/usage,'',account=main,400,invalid_request",
        "GET /v1/usage,'',from=2026-03-01T00:30:00Z,400,invalid_request",
        "GET /v1/usage,'',until=2026-03-01T00:00:00.001Z,400,invalid_request",
        "GET /v1/usage,'',from=2026-03-01T08:00:00%2B03:30,400,invalid_request",
        "GET /v1/usage,'',from=2026-03-02T00:00:00Z&until=2026-03-02T00:00:00Z,400,invalid_request",
        "GET /v1/usage,'',from=2025-01-25T00:00:00Z&until=2026-03-01T01:00:00Z,400,invalid_request",
        "GET /v1/usage,'',by=hour&from=2026-01-28T23:00:00Z&until=2026-03-01T00:00:00Z,400,invalid_request",
        "GET /v1/errors,'',code=internal,400,invalid_request",
        "GET /v1/openapi.json,'',pretty,400,invalid_request",
        "GET /v1/else,'','',404,not_found"
    })
    void whatIsWrongIsTold(String route, String id, String query, int status, String code) {
        assertThat(ask(status, route, id, query).path("code").textValue()).isEqualTo(code);
    }

    @Test
    void theBatchOfSomebodyElseIsNotFound() {
        var batch = storeFixture.batch("other", null, StoreFixture.numbers(1));
        var reader = new Grant(StoreFixture.CALLER, "key", KeyKind.LIVE, EnumSet.of(Scope.BATCHES_READ));

        for (var query : List.of("", "include=dispatches")) {
            assertThat(as(reader, "GET /v1/batches/{id}", batch, query)).isEqualTo(404);
        }
        assertThat(as(reader, "GET /v1/batches/{id}/messages", batch, "")).isEqualTo(404);
    }

    @Test
    void aMessageOfSomebodyElseIsNotFound() {
        var batch = storeFixture.batch("other", null, StoreFixture.numbers(1));
        var operator = new Grant("ops", "key", KeyKind.LIVE, EnumSet.allOf(Scope.class));
        var owner = new Grant("other", "key", KeyKind.LIVE, EnumSet.of(Scope.BATCHES_READ));
        var tester = new Grant("other", "key", KeyKind.TEST, EnumSet.of(Scope.BATCHES_READ));

        assertThat(message(404, operator, batch.id() + "-0")).isEqualTo(message(404, tester, batch.id() + "-0"));
        assertThat(message(404, owner, batch.id() + "-1")).isEqualTo(message(404, operator, batch.id() + "-0"));
        assertThat(message(200, owner, batch.id() + "-0").path("id").asText()).isEqualTo(batch.id() + "-0");
        assertThat(message(404, owner, batch.id() + "-00")).isEqualTo(message(404, operator, batch.id() + "-0"));
    }

    private JsonNode message(int status, Grant by, String id) {
        return read(status, function.status(ApiEvents.as(by, ApiEvents.of("GET /v1/messages/{id}", id, ""))));
    }

    @Test
    void whoLooksAfterAccountsReadsABatchOfSomebodyElseAndNotItsMessages() {
        var batch = storeFixture.batch("other", null, StoreFixture.numbers(1));
        var tried = storeFixture.batch("test:other", null, StoreFixture.numbers(1));
        var operator = new Grant("ops", "key", KeyKind.LIVE, EnumSet.allOf(Scope.class));
        var tester = new Grant("ops", "key", KeyKind.TEST, EnumSet.allOf(Scope.class));

        assertThat(as(operator, "GET /v1/batches/{id}", batch, "include=dispatches"))
                .isEqualTo(200);
        assertThat(as(operator, "GET /v1/batches/{id}/messages", batch, "")).isEqualTo(404);
        assertThat(as(operator, "GET /v1/batches/{id}", tried, "")).isEqualTo(404);
        assertThat(as(tester, "GET /v1/batches/{id}", tried, "")).isEqualTo(200);
        assertThat(as(tester, "GET /v1/batches/{id}", batch, "")).isEqualTo(404);
        assertThat(batches("").path("batches")).isEmpty();
    }

    private int as(Grant by, String route, Batch batch, String query) {
        return function.status(ApiEvents.as(by, ApiEvents.of(route, batch.id(), query)))
                .getStatusCode();
    }

    @Test
    void everyProblemLeadsToItsEntry() {
        var entries = ask(200, "GET /v1/errors", "", "").path("errors");
        var problem = ask(404, "GET /v1/else", "", "");

        assertThat(all(entries, "code"))
                .containsExactlyElementsOf(Arrays.stream(ProblemCatalogue.values())
                        .map(ProblemCatalogue::code)
                        .toList());
        assertThat(all(entries, "type"))
                .doesNotHaveDuplicates()
                .allMatch(type -> URI.create(type).getPath().equals("/v1/errors"))
                .contains(problem.path("type").textValue());
        assertThat(entries).allSatisfy(entry -> assertThat(entry).hasSize(7));
    }

    @Test
    void theDocumentIsServedAsItIsWritten() throws IOException {
        var answer = function.status(ApiEvents.of("GET /v1/openapi.json", "", ""));

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getHeaders())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Cache-Control", "public, max-age=300");
        assertThat(answer.getBody()).isEqualTo(Files.readString(Path.of("src/main/resources/openapi.json")));
    }

    @Test
    void theContractLeadsToTheBaseThatWasCalled() throws Exception {
        var contract = function.status(ApiEvents.under("/sms", ApiEvents.of("GET /v1/openapi.json", "", "")));
        var errors = function.status(ApiEvents.under("/sms", ApiEvents.of("GET /v1/errors", "", "")));

        assertThat(new ObjectMapper()
                        .readTree(contract.getBody())
                        .at("/servers/0/url")
                        .asText())
                .isEqualTo("/sms");
        assertThat(new ObjectMapper().readTree(errors.getBody()).path("errors"))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.path("type").asText())
                        .isEqualTo("/sms/v1/errors#" + entry.path("code").asText()));
    }
}
