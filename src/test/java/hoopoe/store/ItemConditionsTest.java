package hoopoe.store;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.access.IssuedKey;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.message.StatusFact;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.message.SortableTime;
import hoopoe.account.session.Session;
import hoopoe.testing.Shelf;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the writes of all items but dispatches insist on, up to the last moment. TTL is late: what is over is there, and counts for nothing. */
class ItemConditionsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");

    private final Shelf shelf = new Shelf();
    private final Inboxes inboxes = new Inboxes(shelf.table, new SmallRyeConfigBuilder().build(), shelf.clock);
    private final ApiKeys keys = new ApiKeys(shelf.table, shelf.clock);

    private static Claim claim(String caller, String print) {
        return new Claim(caller, "POST", "/v1/batches", "k", print);
    }

    private static Reference reference(String written) {
        return new Reference("fake", Shelf.ACCOUNT, written);
    }

    private static Event event() {
        return Event.delivery(null, new StatusFact(MessageState.DELIVERED, NOW, "100", "", null, StatusFact.Source.CALLBACK), null);
    }

    @Test
    void twoCallersMayHaveTheSameKey() {
        assertThat(shelf.calls.claim(claim("shop", "a"), "1")).isInstanceOf(Calls.Claimed.Won.class);
        assertThat(shelf.calls.find(claim("bank", "a"))).isEmpty();
        assertThat(shelf.calls.claim(claim("bank", "b"), "2")).isInstanceOf(Calls.Claimed.Won.class);

        assertThat(shelf.calls.find(claim("shop", ""))).contains(new Calls.Earlier("a", "1"));
        assertThat(shelf.calls.find(claim("bank", ""))).contains(new Calls.Earlier("b", "2"));
    }

    @Test
    void aKeyIsRememberedForADay() {
        shelf.calls.claim(claim("shop", "a"), "1");

        shelf.clock.move(Duration.ofHours(24));
        assertThat(shelf.calls.find(claim("shop", "b"))).isPresent();
        assertThat(shelf.calls.claim(claim("shop", "b"), "2"))
                .isEqualTo(new Calls.Claimed.Lost(new Calls.Earlier("a", "1")));
        shelf.clock.move(Duration.ofSeconds(1));
        assertThat(shelf.calls.find(claim("shop", "b"))).isEmpty();
        assertThat(shelf.calls.claim(claim("shop", "b"), "2")).isInstanceOf(Calls.Claimed.Won.class);
    }

    /** Who comes after the day has made another claim of it. */
    @Test
    void anEffectIsNotedOfTheClaimThatHadIt() {
        shelf.calls.claim(claim("shop", "a"), "1");

        shelf.calls.note(claim("shop", "b"), "2");
        shelf.calls.note(claim("bank", "a"), "2");
        assertThat(shelf.calls.find(claim("shop", "a"))).contains(new Calls.Earlier("a", "1"));
        assertThat(shelf.calls.find(claim("bank", "a"))).isEmpty();
        shelf.calls.note(claim("shop", "a"), "2");
        assertThat(shelf.calls.find(claim("shop", "a"))).contains(new Calls.Earlier("a", "2"));
    }

    @Test
    void aCallbackIsKeptOnceAndAgainWhenItIsOver() {
        var expires = NOW.plusSeconds(60);
        assertThat(shelf.events.keep(reference("r"), "one", event(), expires)).isTrue();
        assertThat(shelf.events.keep(reference("r"), "one", event(), expires)).isFalse();
        assertThat(shelf.events.keep(reference("r"), "other", event(), expires)).isTrue();

        shelf.clock.set(expires.toString());
        assertThat(shelf.events.keep(reference("r"), "one", event(), expires)).isFalse();
        shelf.clock.move(Duration.ofSeconds(1));
        assertThat(shelf.events.keep(reference("r"), "one", event(), expires.plusSeconds(9)))
                .isTrue();
    }

    @Test
    void anOrphanThatIsGoneIsNotAdopted() {
        shelf.events.keep(reference("r"), "one", event(), null);
        var orphan = shelf.events.of(reference("r")).get(0);
        shelf.table.apply(Write.delete(orphan.key()));

        shelf.events.adopt(orphan, NOW.plusSeconds(60));

        assertThat(shelf.events.of(reference("r"))).isEmpty();
    }

    @Test
    void aReplyIsKeptOnceAndAgainWhenItIsOver() {
        var reply = new NewReply(
                "main", "r", new PhoneNumber("+886900000001"), NOW, "yes", null, null, null, null, null, false);
        var first = shelf.replies.keep(reply);

        shelf.clock.move(Duration.ofDays(90));
        assertThat(shelf.replies.keep(reply)).isEqualTo(first);
        shelf.clock.move(Duration.ofSeconds(1));
        assertThat(shelf.replies.keep(reply)).isNotEqualTo(first);
    }

    @Test
    void aReplyThatIsGoneIsNotAssigned() {
        var id = new ReplyId(NOW, "a".repeat(32));

        shelf.replies.assign(id, shelf.batch(1), 0);

        assertThat(shelf.table.get(Keys.inbound(id))).isEmpty();
    }

    @Test
    void aPlaceIsFreeWhenItsKeyIsValidNoMore() {
        var end = NOW.plusSeconds(60);
        keys.add(key("first", end));
        keys.add(key("second", end));

        shelf.clock.set(end.minusMillis(1).toString());
        assertThat(keys.add(key("third", null))).isFalse();
        shelf.clock.set(end.toString());
        assertThat(keys.add(key("third", null))).isTrue();
        assertThat(keys.add(key("third", null))).as("an id that is taken").isFalse();
        keys.revoke("second");
        assertThat(keys.add(key("fourth", null))).isTrue();
        assertThat(keys.add(key("fifth", null))).isFalse();
    }

    /** Its place is another's meanwhile. */
    @Test
    void aKeyThatIsRevokedLateFreesNoPlaceOfAnother() {
        var end = NOW.plusSeconds(60);
        keys.add(key("first", end));
        keys.add(key("second", null));
        shelf.clock.set(end.toString());
        keys.add(key("third", null));

        keys.revoke("first");

        assertThat(keys.add(key("fourth", null))).isFalse();
        assertThat(keys.list("shop")).extracting(IssuedKey::id).containsExactlyInAnyOrder("second", "third");
    }

    @Test
    void aKeyIsRevokedOnce() {
        keys.add(key("first", null));
        keys.revoke("first");
        shelf.clock.move(Duration.ofHours(1));

        assertThat(keys.revoke("first").orElseThrow().revoked()).isEqualTo(NOW);
        assertThat(keys.revoke("unknown")).isEmpty();
        assertThat(shelf.table.get(Keys.apiKey("unknown"))).isEmpty();
    }

    @Test
    void callersHaveTheirOwnPlacesAndSoHaveTheirKindsOfKey() {
        for (var caller : List.of("shop", "shop2")) {
            for (var kind : KeyKind.values()) {
                assertThat(keys.add(key(caller + kind + 1, caller, kind, null))).isTrue();
                assertThat(keys.add(key(caller + kind + 2, caller, kind, null))).isTrue();
                assertThat(keys.add(key(caller + kind + 3, caller, kind, null))).isFalse();
            }
        }

        assertThat(keys.list("shop")).hasSize(4).allMatch(key -> key.caller().equals("shop"));
        assertThat(keys.list("shop2")).hasSize(4).allMatch(key -> key.caller().equals("shop2"));
        assertThat(keys.list(null)).hasSize(8);
        assertThat(keys.list("sho")).isEmpty();
    }

    private static IssuedKey key(String id, @Nullable Instant expires) {
        return key(id, "shop", KeyKind.LIVE, expires);
    }

    private static IssuedKey key(String id, String caller, KeyKind kind, @Nullable Instant expires) {
        return new IssuedKey(id, "hash", kind, caller, EnumSet.allOf(Scope.class), NOW, expires, null);
    }

    @Test
    void onlyANewerBalanceReplacesOne() {
        var balances = new Balances(shelf.table);
        balances.put("main", BigDecimal.ONE, NOW);

        balances.put("main", BigDecimal.TEN, NOW);
        balances.put("main", BigDecimal.TEN, NOW.minusMillis(1));
        assertThat(balances.find("main").orElseThrow().points()).isEqualTo("1");
        balances.put("main", BigDecimal.TEN, NOW.plusMillis(1));
        balances.put("other", BigDecimal.ONE, NOW);
        assertThat(balances.find("main").orElseThrow().points()).isEqualTo("10");
    }

    @Test
    void aSessionIsWrittenOverWhatWasReadOnly() {
        var sessions = new DynamoSessionKeys(shelf.table);
        assertThat(sessions.replace("main", Session.NONE, Session.NONE)).isTrue();
        var first = sessions.read("main");

        assertThat(sessions.replace("main", Session.NONE, Session.NONE)).isFalse();
        assertThat(sessions.replace("main", first, first)).isTrue();
        assertThat(sessions.replace("main", first, first)).isFalse();
        assertThat(sessions.read("other")).isEqualTo(Session.NONE);
    }

    @Test
    void aReportIsWrittenOverWhatWasReadOnly() {
        var id = new DispatchId(shelf.batch(1).id(), 0);
        var line = Map.of(0, Line.of("8001"));
        assertThat(shelf.reports.write(id, Report.NONE.with(line), NOW)).isTrue();
        var first = shelf.reports.of(id);

        assertThat(shelf.reports.write(id, Report.NONE, NOW)).isFalse();
        assertThat(shelf.reports.write(id, first, NOW)).isTrue();
        assertThat(shelf.reports.write(id, first, NOW)).isFalse();
    }

    @Test
    void oneEmptiesAnInboxAtATime() {
        var until = NOW.plusSeconds(60);
        var drain = inboxes.begin("main", until).orElseThrow();

        shelf.clock.set(until.minusMillis(1).toString());
        assertThat(inboxes.begin("main", until)).isEmpty();
        assertThat(inboxes.begin("other", until)).isPresent();
        shelf.clock.set(until.toString());
        var next = inboxes.begin("main", until.plusSeconds(60)).orElseThrow();
        inboxes.end(drain, "late");
        assertThat(inboxes.begin("main", until)).as("the right is another's").isEmpty();
        inboxes.end(next, null);
        assertThat(inboxes.begin("main", until)).isPresent();
        assertThat(inboxes.standing("main").failure()).isNull();
    }

    @Test
    void aLossIsCountedOnce() {
        var question = inboxes.ask(inboxes.begin("main", NOW).orElseThrow());

        inboxes.lose(question, "timeout");
        inboxes.lose(question, "timeout");

        assertThat(inboxes.standing("main").losses()).isEqualTo(1);
        assertThat(inboxes.open("main")).isEmpty();
    }

    private List<OpenQuestion> aside(int count) {
        var drain = inboxes.begin("main", NOW).orElseThrow();
        return IntStream.range(0, count)
                .mapToObj(n -> inboxes.answer(
                                inboxes.ask(drain), new RawInbox(200, "", new byte[] {1}, "1"), Duration.ofSeconds(5))
                        .orElseThrow())
                .peek(question -> inboxes.putAside(question, "html"))
                .toList();
    }

    /** Whoever comes second leaves what the first has moved, or dealt with. */
    @Test
    void whatLiesAsideIsReadAgainOnceHoweverManySaySo() {
        aside(3);
        var first = new AtomicInteger();

        var second = inboxes.readAgain("main", () -> {
            if (first.get() == 0) {
                first.set(1);
                first.set(inboxes.readAgain("main", () -> true));
                inboxes.close(inboxes.open("main").get(0));
            }
            return true;
        });

        assertThat(first).hasValue(3);
        assertThat(second).isZero();
        assertThat(inboxes.open("main")).hasSize(2);
        assertThat(inboxes.standing("main").aside()).isZero();
    }

    /** What another puts aside at this moment stays counted. */
    @Test
    void onlyWhatIsReadAgainIsCountedNoMore() {
        aside(2);
        var other = SortableTime.of(NOW) + "#other";
        shelf.table.apply(Write.update(Keys.inbox("main")).add("aside", Set.of(other)));

        assertThat(inboxes.readAgain("main", () -> true)).isEqualTo(2);

        assertThat(shelf.table.get(Keys.inbox("main")).orElseThrow().texts("aside"))
                .containsExactly(other);
    }

    /** The parts of what is expired may be gone. */
    @Test
    void whatIsExpiredIsNotReadAgain() {
        aside(1);

        shelf.clock.move(Duration.ofDays(30).plusSeconds(1));
        assertThat(inboxes.readAgain("main", () -> true)).isZero();
        assertThat(inboxes.open("main")).isEmpty();
    }

    @Test
    void whatIsDealtWithIsNotPutAside() {
        var question = inboxes.ask(inboxes.begin("main", NOW).orElseThrow());
        inboxes.close(question);

        inboxes.putAside(question, "html");

        assertThat(inboxes.standing("main").aside()).isZero();
        assertThat(inboxes.readAgain("main", () -> true)).isZero();
    }

    @Test
    void aMarkStaysAsItIsAndNeedsABatch() {
        var batch = shelf.batch(1);
        var erasures = new Erasures(shelf.table);

        assertThat(erasures.mark(batch.id(), NOW)).isTrue();
        assertThat(erasures.mark(batch.id(), NOW.plusSeconds(60))).isTrue();

        assertThat(shelf.stored(batch).erase()).isEqualTo(NOW);
        assertThat(erasures.mark("bat_unknown", NOW)).isFalse();
        assertThat(shelf.table.get(Keys.batch("bat_unknown"))).isEmpty();
    }

    @Test
    void onlyABatchThatIsThereSettles() {
        var id = new DispatchId("bat_01ARZ3NDEKTSV4RRFFQ69G5FAV", 0);

        new Checkups(shelf.table).settle(id);

        assertThat(shelf.table.get(Keys.batch(id.batch()))).isEmpty();
    }

    @Test
    void nothingIsSpreadOfWhatIsSpreadOrGone() {
        var spread = shelf.batch(1, 1);
        shelf.table.apply(Write.delete(Keys.dispatch(spread.id(), 1)));
        assertThat(shelf.dispatches.spread(spread, n -> 1, NOW)).isTrue();
        assertThat(shelf.dispatches.find(spread.id(), 1)).isEmpty();

        var gone = shelf.unspread(Shelf.CALLER, null, Shelf.numbers(1, 1), List.of());
        shelf.table.apply(Write.delete(Keys.batch(gone.id())));
        shelf.dispatches.spread(gone, n -> 1, NOW);
        assertThat(shelf.dispatches.of(gone)).isEmpty();
        assertThat(shelf.table.get(Keys.batch(gone.id()))).isEmpty();
    }

    /** More than one transaction takes: the ones before the last insist too. */
    @Test
    void norOfManyThatAre() {
        var gone = shelf.unspread(
                Shelf.CALLER,
                null,
                Shelf.numbers(IntStream.generate(() -> 1).limit(101).toArray()),
                List.of());
        shelf.table.apply(Write.delete(Keys.batch(gone.id())));

        shelf.dispatches.spread(gone, n -> 1, NOW);

        assertThat(shelf.dispatches.of(gone)).isEmpty();
    }

    private Claimed staked(Batch batch, String account, String reference, String... receivedIds) {
        var stake = new Stake("fake", account, reference, List.of(receivedIds));
        return shelf.dispatches.claim(shelf.dispatch(batch, 0), stake, NOW, NOW.plusSeconds(90));
    }

    /** By another way, spelt otherwise, of another account. */
    @Test
    void aReferenceAndAReceivedMessageAreOneDispatchs() {
        var first = shelf.batch(1);
        var second = shelf.batch(1);

        assertThat(staked(first, "main", "ours", "4711")).isInstanceOf(Claimed.Won.class);
        assertThat(staked(second, "main", "OURS")).isInstanceOf(Claimed.ReferenceHeld.class);
        assertThat(staked(second, "main", "theirs", "1", "004711"))
                .isEqualTo(new Claimed.ReceivedIdsUsed(List.of("004711")));
        assertThat(shelf.table.get(Keys.receivedId("main", "1"))).isEmpty();
        assertThat(staked(second, "other", "ours", "4711")).isInstanceOf(Claimed.Won.class);
    }

    /** The same number of another batch, and another number of the same batch. */
    @Test
    void anOwnerIsABatchAndANumber() {
        var batch = shelf.batch(1, 1);
        var other = shelf.batch(1);
        shelf.table.apply(References.own(Keys.ref(reference("r")), new DispatchId(batch.id(), 0), NOW));
        shelf.table.apply(ReceivedIdWrites.take("main", "1", new DispatchId(batch.id(), 0)));

        for (var stranger : List.of(new DispatchId(batch.id(), 1), new DispatchId(other.id(), 0))) {
            assertThat(shelf.table
                            .apply(References.own(Keys.ref(reference("r")), stranger, NOW))
                            .done())
                    .isFalse();
            assertThat(shelf.table
                            .apply(ReceivedIdWrites.take("main", "1", stranger))
                            .done())
                    .isFalse();
            assertThat(shelf.table
                            .apply(ReceivedIdWrites.free("main", "1", stranger))
                            .done())
                    .isFalse();
        }
        assertThat(shelf.table
                        .apply(References.own(Keys.ref(reference("R ")), new DispatchId(batch.id(), 0), NOW))
                        .done())
                .isTrue();
        assertThat(shelf.table
                        .apply(ReceivedIdWrites.free("main", "01", new DispatchId(batch.id(), 0)))
                        .done())
                .isTrue();
        assertThat(shelf.table.get(Keys.receivedId("main", "1"))).isEmpty();
    }
}
