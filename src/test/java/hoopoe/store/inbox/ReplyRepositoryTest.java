package hoopoe.store.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.inbox.InboundSms;
import hoopoe.inbox.NewReply;
import hoopoe.inbox.Reply;
import hoopoe.inbox.ReplySearch;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import hoopoe.store.delivery.CallbackEventRepository;
import hoopoe.store.table.Table;
import hoopoe.testing.MovableClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class ReplyRepositoryTest {

    private static final PhoneNumber FROM = new PhoneNumber("+886900000001");

    private final MovableClock clock = MovableClock.at("2026-03-01T16:00:00Z");
    private final String name = LocalDynamo.shared().createLastingTable();
    private final Table table = new Table(LocalDynamo.shared().client(), name);
    private final ReplyRepository replyRepository =
            new ReplyRepository(table, new CallbackEventRepository(table, clock), new ReplyDays(table), clock);

    @Test
    void areListedNewestFirstPageByPage() {
        var texts = IntStream.range(0, 25)
                .mapToObj(i -> {
                    keep("text " + i, clock.instant().minus(Duration.ofMinutes(100L * i)));
                    return "text " + i;
                })
                .toList();

        var listed = new ArrayList<Reply>();
        ReplyId after = null;
        int pages = 0;
        do {
            var repliesPage =
                    replyRepository.list(new ReplySearch("local", true, null, null, null, null, null, after, 10));
            listed.addAll(repliesPage.replies());
            after = repliesPage.next();
            assertThat(++pages).isLessThanOrEqualTo(3);
        } while (after != null);

        assertThat(listed).extracting(reply -> reply.sms().text()).containsExactlyElementsOf(texts);
        assertThat(listed).isSortedAccordingTo(Comparator.comparing(Reply::id).reversed());
        assertThat(pages).isEqualTo(3);
    }

    /** Only so many are looked at for one page: it has a cursor, though it shows none. */
    @Test
    void aRareOneIsFoundBehindManyOthers() {
        var now = clock.instant();
        keep(said("rare", now.minusSeconds(5001), "other", null, null));
        var others = IntStream.rangeClosed(1, 5000)
                .mapToObj(n -> said("text", now.minusSeconds(n), "main", null, null))
                .map(reply -> ReplyItem.of(reply.received(now), now).attributes())
                .map(item ->
                        WriteRequest.builder().putRequest(put -> put.item(item)).build())
                .toList();
        for (int from = 0; from < others.size(); from += 25) {
            var some = Map.of(name, others.subList(from, from + 25));
            LocalDynamo.shared().client().batchWriteItem(write -> write.requestItems(some));
        }

        var first = replyRepository.list(new ReplySearch("local", true, null, "other", null, null, null, null, 10));
        assertThat(first.replies()).isEmpty();
        assertThat(first.next()).isNotNull();
        assertThat(texts(new ReplySearch("local", true, null, "other", null, null, null, first.next(), 10)))
                .containsExactly("rare");
    }

    @Test
    void aFarEndOfTimeCostsNoMoreThanToday() {
        keep("now", clock.instant());
        var end = Instant.parse("9999-12-31T23:59:59Z");
        var asked = new AtomicInteger();
        var counted = new ReplyRepository(
                counting(asked), new CallbackEventRepository(table, clock), new ReplyDays(counting(asked)), clock);

        var found = counted.list(new ReplySearch("local", true, null, null, null, null, end, null, 10));

        assertThat(found.replies()).extracting(reply -> reply.sms().text()).containsExactly("now");
        assertThat(asked).hasValueLessThanOrEqualTo(20);
        var made = ReplyId.of("9999-12-31T00:00:00.000Z#" + "a".repeat(32)).orElseThrow();
        assertThat(texts(new ReplySearch("local", true, null, null, null, null, null, made, 10)))
                .containsExactly("now");
        assertThat(ReplyId.of("2026-13-45T99:00:00.000Z#" + "a".repeat(32))).isEmpty();
    }

    @Test
    void whoeverDoesNotReachAnAccountDoesNotSeeWhatCameInThere() {
        keep(said("of main", clock.instant(), "main", null, null));
        keep(said("of other", clock.instant(), "other", null, null));

        assertThat(texts(new ReplySearch("local", true, Set.of("other"), null, null, null, null, null, 10)))
                .containsExactly("of other");
        assertThat(texts(new ReplySearch("local", true, Set.of(), null, null, null, null, null, 10)))
                .isEmpty();
    }

    @Test
    void areFoundByAccountBatchAndTime() {
        var now = clock.instant();
        keep(said("of main", now.minusSeconds(10), "main", null, null));
        keep(said("of other", now.minusSeconds(20), "other", null, null));
        keep(said("of a batch", now.minusSeconds(30), "main", "bat_1", "local"));
        keep(said("somebody else's", now.minusSeconds(40), "main", "bat_2", "stranger"));

        assertThat(texts(new ReplySearch("local", true, null, null, null, null, null, null, 10)))
                .containsExactly("of main", "of other", "of a batch");
        assertThat(texts(new ReplySearch("local", true, null, "other", null, null, null, null, 10)))
                .containsExactly("of other");
        assertThat(texts(new ReplySearch("local", true, null, null, "bat_1", null, null, null, 10)))
                .containsExactly("of a batch");
        assertThat(texts(new ReplySearch("local", true, null, null, "bat_2", null, null, null, 10)))
                .isEmpty();
        assertThat(texts(new ReplySearch(
                        "local", true, null, null, null, now.minusSeconds(30), now.minusSeconds(10), null, 10)))
                .containsExactly("of other", "of a batch");
    }

    /** No lack of a reference makes it everybody's. */
    @Test
    void whatAnswersSomethingThatNobodyCanPlaceOnlyAnOperatorSees() {
        keep(new NewReply(
                new InboundSms("main", FROM, null, clock.instant(), "to whom?", null, null), null, null, null, false));

        assertThat(texts(new ReplySearch("local", false, null, null, null, null, null, null, 10)))
                .isEmpty();
        assertThat(texts(new ReplySearch("local", true, null, null, null, null, null, null, 10)))
                .containsExactly("to whom?");
    }

    @Test
    void whatAnswersAReferenceOfNobodyOnlyAnOperatorSees() {
        keep(new NewReply(
                new InboundSms("main", FROM, null, clock.instant(), "received", null, null), null, null, null, true));
        keep(said("answered", clock.instant().minusSeconds(1), "main", null, null));
        keep(said("mine", clock.instant().minusSeconds(2), "main", "bat_1", "local"));

        assertThat(texts(new ReplySearch("local", false, null, null, null, null, null, null, 10)))
                .containsExactly("received", "mine");
        assertThat(texts(new ReplySearch("local", true, null, null, null, null, null, null, 10)))
                .containsExactly("received", "answered", "mine");
        assertThat(texts(new ReplySearch("local", true, Set.of("other"), null, null, null, null, null, 10)))
                .isEmpty();
    }

    @Test
    void theProvidersTimeCountsUnlessItIsFarOff() {
        var yesterday = clock.instant().minus(Duration.ofHours(40));
        assertThat(keep("a", yesterday).at()).isEqualTo(yesterday);
        assertThat(keep("b", clock.instant().minus(Duration.ofDays(3))).at()).isEqualTo(clock.instant());
        assertThat(keep("c", clock.instant().plus(Duration.ofDays(3))).at()).isEqualTo(clock.instant());
        assertThat(keep("d", null).at()).isEqualTo(clock.instant());
    }

    @Test
    void aRepeatPastMidnightIsTheSame() {
        // 23:59 and 00:01 in Taipei.
        clock.set("2026-03-01T15:59:00Z");
        var first = keep("yes", Instant.parse("2026-03-01T15:58:30Z"));
        clock.set("2026-03-01T16:01:00Z");

        assertThat(keep(" yes\r\n", Instant.parse("2026-03-01T15:58:30Z"))).isEqualTo(first);
        assertThat(texts(new ReplySearch("local", true, null, null, null, null, null, null, 10)))
                .containsExactly("yes");
    }

    @Test
    void otherwiseTheyAreOthers() {
        var at = clock.instant();
        keep("yes", at);
        keep("yes", at.plusSeconds(1));
        keep("no", at);
        keep(new NewReply(new InboundSms("main", FROM, null, at, "yes", "other ref", null), null, null, null, false));
        keep(new NewReply(
                new InboundSms("main", new PhoneNumber("+886900000002"), null, at, "yes", "ref", null),
                null,
                null,
                null,
                false));

        assertThat(texts(new ReplySearch("local", true, null, null, null, null, null, null, 10)))
                .hasSize(5);
    }

    private List<String> texts(ReplySearch search) {
        return replyRepository.list(search).replies().stream()
                .map(reply -> reply.sms().text())
                .toList();
    }

    private ReplyId keep(String text, @Nullable Instant at) {
        return keep(said(text, at, "main", null, null));
    }

    private ReplyId keep(NewReply reply) {
        return replyRepository.keep(reply);
    }

    private static NewReply said(
            String text, @Nullable Instant at, String account, @Nullable String batch, @Nullable String caller) {
        return new NewReply(new InboundSms(account, FROM, null, at, text, "ref", null), null, batch, caller, false);
    }

    private Table counting(AtomicInteger calls) {
        var client = LocalDynamo.shared().client();
        return new Table(
                (DynamoDbClient) Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {DynamoDbClient.class},
                        (proxy, method, arguments) -> {
                            calls.incrementAndGet();
                            return method.invoke(client, arguments);
                        }),
                name);
    }
}
