package hoopoe.store.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.Batch;
import hoopoe.inbox.FeedEntry;
import hoopoe.inbox.InboundSms;
import hoopoe.inbox.NewReply;
import hoopoe.inbox.ReplySearch;
import hoopoe.inbox.ReplySearch.RepliesPage;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import hoopoe.store.Keys;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.FixtureTables;
import hoopoe.testing.MovableClock;
import hoopoe.testing.StoreFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class ReplyFeedTest {

    private static final PhoneNumber FROM = new PhoneNumber("+886900000001");
    private static final int WAITING = 120;

    private final StoreFixture storeFixture = new StoreFixture();
    private final MovableClock clock = storeFixture.clock;
    private final FaultyDynamo faults = new FaultyDynamo(FixtureTables.client());
    private final Table table = new Table(faults.client(), storeFixture.name);
    private final ReplyFeed replyFeed = new ReplyFeed(table, clock);
    private final ReplyRepository replyRepository =
            new ReplyRepository(table, storeFixture.callbackEventRepository, replyFeed, number -> List.of(), clock);

    @Test
    void areFoundByAccountAndBatch() {
        keep(said("of main", "main", null, null));
        keep(said("of other", "other", null, null));
        keep(said("of a batch", "main", "bat_1", "local"));
        keep(said("somebody else's", "main", "bat_2", "stranger"));

        assertThat(texts(search("local", true))).containsExactly("of main", "of other", "of a batch");
        assertThat(texts(new ReplySearch("local", true, null, "other", null, Instant.EPOCH, null, 10)))
                .containsExactly("of other");
        assertThat(texts(new ReplySearch("local", true, null, null, "bat_1", Instant.EPOCH, null, 10)))
                .containsExactly("of a batch");
        assertThat(texts(new ReplySearch("local", true, null, null, "bat_2", Instant.EPOCH, null, 10)))
                .isEmpty();
    }

    @Test
    void whoeverDoesNotReachAnAccountDoesNotSeeWhatCameInThere() {
        keep(said("of main", "main", null, null));
        keep(said("of other", "other", null, null));

        assertThat(texts(new ReplySearch("local", true, Set.of("other"), null, null, Instant.EPOCH, null, 10)))
                .containsExactly("of other");
        assertThat(texts(new ReplySearch("local", true, Set.of(), null, null, Instant.EPOCH, null, 10)))
                .isEmpty();
    }

    /** No lack of a reference makes it everybody's. */
    @Test
    void whatAnswersSomethingThatNobodyCanPlaceOnlyAnOperatorSees() {
        keep(said("to whom?", "main", null, null));
        keep(said("mine", "main", "bat_1", "local"));
        keep(new NewReply(new InboundSms("main", FROM, null, null, "received", null, null), null, null, null, true));

        assertThat(texts(search("local", false))).containsExactly("mine", "received");
        assertThat(texts(search("local", true))).containsExactly("to whom?", "mine", "received");
        assertThat(texts(search("stranger", false))).containsExactly("received");
        assertThat(texts(new ReplySearch("local", true, Set.of("other"), null, null, Instant.EPOCH, null, 10)))
                .isEmpty();
    }

    /** The caller had no way to see it before; an operator had. */
    @Test
    void whatFindsItsCallerIsNewToTheCallerOnly() {
        var unplaced = keep(said("to whom?", "main", null, null));
        var after = clock.instant();
        clock.move(Duration.ofHours(1));
        var batch = storeFixture.batch(1);
        assertThat(replyRepository.assign(unplaced, batch, null)).isTrue();
        clock.move(Duration.ofHours(1));

        assertThat(replyRepository.assign(unplaced, batch, 0)).isTrue();
        assertThat(replyRepository.assign(unplaced, batch, 0)).isFalse();

        assertThat(page(batch.caller(), false, after).replies()).singleElement().satisfies(visible -> {
            assertThat(visible.at()).isEqualTo(after.plus(Duration.ofHours(1)));
            assertThat(visible.reply().message()).isZero();
        });
        assertThat(page(batch.caller(), true, Instant.EPOCH).replies())
                .singleElement()
                .satisfies(visible -> assertThat(visible.at()).isEqualTo(after));
        assertThat(page("ops", true, Instant.EPOCH).replies()).isEmpty();
    }

    /** Everybody could see it already; from now on only its caller does. */
    @Test
    void whatWasSharedIsNewToNobody() {
        var shared = keep(
                new NewReply(new InboundSms("main", FROM, null, null, "received", null, null), null, null, null, true));
        var batch = storeFixture.batch(1);
        replyRepository.assign(shared, batch, 0);

        assertThat(texts(search(batch.caller(), false))).containsExactly("received");
        assertThat(texts(search("other", false))).isEmpty();
        assertThat(entries()).isOne();
    }

    /** A reply says at most once whose it is. */
    @Test
    void whatHasACallerGoesToNoOther() {
        var mine = keep(said("mine", "main", "bat_1", "local"));

        assertThat(replyRepository.assign(mine, batchOf("stranger"), 0)).isFalse();

        assertThat(texts(search("local", false))).containsExactly("mine");
        assertThat(texts(search("stranger", false))).isEmpty();
    }

    /** Each entry says for whom it is, so whoever tells callers of replies is a follower too. */
    @Test
    void oneWhoTellsOthersFollowsTheEntriesOfAll() {
        keep(said("mine", "main", "bat_1", "local"));
        var unplaced = keep(said("to whom?", "main", null, null));
        var batch = storeFixture.batch(1);
        replyRepository.assign(unplaced, batch, 0);

        var first = follow(Instant.EPOCH, 1);
        var rest = follow(first.get(0).at(), 10);

        assertThat(first).singleElement().satisfies(entry -> assertThat(entry.caller())
                .isEqualTo("local"));
        assertThat(rest).extracting(FeedEntry::reply).containsExactly(unplaced, unplaced);
        assertThat(rest).extracting(FeedEntry::caller).containsExactly(null, batch.caller());
        assertThat(rest).extracting(FeedEntry::late).containsExactly(false, true);
        assertThat(follow(rest.get(1).at(), 10)).isEmpty();
    }

    private List<FeedEntry> follow(Instant after, int limit) {
        return replyFeed.follow(after, limit).stream()
                .map(ReplyFeed.FollowedEntry::entry)
                .toList();
    }

    @Test
    void twoOfOneInstantHaveTwoPlacesAndAClockThatIsBehindGivesLaterOnesToo() {
        keep(said("one", "main", null, null));
        keep(said("two", "main", null, null));
        clock.move(Duration.ofMinutes(-5));
        keep(said("three", "main", null, null));

        var visible = replyFeed.page(search("local", true)).replies();

        assertThat(visible).extracting(one -> one.reply().sms().text()).containsExactly("one", "two", "three");
        assertThat(visible)
                .extracting(ReplySearch.VisibleReply::at)
                .containsExactly(
                        Instant.parse("2026-03-01T04:00:00Z"),
                        Instant.parse("2026-03-01T04:00:00.001Z"),
                        Instant.parse("2026-03-01T04:00:00.002Z"));
    }

    /** Nobody's callback is refused because many came at once: they get their places from the next tick. */
    @Test
    void whatFindsNoPlaceInACrowdIsStoredAndGetsOneLater() {
        faults.each("FEED_CLOCK", Fault.CONFLICT);
        var kept = keep(said("crowded", "main", null, null));
        var placedSince = storeFixture.batch(1);
        assertThat(replyRepository.find(kept)).isPresent();
        assertThat(keep(said("crowded", "main", null, null))).isEqualTo(kept);
        replyRepository.assign(kept, placedSince, 0);
        assertThat(texts(search("local", true))).isEmpty();
        assertThat(replyFeed.catchUp(() -> true)).isZero();

        faults.heal();
        assertThat(replyFeed.catchUp(() -> false)).isZero();
        assertThat(replyFeed.catchUp(() -> true)).isEqualTo(2);

        assertThat(texts(search(placedSince.caller(), true))).containsExactly("crowded");
        assertThat(texts(search(placedSince.caller(), false))).containsExactly("crowded");
        assertThat(replyFeed.catchUp(() -> true)).isZero();
        assertThat(entries()).isEqualTo(2);
    }

    @Test
    void manyThatWaitGetTheirPlacesInAFewTransactions() {
        var texts = IntStream.range(0, WAITING).mapToObj(n -> "text " + n).toList();
        texts.forEach(this::waiting);

        var before = faults.names().size();
        assertThat(replyFeed.catchUp(() -> true)).isEqualTo(WAITING);

        assertThat(faults.names().size() - before).isEqualTo(3);
        assertThat(texts(new ReplySearch("local", true, null, null, null, Instant.EPOCH, null, 1000)))
                .containsExactlyInAnyOrderElementsOf(texts);
    }

    private void waiting(String text) {
        var reply = said(text, "main", null, null).received(clock.instant());
        table.apply(Write.put(ReplyItem.of(reply, clock.instant().plus(ReplyRepository.KEPT), number -> List.of())));
        table.apply(Write.put(FeedItem.waiting(FeedEntry.first(reply, clock.instant()))));
    }

    /** A read of the feed is no snapshot: it may show a later entry first. A follower who passed it would never come back. */
    @Test
    void nobodyIsLedPastAnEntryThatIsNotShownYet() {
        keep(said("one", "main", null, null));
        keep(said("two", "main", null, null));
        keep(said("three", "main", null, null));
        var second = replyFeed.page(search("local", true)).replies().get(1).at();
        var hidden = table.get(Keys.feed("2026-03-01T04:00:00.001Z")).orElseThrow();
        table.apply(Write.delete(hidden.key()));

        var first = replyFeed.page(search("local", true));
        assertThat(texts(first)).containsExactly("one");
        assertThat(texts(page("local", true, first.next()))).isEmpty();
        assertThat(texts(page("local", true, second))).containsExactly("three");
        table.apply(Write.put(hidden));
        assertThat(texts(page("local", true, first.next()))).containsExactly("two", "three");
    }

    @Test
    void nobodyIsLedPastAReplyThatIsNotShownYet() {
        keep(said("one", "main", null, null));
        var two = keep(said("two", "main", null, null));
        keep(said("three", "main", null, null));
        var hidden = table.get(Keys.inbound(two)).orElseThrow();
        table.apply(Write.delete(hidden.key()));

        var first = replyFeed.page(search("local", true));
        assertThat(texts(first)).containsExactly("one");
        table.apply(Write.put(hidden));
        assertThat(texts(page("local", true, first.next()))).containsExactly("two", "three");
    }

    /** For example in a table that was restored to a moment between the two. */
    @Test
    void whatIsMissingForLongStopsNobody() {
        keep(said("one", "main", null, null));
        var two = keep(said("two", "main", null, null));
        keep(said("three", "main", null, null));
        keep(said("four", "main", null, null));
        table.apply(Write.delete(Keys.inbound(two)));
        table.apply(Write.delete(Keys.feed("2026-03-01T04:00:00.002Z")));

        assertThat(texts(search("local", true))).containsExactly("one");
        clock.move(Duration.ofMinutes(16));
        assertThat(texts(search("local", true))).containsExactly("one", "four");
    }

    @Test
    void aRareOneIsFoundBehindManyOthers() {
        var hasty = new ReplyFeed(table, clock, 1_000);
        var others = IntStream.rangeClosed(1, 1_200)
                .mapToObj(n -> new FeedEntry(
                        clock.instant().plusMillis(n),
                        new ReplyId(clock.instant(), "a".repeat(32)),
                        "main",
                        "other",
                        false,
                        null,
                        false))
                .map(entry -> FeedItem.of(entry, entry.at().minusMillis(1)).attributes())
                .map(item ->
                        WriteRequest.builder().putRequest(put -> put.item(item)).build())
                .toList();
        keep(said("first", "main", null, null));
        for (int from = 0; from < others.size(); from += 25) {
            var some = Map.of(storeFixture.name, others.subList(from, Math.min(from + 25, others.size())));
            FixtureTables.client().batchWriteItem(write -> write.requestItems(some));
        }
        table.apply(Write.update(Keys.feedClock()).set("last", clock.instant().plusMillis(1_200)));
        keep(said("rare", "main", "bat_1", "local"));

        var first = hasty.page(of("local", false, Instant.EPOCH));

        assertThat(first.replies()).isEmpty();
        assertThat(texts(hasty.page(of("local", false, first.next())))).containsExactly("rare");
    }

    @Test
    void aLongPageIsReadInPieces() {
        var texts = new ArrayList<String>();
        for (int n = 0; n < 230; n++) {
            keep(said("text " + n, "main", null, null));
            texts.add("text " + n);
        }

        var first = replyFeed.page(new ReplySearch("local", true, null, null, null, Instant.EPOCH, null, 210));
        var seen = new ArrayList<>(texts(first));
        seen.addAll(texts(page("local", true, first.next())));
        seen.addAll(texts(page(
                "local",
                true,
                replyFeed
                        .page(new ReplySearch("local", true, null, null, null, first.next(), null, 10))
                        .next())));

        assertThat(first.replies()).hasSize(210);
        assertThat(seen).isEqualTo(texts);
    }

    private int entries() {
        return table.query(Keys.FEED, "2026-").size();
    }

    private Batch batchOf(String caller) {
        return storeFixture.batch(caller, null, StoreFixture.numbers(1));
    }

    private static ReplySearch search(String caller, boolean operator) {
        return new ReplySearch(caller, operator, null, null, null, Instant.EPOCH, null, 10);
    }

    private RepliesPage page(String caller, boolean operator, Instant after) {
        return replyFeed.page(of(caller, operator, after));
    }

    private static ReplySearch of(String caller, boolean operator, Instant after) {
        return new ReplySearch(caller, operator, null, null, null, after, null, 10);
    }

    private List<String> texts(ReplySearch search) {
        return texts(replyFeed.page(search));
    }

    private static List<String> texts(RepliesPage page) {
        return page.replies().stream()
                .map(visible -> visible.reply().sms().text())
                .toList();
    }

    private ReplyId keep(NewReply reply) {
        return replyRepository.keep(reply);
    }

    private static NewReply said(String text, String account, @Nullable String batch, @Nullable String caller) {
        return new NewReply(new InboundSms(account, FROM, null, null, text, "ref", null), null, batch, caller, false);
    }
}
