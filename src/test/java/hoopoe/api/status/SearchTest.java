package hoopoe.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.batch.Batch;
import hoopoe.inbox.InboundSms;
import hoopoe.inbox.NewReply;
import hoopoe.message.NumberTags;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.inbox.ReplyRepository;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.FixtureTables;
import hoopoe.testing.StoreFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was sent to a number, and received from it. */
class SearchTest extends StatusFixture {

    private static final Grant EVERYTHING = ApiEvents.EVERYTHING;

    @Test
    void whatWasSentAndReceivedIsFoundNewestFirst() {
        var single = to(StoreFixture.CALLER, 7);
        storeFixture.submit(single, 0);
        var many = to(StoreFixture.CALLER, 5, 6, 7, 8);
        to(StoreFixture.CALLER, 8);
        to(StoreFixture.CALLER, 5, 6);
        storeFixture.clock.move(Duration.ofMinutes(1));
        var reply = received(7, "from seven");
        received(8, "from eight");
        var last = to(StoreFixture.CALLER, 7);

        var results = search(EVERYTHING, 7, "").path("results");

        assertThat(names(results))
                .containsExactly(last.id() + "-7", reply.toString(), many.id() + "-7", single.id() + "-7");
        var message = results.get(3);
        assertThat(message.path("at")).isEqualTo(message.at("/message/created_at"));
        assertThat(message.path("message")).isEqualTo(ask(200, "GET /v1/messages/{id}", single.id() + "-7", ""));
        assertThat(message.has("reply")).isFalse();
        assertThat(results.at("/1/reply/text").textValue()).isEqualTo("from seven");
        assertThat(results.at("/1/reply").has("visible_at")).isFalse();
        assertThat(results.at("/1/at")).isEqualTo(results.at("/1/reply/received_at"));
        assertThat(search(EVERYTHING, 9, "").toString()).isEqualTo("{\"results\":[]}");
    }

    @Test
    void aSearchHasATime() {
        var times = new ArrayList<String>();
        var ids = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            ids.add((i % 2 == 0 ? to(StoreFixture.CALLER, 7) : to(StoreFixture.CALLER, 7, 8)).id() + "-7");
            times.add(storeFixture.clock.instant().toString());
        }

        var between = ", \"from\": \"%s\", \"until\": \"%s\"".formatted(times.get(1), times.get(3));

        assertThat(names(search(EVERYTHING, 7, between).path("results"))).containsExactly(ids.get(2), ids.get(1));
        assertThat(search(EVERYTHING, 7, ", \"from\": \"9999-01-01T00:00:00Z\"").path("results"))
                .isEmpty();
        assertThat(search(EVERYTHING, 7, ", \"until\": \"-999999999-01-01T00:00:00+18:00\"")
                        .path("results"))
                .isEmpty();
    }

    @Test
    void anotherCallerFindsNothing() {
        var mine = to(StoreFixture.CALLER, 7);
        to("other", 7, 8);
        storeFixture.replyRepository.assign(received(7, "to me"), mine, 7);
        unknown(7);
        var reader = new Grant("third", "k", KeyKind.LIVE, Set.of(Scope.BATCHES_READ));
        var tester = new Grant(StoreFixture.CALLER, "k", KeyKind.TEST, EnumSet.allOf(Scope.class));
        var operator = new Grant("ops", "k", KeyKind.LIVE, EnumSet.allOf(Scope.class));

        assertThat(search(reader, 7, "").path("results")).isEmpty();
        assertThat(search(tester, 7, "").path("results")).isEmpty();
        assertThat(search(operator, 7, "").path("results").findValuesAsText("text"))
                .containsExactly("of nobody");
        assertThat(search(EVERYTHING, 7, "").path("results")).hasSize(3);
        assertThat(search(EVERYTHING, 7, "").toString()).doesNotContain("other");
    }

    @Test
    void aReplyThatAllSeeIsFoundByAll() {
        var reply = received(7, "to nobody");
        var reader = new Grant("third", "k", KeyKind.LIVE, Set.of(Scope.BATCHES_READ));
        var tester = new Grant("third", "k", KeyKind.TEST, Set.of(Scope.BATCHES_READ));

        assertThat(names(search(reader, 7, "").path("results"))).containsExactly(reply.toString());
        assertThat(search(tester, 7, "").path("results")).isEmpty(); // a test key does not reach the account
        storeFixture.clock.move(Duration.ofDays(91));
        assertThat(search(reader, 7, "").path("results")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void pagesHoldEachOnce(int limit) {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            expected.add(0, to(StoreFixture.CALLER, 7).id() + "-7");
            expected.add(0, to(StoreFixture.CALLER, 6, 7).id() + "-7");
            expected.add(0, received(7, "reply " + i).toString());
        }

        var pages = pages(7, limit);

        assertThat(pages.stream().flatMap(page -> names(page.path("results")).stream()))
                .containsExactlyElementsOf(expected);
        assertThat(pages).hasSize((15 + limit - 1) / limit);
    }

    /** Only so many dispatches are read for one page: it has a cursor, though it shows none. */
    @Test
    void aRareOneIsFoundBehindManyOthers() {
        var rare = to(StoreFixture.CALLER, 7, 8);
        storeFixture.clock.move(Duration.ofSeconds(1));
        var others = IntStream.range(10, 450)
                .mapToObj(n -> List.of(n * 2, n * 2 + 1))
                .toList();
        storeFixture.unspread(StoreFixture.CALLER, null, others, List.of());

        var pages = pages(7, 100);

        assertThat(pages).hasSize(3);
        assertThat(pages.get(0).path("results")).isEmpty();
        assertThat(names(pages.get(2).path("results"))).containsExactly(rare.id() + "-7");
    }

    @Test
    void aKeyRotatesAndNothingIsLost() {
        var keys = new ArrayList<>(List.of("first"));
        NumberTags tags = number -> keys.stream()
                .map(key -> String.format("%032x", (key + number.e164()).hashCode()))
                .toList();
        var beans = storeFixture.beans(tags);
        var status = beans.get(StatusFunction.class);
        var batches = beans.get(BatchRepository.class);
        var replies = beans.get(ReplyRepository.class);
        var expected = new ArrayList<String>();

        expected.add(0, to(batches, 7).id() + "-7");
        expected.add(0, received(replies, 7, "first", true).toString());
        keys.add(0, "second");
        expected.add(0, to(batches, 7).id() + "-7");
        expected.add(0, received(replies, 7, "second", true).toString());
        var standing = List.copyOf(keys);
        keys.clear(); // for a moment no key can be read
        expected.add(0, to(batches, 7).id() + "-7");
        expected.add(0, received(replies, 7, "third", true).toString());
        keys.addAll(standing);

        var found = read(200, status.status(body(EVERYTHING, "{\"to\": \"%s\"}".formatted(StoreFixture.number(7)))));
        assertThat(names(found.path("results"))).containsExactlyElementsOf(expected);
        keys.remove("first");
        var fewer = read(200, status.status(body(EVERYTHING, "{\"to\": \"%s\"}".formatted(StoreFixture.number(7)))));
        assertThat(names(fewer.path("results"))).containsExactlyElementsOf(expected.subList(0, 4));
    }

    /** No index and no key has the number. */
    @Test
    void nothingThatIsIndexedTellsTheNumber() {
        to(StoreFixture.CALLER, 7);
        to(StoreFixture.CALLER, 7, 8);
        received(7, "x");

        var items = FixtureTables.client()
                .scanPaginator(scan -> scan.tableName(storeFixture.name))
                .items();
        assertThat(items).isNotEmpty().allSatisfy(item -> {
            for (var name : List.of("pk", "sk", "list", "list_at", "due_shard", "due_at")) {
                var value = item.get(name);
                assertThat(value == null ? "" : value.s())
                        .doesNotContain(StoreFixture.number(7).substring(1));
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | invalid_request | /to",
                "{\"to\": \"0987654321\"} | invalid_request | /to",
                "{\"to\": \"+886987654321\", \"from\": \"now\"} | invalid_request | /from",
                "{\"to\": \"+886987654321\", \"until\": \"2026-03-01\"} | invalid_request | /until",
                "{\"to\": \"+886987654321\", \"limit\": 0} | invalid_request | /limit",
                "{\"to\": \"+886987654321\", \"limit\": 101} | invalid_request | /limit",
                "{\"to\": \"+886987654321\", \"cursor\": \"bTE\"} | cursor_invalid | ''",
                "{\"to\": \"+886987654321\", \"cursor\": \"c3g\"} | cursor_invalid | ''",
                "{\"number\": \"+886987654321\"} | unknown_field | /number",
                "[] | invalid_request | ''"
            })
    void whatIsWrongIsTold(String body, String code, String pointer) {
        var problem = read(400, function.status(body(EVERYTHING, body)));

        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(problem.toString()).doesNotContain("987654321");
    }

    @Test
    void aSearchNeedsTheScopeToRead() {
        var sender =
                new Grant(StoreFixture.CALLER, "k", KeyKind.LIVE, EnumSet.complementOf(EnumSet.of(Scope.BATCHES_READ)));

        var problem = read(403, function.status(body(sender, "{\"to\": \"+886912345678\"}")));

        assertThat(problem.path("code").asText()).isEqualTo("forbidden_scope");
    }

    private List<JsonNode> pages(int number, int limit) {
        return StatusFixture.pages("", cursor -> {
            var more = cursor.isEmpty() ? "" : ", \"cursor\": \"" + cursor.replace("&cursor=", "") + '"';
            return search(EVERYTHING, number, ", \"limit\": " + limit + more);
        });
    }

    private JsonNode search(Grant by, int number, String more) {
        return read(200, function.status(body(by, "{\"to\": \"" + StoreFixture.number(number) + '"' + more + '}')));
    }

    private static APIGatewayV2HTTPEvent body(Grant by, String body) {
        var event = ApiEvents.as(by, ApiEvents.of("POST /v1/messages/search", "", ""));
        event.setBody(body);
        return event;
    }

    /** Ids of messages and replies. */
    private static List<String> names(JsonNode results) {
        var names = new ArrayList<String>();
        results.forEach(result -> names.add(result.path(result.has("reply") ? "reply" : "message")
                .path("id")
                .asText()));
        return names;
    }

    /** A second later than what was before. */
    private Batch to(String caller, Integer... numbers) {
        storeFixture.clock.move(Duration.ofSeconds(1));
        return storeFixture.batch(caller, null, List.of(List.of(numbers)));
    }

    private Batch to(BatchRepository batches, int number) {
        storeFixture.clock.move(Duration.ofSeconds(1));
        return storeFixture.stored(batches, number);
    }

    private ReplyId received(int number, String text) {
        return received(storeFixture.replyRepository, number, text, true);
    }

    private ReplyId unknown(int number) {
        return received(storeFixture.replyRepository, number, "of nobody", false);
    }

    private ReplyId received(ReplyRepository replies, int number, String text, boolean shared) {
        storeFixture.clock.move(Duration.ofSeconds(1));
        var from = new PhoneNumber(StoreFixture.number(number));
        var reference = shared ? null : "x";
        return replies.keep(new NewReply(
                new InboundSms(StoreFixture.ACCOUNT, from, null, storeFixture.clock.instant(), text, reference, null),
                null,
                null,
                null,
                shared));
    }
}
