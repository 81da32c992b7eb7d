package hoopoe.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.batch.view.BatchLists;
import hoopoe.batch.view.MessageReader;
import hoopoe.api.http.ApiGatewayAdapter;
import hoopoe.message.StatusFact;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.settle.Candidates;
import hoopoe.store.Batch;
import hoopoe.store.BatchPages;
import hoopoe.store.Checked;
import hoopoe.store.Checkups;
import hoopoe.store.Doubts;
import hoopoe.store.Event;
import hoopoe.store.Line;
import hoopoe.store.NewReply;
import hoopoe.store.Reference;
import hoopoe.store.ReplyId;
import hoopoe.store.Report;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.MetricLog;
import hoopoe.testing.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Batches as other functions leave them, and calls that ask about them. */
abstract class StatusFixture {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_PAGES = 50;
    static final Instant SAID = Instant.parse("2026-03-01T04:00:05Z");

    final Shelf shelf = new Shelf();
    final Checkups checkups = new Checkups(shelf.table);
    final StatusFunction function = new StatusFunction(
            new ApiGatewayAdapter(shelf.clock, Duration.ofSeconds(28), MetricLog.ignored()),
            shelf.reader(),
            new Candidates(shelf.dispatches, shelf.recipients, new Doubts(shelf.table), shelf.clock),
            new ListRoutes(
                    Shelf.accounts(),
                    shelf.reader(),
                    new MessageReader(shelf.dispatches, shelf.recipients, shelf.evidence, shelf.clock),
                    new BatchLists(new BatchPages(shelf.table), shelf.reader(), shelf.clock),
                    shelf.replies));

    JsonNode ask(int status, String route, String id, String query) {
        return read(status, function.status(ApiEvents.of(route, id, query)));
    }

    JsonNode batch(Batch batch) {
        return ask(200, "GET /v1/batches/{id}", batch.id(), "include=dispatches");
    }

    JsonNode messages(Batch batch, String query) {
        return ask(200, "GET /v1/batches/{id}/messages", batch.id(), query);
    }

    JsonNode batches(String query) {
        return ask(200, "GET /v1/batches", "", query);
    }

    JsonNode replies(String query) {
        return ask(200, "GET /v1/replies", "", query);
    }

    /** From the first page to the last, by each one's cursor; one that comes again would go on for ever. */
    static List<JsonNode> pages(String query, Function<String, JsonNode> ask) {
        var pages = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            assertThat(pages).hasSizeLessThan(MOST_PAGES);
            var page = ask.apply(query + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            pages.add(page);
            cursor = page.path("next_cursor").asText();
        } while (!cursor.isEmpty());
        return pages;
    }

    static List<String> all(List<JsonNode> pages, String rows, String name) {
        return pages.stream()
                .flatMap(page -> all(page.path(rows), name).stream())
                .toList();
    }

    static JsonNode read(int status, APIGatewayV2HTTPResponse answer) {
        assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(status);
        try {
            return JSON.readTree(answer.getBody());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.getBody(), e);
        }
    }

    static List<String> all(JsonNode list, String name) {
        var values = new ArrayList<String>();
        list.forEach(row -> values.add(row.path(name).asText()));
        return values;
    }

    static StatusFact fact(MessageState state, String code, @Nullable String cost) {
        return new StatusFact(state, SAID, code, "words", cost, StatusFact.Source.REPORT);
    }

    /** A report that speaks of one message. */
    void report(Batch batch, int n, int message, MessageState state) {
        var line = Line.EMPTY.with(fact(state, "100", "1.00")).sent(SAID);
        var report = new Report(0, Map.of(message, line), Line.EMPTY);
        assertThat(shelf.reports.write(shelf.dispatch(batch, n).id(), report, batch.expires()))
                .isTrue();
    }

    /** What a check leaves behind. */
    void counted(Batch batch, int n, Map<String, Integer> counts) {
        var seen = checkups.find(shelf.dispatch(batch, n).id()).orElseThrow();
        var now = shelf.clock.instant();
        var checked = new Checked(
                seen.dispatch().state(), seen.dispatch().events(), counts, now, 0, null, now, 0, null, null);
        assertThat(checkups.end(seen, checked)).isTrue();
    }

    void callback(Batch batch, int n, int number, MessageState state) {
        shelf.events.keep(
                new Reference("fake", Shelf.ACCOUNT, Shelf.reference(batch, n)),
                "identity-" + number + state,
                Event.delivery(new PhoneNumber(Shelf.number(number)), fact(state, "101", null), null),
                null);
    }

    ReplyId reply(String text, int second) {
        return reply(Shelf.ACCOUNT, text, second);
    }

    ReplyId reply(String account, String text, int second) {
        var at = SAID.plusSeconds(second);
        var from = new PhoneNumber(Shelf.number(second));
        return shelf.replies.keep(new NewReply(account, null, from, at, text, null, null, null, null, null, true));
    }
}
