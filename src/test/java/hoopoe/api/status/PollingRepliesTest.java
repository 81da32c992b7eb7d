package hoopoe.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.batch.Batch;
import hoopoe.inbox.InboundSms;
import hoopoe.inbox.NewReply;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import hoopoe.store.delivery.CallbackEventRepository;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.StoreFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule of the API page: a caller who stores the last cursor and goes on there misses nothing, and sees nothing twice. */
class PollingRepliesTest extends StatusFixture {

    private static final Grant CALLER =
            new Grant(StoreFixture.CALLER, "k", KeyKind.LIVE, EnumSet.of(Scope.BATCHES_READ));
    private static final Grant OPERATOR = new Grant(StoreFixture.CALLER, "o", KeyKind.LIVE, EnumSet.allOf(Scope.class));

    private final Batch batch = storeFixture.batch(1);

    /** Follows the feed as a program does that keeps nothing but the cursor. */
    private final class Follower {

        private final Grant grant;
        private final List<String> seen = new ArrayList<>();
        private final List<Instant> times = new ArrayList<>();
        private String cursor = "";

        Follower(Grant grant) {
            this.grant = grant;
        }

        void poll() {
            JsonNode page;
            do {
                page = replies(grant, 200, "limit=2" + cursor);
                seen.addAll(all(page.path("replies"), "id"));
                all(page.path("replies"), "visible_at").forEach(time -> times.add(Instant.parse(time)));
                cursor = "&cursor=" + page.path("next_cursor").textValue();
            } while (!page.path("replies").isEmpty());
        }
    }

    private JsonNode replies(Grant grant, int status, String query) {
        return read(status, function.status(ApiEvents.as(grant, ApiEvents.of("GET /v1/replies", "", query))));
    }

    private String cursor(Grant grant, String query) {
        return replies(grant, 200, query).path("next_cursor").textValue();
    }

    private List<String> texts(String query) {
        return all(replies(query).path("replies"), "text");
    }

    private ReplyId kept(String text, Instant at, boolean shared) {
        var from = new PhoneNumber(StoreFixture.number(1));
        return storeFixture.replyRepository.keep(new NewReply(
                new InboundSms(StoreFixture.ACCOUNT, from, null, at, text, null, null), null, null, null, shared));
    }

    @Test
    void whatComesLateOrIsPlacedLateIsSeenOnceInTheOrderInWhichItBecameVisible() {
        var caller = new Follower(CALLER);
        var operator = new Follower(OPERATOR);
        var callers = new ArrayList<String>();
        var unplaced =
                kept("of an unknown reference", storeFixture.clock.instant().minus(Duration.ofHours(48)), false);
        var operators = new ArrayList<>(List.of(unplaced.toString()));
        for (int day = 0; day < 12; day++) {
            var now = storeFixture.clock.instant();
            var all = List.of(
                    kept("on time " + day, now, true).toString(),
                    kept("late " + day, now.minus(Duration.ofHours(48)), true).toString(),
                    kept("ahead " + day, now.plus(Duration.ofHours(48)), true).toString(),
                    kept("far off " + day, now.minus(Duration.ofDays(30)), true).toString());
            callers.addAll(all);
            operators.addAll(all);
            caller.poll();
            caller.poll();
            operator.poll();
            storeFixture.clock.move(Duration.ofDays(1));
            if (Duration.ofDays(day + 1L).equals(CallbackEventRepository.ORPHANS_KEPT)) {
                // The last moment at which its event is still joined.
                storeFixture.replyRepository.assign(unplaced, batch, 0);
                callers.add(unplaced.toString());
            }
        }

        assertThat(caller.seen).isEqualTo(callers).contains(unplaced.toString());
        assertThat(operator.seen).isEqualTo(operators);
        assertThat(caller.times).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aPageSaysWhenEachReplyBecameVisible() {
        var first = kept("first", storeFixture.clock.instant(), false);
        storeFixture.clock.move(Duration.ofHours(1));
        kept("second", storeFixture.clock.instant(), true);
        storeFixture.clock.move(Duration.ofHours(1));
        storeFixture.replyRepository.assign(first, batch, 0);

        var page = replies(CALLER, 200, "").path("replies");

        assertThat(all(page, "text")).containsExactly("second", "first");
        assertThat(all(page, "visible_at")).containsExactly("2026-03-01T05:00:00Z", "2026-03-01T06:00:00Z");
        assertThat(all(page, "received_at")).containsExactly("2026-03-01T05:00:00Z", "2026-03-01T04:00:00Z");
    }

    @Test
    void timesSelectByWhenARepliesBecameVisible() {
        for (var text : List.of("four", "five", "six")) {
            kept(text, Instant.parse("2026-02-28T00:00:00Z"), true);
            storeFixture.clock.move(Duration.ofHours(1));
        }

        assertThat(texts("from=2026-03-01T05:00:00Z")).containsExactly("five", "six");
        assertThat(texts("from=2026-03-01T05:00:00.0001Z")).containsExactly("six");
        assertThat(texts("until=2026-03-01T05:00:00Z")).containsExactly("four");
        assertThat(texts("until=2026-03-01T05:00:00.0001Z")).containsExactly("four", "five");
        assertThat(texts("from=2026-03-01T05:00:00Z&until=2026-03-01T05:00:00Z"))
                .isEmpty();
        assertThat(texts("from=0000-01-01T00:00:00Z&until=9999-12-31T23:59:59Z"))
                .containsExactly("four", "five", "six");
        assertThat(texts("until=0000-01-01T00:00:00Z")).isEmpty();
    }

    /** Nothing is shown before that time, by whichever way it is asked. */
    @Test
    void aFollowerMayBeginInTheFuture() {
        kept("before", storeFixture.clock.instant(), true);
        var next = cursor(CALLER, "from=2026-03-02T00:00:00Z");
        storeFixture.clock.move(Duration.ofHours(19));
        kept("still before", storeFixture.clock.instant(), true);
        assertThat(cursor(CALLER, "cursor=" + next)).isEqualTo(next);
        storeFixture.clock.move(Duration.ofHours(1));
        kept("then", storeFixture.clock.instant(), true);

        assertThat(all(replies(CALLER, 200, "cursor=" + next).path("replies"), "text"))
                .containsExactly("then");
        cursor(CALLER, "from=9999-12-31T23:59:59Z");
    }

    @Test
    void anEmptyPageIsFollowedTooAndFromTheBeginning() {
        var next = cursor(CALLER, "");
        assertThat(cursor(CALLER, "from=0000-01-01T00:00:00Z")).isEqualTo(next);
        storeFixture.clock.move(Duration.ofDays(400));
        assertThat(cursor(CALLER, "cursor=" + next)).isEqualTo(next);
        kept("at last", storeFixture.clock.instant(), true);

        var page = replies(CALLER, 200, "cursor=" + next);

        assertThat(all(page.path("replies"), "text")).containsExactly("at last");
        assertThat(replies(CALLER, 200, "cursor=" + page.path("next_cursor").textValue())
                        .path("replies"))
                .isEmpty();
    }

    /** A cursor has no end of its own: replies have. */
    @Test
    void anOldCursorGoesOnWithTheOldestReplyThatIsKept() {
        kept("old", storeFixture.clock.instant(), true);
        var next = cursor(CALLER, "");
        kept("gone", storeFixture.clock.instant(), true);
        storeFixture.clock.move(Duration.ofDays(91));
        kept("new", storeFixture.clock.instant(), true);

        assertThat(all(replies(CALLER, 200, "cursor=" + next).path("replies"), "text"))
                .containsExactly("new");
    }

    @Test
    void aCursorStandsWhateverElseIsAsked() {
        kept("one", storeFixture.clock.instant(), true);
        kept("two", storeFixture.clock.instant(), true);
        kept("three", storeFixture.clock.instant(), true);
        var next = cursor(CALLER, "limit=1");

        assertThat(all(replies(CALLER, 200, "limit=1&cursor=" + next).path("replies"), "text"))
                .containsExactly("two");
        assertThat(all(
                        replies(CALLER, 200, "from=2026-01-01T00:00:00Z&cursor=" + next)
                                .path("replies"),
                        "text"))
                .containsExactly("two", "three");
        assertThat(replies(CALLER, 200, "from=2026-03-01T04:00:01Z&cursor=" + next)
                        .path("replies"))
                .isEmpty();
        var none = cursor(CALLER, "batch=" + batch.id() + "&cursor=" + next);
        assertThat(replies(CALLER, 200, "cursor=" + none).path("replies")).isEmpty();
    }

    @Test
    void nobodyGoesOnWithTheCursorOfAnother() {
        var next = cursor(CALLER, "");
        for (var other : List.of(
                OPERATOR,
                new Grant("other", "k", KeyKind.LIVE, EnumSet.of(Scope.BATCHES_READ)),
                new Grant(StoreFixture.CALLER, "t", KeyKind.TEST, EnumSet.of(Scope.BATCHES_READ)))) {
            assertThat(replies(other, 400, "cursor=" + next).path("code").asText())
                    .isEqualTo("cursor_invalid");
        }
        replies(
                new Grant(StoreFixture.CALLER, "new", KeyKind.LIVE, EnumSet.of(Scope.BATCHES_READ)),
                200,
                "cursor=" + next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-13-01T00:00:00.000Z#", "2026-03-01T00:00:00Z#", "yesterday#", "#", ""})
    void anInventedCursorIsNone(String place) {
        var tag = new ReplyCursor(StoreFixture.CALLER, false).of(Instant.EPOCH);
        var follower = ListCursor.REPLIES.read(tag).replaceFirst(".*#", "");

        for (var made : List.of(ListCursor.REPLIES.of(place), ListCursor.REPLIES.of(place + follower))) {
            assertThat(replies(CALLER, 400, "cursor=" + made).path("code").asText())
                    .isEqualTo("cursor_invalid");
        }
    }
}
