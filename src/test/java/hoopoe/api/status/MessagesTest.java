package hoopoe.api.status;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

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
