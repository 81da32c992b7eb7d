package hoopoe.status;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.batch.view.BatchLists;
import hoopoe.batch.view.MessageReader;
import hoopoe.http.Http;
import hoopoe.http.Problems;
import hoopoe.message.Fact;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.settle.Candidates;
import hoopoe.store.Batch;
import hoopoe.store.BatchPages;
import hoopoe.store.Checked;
import hoopoe.store.Checkups;
import hoopoe.store.Doubts;
import hoopoe.store.Erasures;
import hoopoe.store.Event;
import hoopoe.store.Line;
import hoopoe.store.NewReply;
import hoopoe.store.Reference;
import hoopoe.store.Rejected;
import hoopoe.store.ReplyId;
import hoopoe.store.Report;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.MetricLog;
import hoopoe.testing.Shelf;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusFunctionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant SAID = Instant.parse("2026-03-01T04:00:05Z");

    private final Shelf shelf = new Shelf();
    private final Checkups checkups = new Checkups(shelf.table);
    private final StatusFunction function = new StatusFunction(
            new Http(shelf.clock, Duration.ofSeconds(28), MetricLog.ignored()),
            shelf.reader(),
            new Candidates(shelf.dispatches, shelf.recipients, new Doubts(shelf.table), shelf.clock),
            new Lists(
                    Shelf.accounts(),
                    shelf.reader(),
                    new MessageReader(shelf.dispatches, shelf.recipients, shelf.evidence, shelf.clock),
                    new BatchLists(new BatchPages(shelf.table), shelf.reader(), shelf.clock),
                    shelf.replies));

    private JsonNode ask(int status, String route, String id, String query) {
        return read(status, function.status(ApiEvents.of(route, id, query)));
    }

    private JsonNode batch(Batch batch) {
        return ask(200, "GET /v1/batches/{id}", batch.id(), "");
    }

    private JsonNode messages(Batch batch, String query) {
        return ask(200, "GET /v1/batches/{id}/messages", batch.id(), query);
    }

    private JsonNode batches(String query) {
        return ask(200, "GET /v1/batches", "", query);
    }

    private JsonNode replies(String query) {
        return ask(200, "GET /v1/replies", "", query);
    }

    private static JsonNode read(int status, APIGatewayV2HTTPResponse answer) {
        assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(status);
        try {
            return JSON.readTree(answer.getBody());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.getBody(), e);
        }
    }

    private static List<String> all(JsonNode list, String name) {
        var values = new ArrayList<String>();
        list.forEach(row -> values.add(row.path(name).asText()));
        return values;
    }

    private static Fact fact(MessageState state, String code, @Nullable String cost) {
        return new Fact(state, SAID, code, "words", cost, Fact.Source.REPORT);
    }

    /** A report that speaks of one message. */
    private void report(Batch batch, int n, int message, MessageState state) {
        var line = Line.EMPTY.with(fact(state, "100", "1.00")).sent(SAID);
        var report = new Report(0, Map.of(message, line), Line.EMPTY);
        assertThat(shelf.reports.write(shelf.dispatch(batch, n).id(), report, batch.expires()))
                .isTrue();
    }

    /** What a check leaves behind. */
    private void counted(Batch batch, int n, Map<String, Integer> counts) {
        var seen = checkups.find(shelf.dispatch(batch, n).id()).orElseThrow();
        var now = shelf.clock.instant();
        var checked =
                new Checked(seen.dispatch().state(), seen.dispatch().events(), counts, now, 0, now, 0, null, null);
        assertThat(checkups.end(seen, checked)).isTrue();
    }

    private void callback(Batch batch, int n, int number, MessageState state) {
        shelf.events.keep(
                new Reference("fake", Shelf.ACCOUNT, Shelf.reference(batch, n)),
                "identity-" + number + state,
                Event.delivery(new PhoneNumber(Shelf.number(number)), fact(state, "101", null), null),
                null);
    }

    private ReplyId reply(String text, int second) {
        var at = SAID.plusSeconds(second);
        var from = new PhoneNumber(Shelf.number(second));
        return shelf.replies.keep(new NewReply(Shelf.ACCOUNT, null, from, at, text, null, null, null, null, null));
    }

    @Test
    void aBatchThatWasJustStoredIsAccepted() {
        var batch = shelf.batch(2);

        var answer = batch(batch);

        assertThat(answer.path("id").textValue()).isEqualTo(batch.id());
        assertThat(answer.path("state").textValue()).isEqualTo("accepted");
        assertThat(answer.path("accepted").intValue()).isEqualTo(2);
        assertThat(answer.path("rejected")).isEmpty();
        assertThat(answer.path("counts").toString()).isEqualTo("{\"accepted\":2}");
        assertThat(answer.path("created_at").textValue()).isEqualTo("2026-03-01T04:00:00Z");
        assertThat(answer.path("as_of").textValue()).isEqualTo("2026-03-01T04:00:00Z");
        assertThat(answer.path("reference").textValue()).isEqualTo("mine");
        assertThat(answer.at("/estimate/segments").intValue()).isEqualTo(1);
        assertThat(answer.has("cost")).isFalse();
        assertThat(answer.has("erase")).isFalse();
        assertThat(answer.at("/timeline/0/event").textValue()).isEqualTo("created");
    }

    @Test
    void aBatchShowsWhatItsDispatchesKnow() {
        var batch = shelf.batch(2, 3);
        shelf.submit(batch, 0);
        shelf.reject(batch, 1);

        var answer = batch(batch);

        assertThat(answer.path("state").textValue()).isEqualTo("in_progress");
        assertThat(answer.path("counts").toString()).isEqualTo("{\"submitted\":2,\"rejected\":3}");
        assertThat(answer.path("cost").textValue()).isEqualTo("2.00");
        assertThat(answer.at("/dispatches/0/reference").textValue()).isEqualTo(Shelf.reference(batch, 0));
        assertThat(answer.at("/dispatches/0/state").textValue()).isEqualTo("submitted");
        assertThat(answer.at("/dispatches/1/provider_code").textValue()).isEqualTo("-5");
        assertThat(answer.at("/dispatches/1/provider_text").textValue()).isEqualTo("no");
        assertThat(answer.at("/dispatches/1/attempt").intValue()).isEqualTo(1);
        assertThat(all(answer.path("timeline"), "event")).containsExactly("created", "submitted");
    }

    @Test
    void aBatchForLaterIsScheduledOnceTheProviderHoldsIt() {
        var batch = shelf.batch(Shelf.CALLER, Instant.parse("2026-03-02T04:00:00Z"), Shelf.numbers(2));
        assertThat(batch(batch).path("state").textValue()).isEqualTo("accepted");

        shelf.submit(batch, 0);

        assertThat(batch(batch).path("state").textValue()).isEqualTo("scheduled");
        assertThat(batch(batch).path("send_at").textValue()).isEqualTo("2026-03-02T04:00:00Z");
    }

    @Test
    void aCallbackIsSeenBeforeItIsJoined() {
        var batch = shelf.batch(2);
        shelf.submit(batch, 0);
        callback(batch, 0, 0, DELIVERED);
        assertThat(batch(batch).path("counts").toString()).isEqualTo("{\"submitted\":1,\"delivered\":1}");

        callback(batch, 0, 1, UNDELIVERED);

        assertThat(batch(batch).path("counts").toString()).isEqualTo("{\"undelivered\":1,\"delivered\":1}");
        assertThat(batch(batch).path("state").textValue()).isEqualTo("completed_with_failures");
    }

    @Test
    void theCountsOfABigBatchAreThoseOfItsChecks() {
        var batch = shelf.batch(1, 1, 1, 2);
        for (int n = 0; n < 4; n++) {
            shelf.submit(batch, n);
        }
        counted(batch, 3, Map.of("delivered", 1, "undelivered", 1));
        shelf.clock.move(Duration.ofMinutes(5));
        counted(batch, 0, Map.of("delivered", 1));
        callback(batch, 1, 1, DELIVERED);

        var answer = batch(batch);

        assertThat(answer.path("counts").toString()).isEqualTo("{\"submitted\":2,\"undelivered\":1,\"delivered\":2}");
        assertThat(answer.path("as_of").textValue()).isEqualTo("2026-03-01T04:00:00Z");
        assertThat(answer.path("state").textValue()).isEqualTo("in_progress");
    }

    @Test
    void aBatchIsFinishedWhenTimeHasSettledIt() {
        var batch = shelf.batch(1);
        shelf.lose(batch, 0);
        assertThat(batch(batch).path("state").textValue()).isEqualTo("in_progress");

        shelf.clock.move(Duration.ofHours(26));

        assertThat(batch(batch).path("state").textValue()).isEqualTo("completed_with_failures");
        assertThat(batch(batch).path("counts").toString()).isEqualTo("{\"unconfirmed\":1}");
    }

    @Test
    void whatNobodyEverReportedBecomesUnknown() {
        var batch = shelf.batch(1);
        shelf.submit(batch, 0);

        shelf.clock.move(Duration.ofHours(97));

        assertThat(batch(batch).path("counts").toString()).isEqualTo("{\"unknown\":1}");
        assertThat(batch(batch).path("state").textValue()).isEqualTo("completed_with_failures");
    }

    @Test
    void whatIsNotYetCreatedIsAccepted() {
        var batch = shelf.unspread(Shelf.CALLER, null, Shelf.numbers(2, 3), List.of());

        assertThat(batch(batch).path("counts").toString()).isEqualTo("{\"accepted\":5}");
        assertThat(all(messages(batch, "").path("messages"), "state"))
                .containsOnly("accepted")
                .hasSize(5);
    }

    @Test
    void refusedEntriesAreShown() {
        var rejected = List.of(new Rejected("/recipients/1/to", "invalid_number", "Not a number."));
        var batch = shelf.unspread(Shelf.CALLER, null, List.of(List.of(0, 2)), rejected);

        var answer = batch(batch);

        assertThat(answer.path("rejected_total").intValue()).isEqualTo(1);
        assertThat(answer.path("rejected").toString()).isEqualTo("""
                        [{"pointer":"/recipients/1/to","code":"invalid_number","detail":"Not a number."}]""");
        assertThat(all(messages(batch, "").path("messages"), "id"))
                .containsExactly(batch.id() + "-0", batch.id() + "-2");
    }

    @Test
    void whatCameOfAnEraseIsShown() {
        var batch = shelf.batch(2);
        shelf.submit(batch, 0);
        var erasures = new Erasures(shelf.table);
        erasures.mark(batch.id(), shelf.clock.instant());
        assertThat(batch(batch).path("erase").toString()).isEqualTo("""
                        {"requested_at":"2026-03-01T04:00:00Z","deleted":0,"refunded":null,"pending":2}""");

        erasures.keep(shelf.dispatch(batch, 0).id(), 2, new BigDecimal("2.00"), shelf.clock.instant());

        assertThat(batch(batch).at("/erase/deleted").intValue()).isEqualTo(2);
        assertThat(batch(batch).path("state").textValue()).isEqualTo("cancelled");
        assertThat(batch(batch).at("/dispatches/0/refunded").textValue()).isEqualTo("2.00");
    }

    @Test
    void aMessageShowsWhatDecidesItAndWhatLost() {
        var batch = shelf.batch(2);
        shelf.submit(batch, 0);
        report(batch, 0, 0, DELIVERED);
        callback(batch, 0, 0, UNDELIVERED);

        var row = messages(batch, "").at("/messages/0");

        assertThat(row.path("id").textValue()).isEqualTo(batch.id() + "-0");
        assertThat(row.path("to").textValue()).isEqualTo(Shelf.number(0));
        assertThat(row.path("state").textValue()).isEqualTo("delivered");
        assertThat(row.path("provider_code").textValue()).isEqualTo("100");
        assertThat(row.path("provider_text").textValue()).isEqualTo("words");
        assertThat(row.path("sent_at").textValue()).isEqualTo("2026-03-01T04:00:05Z");
        assertThat(row.path("delivered_at").textValue()).isEqualTo("2026-03-01T04:00:05Z");
        assertThat(row.path("cost").textValue()).isEqualTo("1.00");
        assertThat(row.path("reference").textValue()).isEqualTo("r0");
        assertThat(all(row.path("timeline"), "state")).containsExactly("delivered", "undelivered");
        assertThat(messages(batch, "").at("/messages/1/state").textValue()).isEqualTo("submitted");
    }

    @Test
    void whatAnswersAReferenceOfNobodyNeedsTheOperatorsScope() {
        reply("received", 0);
        shelf.replies.keep(new NewReply(
                Shelf.ACCOUNT, "of nobody", new PhoneNumber(Shelf.number(1)), SAID, "x", null, null, null, null, null));
        var reader = new Grant("local", "test", KeyKind.LIVE, Set.of(Scope.BATCHES_READ));

        var seen = read(200, function.status(ApiEvents.as(reader, ApiEvents.of("GET /v1/replies", "", ""))));

        assertThat(all(seen.path("replies"), "text")).containsExactly("received");
        assertThat(all(replies("").path("replies"), "text")).containsExactlyInAnyOrder("received", "x");
    }

    @Test
    void aMessageNamesItsReplies() {
        var batch = shelf.batch(1);
        shelf.submit(batch, 0);
        var reply = reply("yes", 0);
        shelf.events.keep(
                new Reference("fake", Shelf.ACCOUNT, Shelf.reference(batch, 0)),
                "a reply",
                Event.reply(new PhoneNumber(Shelf.number(0)), reply),
                null);

        assertThat(messages(batch, "").at("/messages/0/replies/0").textValue()).isEqualTo(reply.toString());
    }

    @Test
    void aMessageOfARefusedDispatchShowsTheRefusal() {
        var batch = shelf.batch(1);
        shelf.reject(batch, 0);

        var row = messages(batch, "").at("/messages/0");

        assertThat(row.path("state").textValue()).isEqualTo("rejected");
        assertThat(row.path("provider_code").textValue()).isEqualTo("-5");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 9, 10, 1000})
    void pagesOfMessagesHoldEachOnceInOrderThoughDispatchesOverlap(int limit) {
        var batch = shelf.batch(
                Shelf.CALLER, null, List.of(List.of(0, 1, 4, 6), List.of(2, 5, 9), List.of(3), List.of(7, 11)));
        var seen = new ArrayList<String>();
        var cursor = "";
        int pages = 0;
        do {
            var page = messages(batch, "limit=" + limit + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            assertThat(page.path("messages").size()).isBetween(1, limit);
            seen.addAll(all(page.path("messages"), "reference"));
            cursor = page.path("next_cursor").asText();
            pages++;
        } while (!cursor.isEmpty());

        assertThat(seen).containsExactly("r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r9", "r11");
        assertThat(pages).isEqualTo((10 + limit - 1) / limit);
    }

    @Test
    void theListShowsTheNewestFirstOverEmptyMonths() {
        var ids = new ArrayList<String>();
        for (var moment : List.of(
                "2026-01-05T00:00:00Z", "2026-01-31T23:59:59.999Z", "2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z")) {
            shelf.clock.set(moment);
            ids.add(0, shelf.batch(1).id());
        }
        shelf.clock.set("2026-04-02T00:00:00Z");

        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = batches("limit=1" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            seen.addAll(all(page.path("batches"), "id"));
            cursor = page.path("next_cursor").asText();
        } while (!cursor.isEmpty());

        assertThat(seen).isEqualTo(ids);
        assertThat(all(batches("limit=50").path("batches"), "id")).isEqualTo(ids);
    }

    @Test
    void anAccountThatIsNotThereIsNoEmptyList() {
        assertThat(ask(404, "GET /v1/batches", "", "account=nope").path("code").asText())
                .isEqualTo("account_not_found");
        assertThat(ask(404, "GET /v1/replies", "", "account=nope").path("code").asText())
                .isEqualTo("account_not_found");
    }

    @Test
    void theListIsFiltered() {
        var first = shelf.batch(1);
        shelf.clock.move(Duration.ofMinutes(1));
        var second = shelf.batch(1);
        shelf.reject(second, 0);
        shelf.clock.move(Duration.ofMinutes(1));
        shelf.batch("other", null, Shelf.numbers(1));

        assertThat(all(batches("").path("batches"), "id")).containsExactly(second.id(), first.id());
        assertThat(all(batches("state=rejected").path("batches"), "id")).containsExactly(second.id());
        assertThat(all(batches("account=main&state=accepted").path("batches"), "id"))
                .containsExactly(first.id());
        assertThat(all(batches("from=2026-03-01T04:00:01Z").path("batches"), "id"))
                .containsExactly(second.id());
        assertThat(all(batches("until=2026-03-01T12:01:00%2B08:00").path("batches"), "id"))
                .containsExactly(first.id());
        assertThat(all(
                        batches("from=2026-03-01T04:00:00Z&until=2026-03-01T04:01:00Z")
                                .path("batches"),
                        "id"))
                .containsExactly(first.id());
    }

    @Test
    void aRowOfTheListHasNoDispatches() {
        shelf.batch(1);

        var row = batches("").at("/batches/0");

        assertThat(row.path("counts").toString()).isEqualTo("{\"accepted\":1}");
        assertThat(row.has("dispatches")).isFalse();
        assertThat(row.has("timeline")).isFalse();
        assertThat(row.has("rejected")).isFalse();
    }

    @Test
    void whatHasExpiredIsNotShownThoughItIsStillThere() {
        var batch = shelf.batch(1);
        shelf.clock.move(Duration.ofDays(91));

        ask(404, "GET /v1/batches/{id}", batch.id(), "");
        assertThat(batches("").path("batches")).isEmpty();
    }

    @Test
    void repliesAreListedForTheirCaller() {
        var batch = shelf.batch(1);
        var mine = reply("yes", 1);
        shelf.replies.assign(mine, batch, 0);
        shelf.replies.assign(reply("no", 2), shelf.batch("other", null, Shelf.numbers(1)), 0);
        reply("anybody", 3);

        var answer = replies("");

        assertThat(all(answer.path("replies"), "text")).containsExactly("anybody", "yes");
        var row = answer.at("/replies/1");
        assertThat(row.path("id").textValue()).isEqualTo(mine.toString());
        assertThat(row.path("from").textValue()).isEqualTo(Shelf.number(1));
        assertThat(row.path("at").textValue()).isEqualTo("2026-03-01T04:00:06Z");
        assertThat(row.path("batch_id").textValue()).isEqualTo(batch.id());
        assertThat(row.path("message_id").textValue()).isEqualTo(batch.id() + "-0");
        assertThat(all(replies("batch=" + batch.id()).path("replies"), "text")).containsExactly("yes");
    }

    @Test
    void pagesOfRepliesGoOnWhereTheLastEnded() {
        reply("one", 1);
        reply("two", 2);

        var first = replies("limit=1");
        var second = replies("limit=1&cursor=" + first.path("next_cursor").textValue());

        assertThat(all(first.path("replies"), "text")).containsExactly("two");
        assertThat(all(second.path("replies"), "text")).containsExactly("one");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /v1/batches/{id},bat_01JPZZZZZZZZZZZZZZZZZZZZZZ,'',404,batch_not_found",
        "GET /v1/batches/{id},x,'',404,batch_not_found",
        "GET /v1/batches/{id},x,a=1,400,invalid_request",
        "GET /v1/batches/{id}/messages,x,'',404,batch_not_found",
        "GET /v1/batches/{id}/messages,x,limit=1001,400,invalid_request",
        "GET /v1/batches/{id}/messages,x,cursor=zz,400,cursor_invalid",
        "GET /v1/batches/{id}/messages,x,cursor=bTE,404,batch_not_found",
        "GET /v1/batches/{id}/messages,x,cursor=bS0x,400,cursor_invalid",
        "GET /v1/batches/{id}/messages,x,state=delivered,400,invalid_request",
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
        "GET /v1/errors,'',code=internal,400,invalid_request",
        "GET /v1/openapi.json,'',pretty,400,invalid_request",
        "GET /v1/else,'','',404,not_found"
    })
    void whatIsWrongIsTold(String route, String id, String query, int status, String code) {
        assertThat(ask(status, route, id, query).path("code").textValue()).isEqualTo(code);
    }

    @Test
    void theBatchOfSomebodyElseIsNotFound() {
        var batch = shelf.batch("other", null, Shelf.numbers(1));

        ask(404, "GET /v1/batches/{id}", batch.id(), "");
        ask(404, "GET /v1/batches/{id}/messages", batch.id(), "");
    }

    @Test
    void everyProblemLeadsToItsEntry() {
        var entries = ask(200, "GET /v1/errors", "", "").path("errors");
        var problem = ask(404, "GET /v1/else", "", "");

        assertThat(all(entries, "code"))
                .containsExactlyElementsOf(
                        Arrays.stream(Problems.values()).map(Problems::code).toList());
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
}
