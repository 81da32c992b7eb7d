package hoopoe.api.status;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.delivery.CallbackEvent;
import hoopoe.delivery.ProviderReference;
import hoopoe.inbox.InboundSms;
import hoopoe.inbox.NewReply;
import hoopoe.message.PhoneNumber;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.StoreFixture;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown of single messages. */
class MessagesTest extends StatusFixture {

    @Test
    void aMessageShowsWhatDecidesItAndWhatLost() {
        var batch = storeFixture.batch(2);
        storeFixture.submit(batch, 0);
        report(batch, 0, 0, DELIVERED);
        callback(batch, 0, 0, UNDELIVERED);

        var row = messages(batch, "").at("/messages/0");

        assertThat(row.path("id").textValue()).isEqualTo(batch.id() + "-0");
        assertThat(row.path("to").textValue()).isEqualTo(StoreFixture.number(0));
        assertThat(row.path("state").textValue()).isEqualTo("delivered");
        assertThat(row.path("provider_code").textValue()).isEqualTo("100");
        assertThat(row.path("provider_text").textValue()).isEqualTo("words");
        assertThat(row.path("sent_at").textValue()).isEqualTo("2026-03-01T04:00:05Z");
        assertThat(row.path("delivered_at").textValue()).isEqualTo("2026-03-01T04:00:05Z");
        assertThat(row.at("/cost/amount").textValue()).isEqualTo("1.0");
        assertThat(row.path("reference").textValue()).isEqualTo("r0");
        assertThat(all(row.path("timeline"), "state")).containsExactly("delivered", "undelivered");
        assertThat(messages(batch, "").at("/messages/1/state").textValue()).isEqualTo("submitted");
    }

    @Test
    void oneMessageIsTheRowOfTheListAndWhatItsBatchIs() {
        var batch = storeFixture.batch(2, 2);
        storeFixture.submit(batch, 1);
        report(batch, 1, 3, DELIVERED);
        callback(batch, 1, 2, UNDELIVERED);

        for (int n = 0; n < 4; n++) {
            var one = (ObjectNode) ask(200, "GET /v1/messages/{id}", batch.id() + '-' + n, "");
            assertThat(one.remove("batch_id").textValue()).isEqualTo(batch.id());
            assertThat(one.remove("account").textValue()).isEqualTo(StoreFixture.ACCOUNT);
            assertThat(one.remove("created_at").textValue()).isEqualTo("2026-03-01T04:00:00Z");
            assertThat(one).isEqualTo(messages(batch, "").at("/messages/" + n));
        }
    }

    /** Its dispatch is not created yet, and a number of the request has no message. */
    @Test
    void aMessageIsThereFromTheStartAndWhatWasRefusedIsNot() {
        var batch = storeFixture.unspread(StoreFixture.CALLER, null, List.of(List.of(0, 2), List.of(1, 5)), List.of());

        assertThat(ask(200, "GET /v1/messages/{id}", batch.id() + "-1", "")
                        .path("state")
                        .asText())
                .isEqualTo("accepted");
        for (var none : List.of(3, 4, 6)) {
            assertThat(ask(404, "GET /v1/messages/{id}", batch.id() + '-' + none, "")
                            .path("code")
                            .asText())
                    .isEqualTo("message_not_found");
        }
    }

    @Test
    void aTextIsForThoseWhoMaySeeIt() {
        var batch = storeFixture.batch(1);
        var reader = new Grant(StoreFixture.CALLER, "k", KeyKind.LIVE, Set.of(Scope.BATCHES_READ));
        var all = new Grant(StoreFixture.CALLER, "k", KeyKind.LIVE, Set.of(Scope.BATCHES_READ, Scope.MESSAGES_CONTENT));

        for (var route : List.of("GET /v1/batches/{id}/messages", "GET /v1/messages/{id}")) {
            var id = route.endsWith("{id}") ? batch.id() + "-0" : batch.id();
            var shown = read(200, function.status(ApiEvents.as(all, ApiEvents.of(route, id, ""))));
            var without = read(200, function.status(ApiEvents.as(reader, ApiEvents.of(route, id, ""))));
            assertThat(shown.findValuesAsText("text")).containsExactly("hello");
            assertThat(shown.findValuesAsText("encoding")).containsExactly("GSM-7");
            assertThat(shown.findValuesAsText("segments")).containsExactly("1");
            assertThat(without.toString()).contains("\"segments\":1").doesNotContain("hello");
        }
    }

    @Test
    void messagesAreFiltered() {
        var batch = storeFixture.batch(3, 3);
        storeFixture.submit(batch, 0);
        storeFixture.submit(batch, 1);
        report(batch, 0, 1, DELIVERED);
        report(batch, 1, 4, DELIVERED);

        assertThat(all(messages(batch, "state=delivered").path("messages"), "reference"))
                .containsExactly("r1", "r4");
        assertThat(all(messages(batch, "reference=r4").path("messages"), "id")).containsExactly(batch.id() + "-4");
        assertThat(messages(batch, "reference=r4&state=submitted").path("messages"))
                .isEmpty();
        assertThat(messages(batch, "reference=").path("messages")).isEmpty();
        assertThat(all(pages("state=submitted&limit=1", query -> messages(batch, query)), "messages", "reference"))
                .containsExactly("r0", "r2", "r3", "r5");
    }

    /** Only so many dispatches are read for one page: it has a cursor, though it shows none. */
    @Test
    void aRareMessageIsFoundBehindManyDispatches() {
        var ones = IntStream.range(0, 205).mapToObj(List::of).toList();
        var batch = storeFixture.batch(StoreFixture.CALLER, null, ones);

        var pages = pages("reference=r203", query -> messages(batch, query));

        assertThat(pages).hasSize(3);
        assertThat(all(pages, "messages", "id")).containsExactly(batch.id() + "-203");
        assertThat(pages.get(0).path("messages")).isEmpty();
    }

    /** Ranges overlap wholly here, so no page can end between them, and none is shown twice or left out. */
    @ParameterizedTest
    @ValueSource(ints = {29, 1000})
    void filteredPagesOfDispatchesThatOverlapHoldEachOnce(int limit) {
        var overlapping = IntStream.range(0, 110)
                .mapToObj(n -> List.of(n, 220 + n * 2, 1000 - n))
                .toList();
        var batch = storeFixture.batch(StoreFixture.CALLER, null, overlapping);

        var pages = pages("state=accepted&limit=" + limit, query -> messages(batch, query));

        assertThat(all(pages, "messages", "reference"))
                .containsExactlyElementsOf(overlapping.stream()
                        .flatMap(List::stream)
                        .sorted()
                        .map(n -> "r" + n)
                        .toList());
    }

    @Test
    void whatAnswersAReferenceOfNobodyNeedsTheOperatorsScope() {
        reply("received", 0);
        storeFixture.replyRepository.keep(new NewReply(
                new InboundSms(
                        StoreFixture.ACCOUNT,
                        new PhoneNumber(StoreFixture.number(1)),
                        null,
                        SAID,
                        "x",
                        "of nobody",
                        null),
                null,
                null,
                null,
                false));
        var reader = new Grant("local", "test", KeyKind.LIVE, Set.of(Scope.BATCHES_READ));

        var seen = read(200, function.status(ApiEvents.as(reader, ApiEvents.of("GET /v1/replies", "", ""))));

        assertThat(all(seen.path("replies"), "text")).containsExactly("received");
        assertThat(all(replies("").path("replies"), "text")).containsExactlyInAnyOrder("received", "x");
    }

    @Test
    void aMessageNamesItsReplies() {
        var batch = storeFixture.batch(1);
        storeFixture.submit(batch, 0);
        var reply = reply("yes", 0);
        storeFixture.callbackEventRepository.keep(
                new ProviderReference("fake", StoreFixture.ACCOUNT, StoreFixture.reference(batch, 0)),
                "a reply",
                CallbackEvent.reply(new PhoneNumber(StoreFixture.number(0)), reply),
                null);

        assertThat(messages(batch, "").at("/messages/0/replies/0").textValue()).isEqualTo(reply.toString());
    }

    @Test
    void aMessageOfARefusedDispatchShowsTheRefusal() {
        var batch = storeFixture.batch(1);
        storeFixture.reject(batch, 0);

        var row = messages(batch, "").at("/messages/0");

        assertThat(row.path("state").textValue()).isEqualTo("rejected");
        assertThat(row.path("provider_code").textValue()).isEqualTo("-5");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 9, 10, 1000})
    void pagesOfMessagesHoldEachOnceInOrderThoughDispatchesOverlap(int limit) {
        var batch = storeFixture.batch(
                StoreFixture.CALLER, null, List.of(List.of(0, 1, 4, 6), List.of(2, 5, 9), List.of(3), List.of(7, 11)));
        var pages = pages("limit=" + limit, query -> messages(batch, query));

        assertThat(pages)
                .allSatisfy(page -> assertThat(page.path("messages").size()).isBetween(1, limit));
        assertThat(all(pages, "messages", "reference"))
                .containsExactly("r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r9", "r11");
        assertThat(pages).hasSize((10 + limit - 1) / limit);
    }
}
