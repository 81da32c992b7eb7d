package hoopoe.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.batch.Batch;
import hoopoe.delivery.CallbackEvent;
import hoopoe.delivery.DeliveryReport;
import hoopoe.delivery.ProviderReference;
import hoopoe.inbox.InboundSms;
import hoopoe.inbox.NewReply;
import hoopoe.message.MessageReport;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import hoopoe.message.StatusFact;
import hoopoe.store.delivery.CheckRepository;
import hoopoe.store.delivery.CheckRepository.CheckResult;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.StoreFixture;
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

    final StoreFixture storeFixture = new StoreFixture();
    final CheckRepository checkRepository = new CheckRepository(storeFixture.table, storeFixture.clock);
    final StatusFunction function = storeFixture.beans().get(StatusFunction.class);

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

    /** The feed of replies has no last page: it is followed to the first empty one. */
    static List<JsonNode> feed(String query, Function<String, JsonNode> ask) {
        var pages = new ArrayList<JsonNode>();
        var page = ask.apply(query);
        while (!page.path("replies").isEmpty()) {
            assertThat(pages).hasSizeLessThan(MOST_PAGES);
            pages.add(page);
            page = ask.apply(query + "&cursor=" + page.path("next_cursor").textValue());
        }
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
        var messageReport = MessageReport.EMPTY.with(fact(state, "100", "1.00")).sent(SAID);
        var deliveryReport = new DeliveryReport(0, Map.of(message, messageReport), MessageReport.EMPTY);
        assertThat(storeFixture.deliveryReportRepository.write(
                        storeFixture.dispatch(batch, n).id(),
                        deliveryReport,
                        0,
                        batch.lifetime().expires()))
                .isTrue();
    }

    /** What a check leaves behind. */
    void counted(Batch batch, int n, Map<String, Integer> counts) {
        var seen = checkRepository.find(storeFixture.dispatch(batch, n).id()).orElseThrow();
        var now = storeFixture.clock.instant();
        var checkResult = new CheckResult(
                seen.dispatch().state(),
                seen.dispatch().checks().events(),
                counts,
                now,
                0,
                null,
                now,
                0,
                null,
                null,
                null);
        assertThat(checkRepository.end(seen, checkResult)).isTrue();
    }

    void callback(Batch batch, int n, int number, MessageState state) {
        storeFixture.callbackEventRepository.keep(
                new ProviderReference("fake", StoreFixture.ACCOUNT, StoreFixture.reference(batch, n)),
                "identity-" + number + state,
                CallbackEvent.delivery(new PhoneNumber(StoreFixture.number(number)), fact(state, "101", null), null),
                null);
    }

    ReplyId reply(String text, int second) {
        return reply(StoreFixture.ACCOUNT, text, second);
    }

    ReplyId reply(String account, String text, int second) {
        var at = SAID.plusSeconds(second);
        var from = new PhoneNumber(StoreFixture.number(second));
        return storeFixture.replyRepository.keep(
                new NewReply(new InboundSms(account, from, null, at, text, null, null), null, null, null, true));
    }
}
