package hoopoe.store.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.access.IssuedKey;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.account.session.Session;
import hoopoe.batch.Batch;
import hoopoe.delivery.CallbackEvent;
import hoopoe.delivery.DeliveryReport;
import hoopoe.delivery.ProviderReference;
import hoopoe.dispatch.ClaimResult;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.Reservation;
import hoopoe.inbox.InboundSms;
import hoopoe.inbox.InboxFetch;
import hoopoe.inbox.NewReply;
import hoopoe.inbox.RawInboxAnswer;
import hoopoe.message.MessageReport;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import hoopoe.message.SortableTime;
import hoopoe.message.StatusFact;
import hoopoe.store.Keys;
import hoopoe.store.access.ApiKeyRepository;
import hoopoe.store.account.CreditRepository;
import hoopoe.store.account.DynamoSessionStore;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.batch.IdempotencyStore;
import hoopoe.store.delivery.CheckRepository;
import hoopoe.store.delivery.ReferenceRepository;
import hoopoe.store.inbox.InboxRepository;
import hoopoe.store.table.Write;
import hoopoe.testing.StoreFixture;
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

    private final StoreFixture storeFixture = new StoreFixture();
    private final InboxRepository inboxRepository =
            new InboxRepository(storeFixture.table, new SmallRyeConfigBuilder().build(), storeFixture.clock);
    private final ApiKeyRepository keys = new ApiKeyRepository(storeFixture.table, storeFixture.clock);

    private static IdempotencyKey claim(String caller, String print) {
        return new IdempotencyKey(caller, "POST", "/v1/batches", "k", print);
    }

    private static ProviderReference reference(String written) {
        return new ProviderReference("fake", StoreFixture.ACCOUNT, written);
    }

    private static CallbackEvent event() {
        return CallbackEvent.delivery(
                null, new StatusFact(MessageState.DELIVERED, NOW, "100", "", null, StatusFact.Source.CALLBACK), null);
    }

    @Test
    void twoCallersMayHaveTheSameKey() {
        assertThat(storeFixture.idempotencyStore.claim(claim("shop", "a"), "1"))
                .isInstanceOf(IdempotencyStore.IdempotencyClaim.FirstCall.class);
        assertThat(storeFixture.idempotencyStore.find(claim("bank", "a"))).isEmpty();
        assertThat(storeFixture.idempotencyStore.claim(claim("bank", "b"), "2"))
                .isInstanceOf(IdempotencyStore.IdempotencyClaim.FirstCall.class);

        assertThat(storeFixture.idempotencyStore.find(claim("shop", "")))
                .contains(new IdempotencyStore.IdempotencyRecord("a", "1"));
        assertThat(storeFixture.idempotencyStore.find(claim("bank", "")))
                .contains(new IdempotencyStore.IdempotencyRecord("b", "2"));
    }

    @Test
    void aKeyIsRememberedForADay() {
        storeFixture.idempotencyStore.claim(claim("shop", "a"), "1");

        storeFixture.clock.move(Duration.ofHours(24));
        assertThat(storeFixture.idempotencyStore.find(claim("shop", "b"))).isPresent();
        assertThat(storeFixture.idempotencyStore.claim(claim("shop", "b"), "2"))
                .isEqualTo(new IdempotencyStore.IdempotencyClaim.RepeatedCall(
                        new IdempotencyStore.IdempotencyRecord("a", "1")));
        storeFixture.clock.move(Duration.ofSeconds(1));
        assertThat(storeFixture.idempotencyStore.find(claim("shop", "b"))).isEmpty();
        assertThat(storeFixture.idempotencyStore.claim(claim("shop", "b"), "2"))
                .isInstanceOf(IdempotencyStore.IdempotencyClaim.FirstCall.class);
    }

    /** A caller that comes after a day has made a new claim of the key. */
    @Test
    void anEffectIsNotedOfTheClaimThatHadIt() {
        storeFixture.idempotencyStore.claim(claim("shop", "a"), "1");

        storeFixture.idempotencyStore.note(claim("shop", "b"), "2");
        storeFixture.idempotencyStore.note(claim("bank", "a"), "2");
        assertThat(storeFixture.idempotencyStore.find(claim("shop", "a")))
                .contains(new IdempotencyStore.IdempotencyRecord("a", "1"));
        assertThat(storeFixture.idempotencyStore.find(claim("bank", "a"))).isEmpty();
        storeFixture.idempotencyStore.note(claim("shop", "a"), "2");
        assertThat(storeFixture.idempotencyStore.find(claim("shop", "a")))
                .contains(new IdempotencyStore.IdempotencyRecord("a", "2"));
    }

    @Test
    void aCallbackIsKeptOnceAndAgainWhenItIsOver() {
        var expires = NOW.plusSeconds(60);
        assertThat(storeFixture.callbackEventRepository.keep(reference("r"), "one", event(), expires))
                .isTrue();
        assertThat(storeFixture.callbackEventRepository.keep(reference("r"), "one", event(), expires))
                .isFalse();
        assertThat(storeFixture.callbackEventRepository.keep(reference("r"), "other", event(), expires))
                .isTrue();

        storeFixture.clock.set(expires.toString());
        assertThat(storeFixture.callbackEventRepository.keep(reference("r"), "one", event(), expires))
                .isFalse();
        storeFixture.clock.move(Duration.ofSeconds(1));
        assertThat(storeFixture.callbackEventRepository.keep(reference("r"), "one", event(), expires.plusSeconds(9)))
                .isTrue();
    }

    @Test
    void anOrphanThatIsGoneIsNotAdopted() {
        storeFixture.callbackEventRepository.keep(reference("r"), "one", event(), null);
        var orphan = storeFixture.callbackEventRepository.of(reference("r")).get(0);
        storeFixture.table.apply(Write.delete(orphan.key()));

        storeFixture.callbackEventRepository.adopt(orphan, NOW.plusSeconds(60));

        assertThat(storeFixture.callbackEventRepository.of(reference("r"))).isEmpty();
    }

    @Test
    void aReplyIsKeptOnceAndAgainWhenItIsOver() {
        var reply = new NewReply(
                new InboundSms("main", new PhoneNumber("+886900000001"), null, NOW, "yes", "r", null),
                null,
                null,
                null,
                false);
        var first = storeFixture.replyRepository.keep(reply);

        storeFixture.clock.move(Duration.ofDays(90));
        assertThat(storeFixture.replyRepository.keep(reply)).isEqualTo(first);
        storeFixture.clock.move(Duration.ofSeconds(1));
        assertThat(storeFixture.replyRepository.keep(reply)).isNotEqualTo(first);
    }

    @Test
    void aReplyThatIsGoneIsNotAssigned() {
        var id = new ReplyId(NOW, "a".repeat(32));

        storeFixture.replyRepository.assign(id, storeFixture.batch(1), 0);

        assertThat(storeFixture.table.get(Keys.inbound(id))).isEmpty();
    }

    @Test
    void aPlaceIsFreeWhenItsKeyIsValidNoMore() {
        var end = NOW.plusSeconds(60);
        keys.add(key("first", end));
        keys.add(key("second", end));

        storeFixture.clock.set(end.minusMillis(1).toString());
        assertThat(keys.add(key("third", null))).isFalse();
        storeFixture.clock.set(end.toString());
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
        storeFixture.clock.set(end.toString());
        keys.add(key("third", null));

        keys.revoke("first");

        assertThat(keys.add(key("fourth", null))).isFalse();
        assertThat(keys.list("shop")).extracting(IssuedKey::id).containsExactlyInAnyOrder("second", "third");
    }

    @Test
    void aKeyIsRevokedOnce() {
        keys.add(key("first", null));
        keys.revoke("first");
        storeFixture.clock.move(Duration.ofHours(1));

        assertThat(keys.revoke("first").orElseThrow().revoked()).isEqualTo(NOW);
        assertThat(keys.revoke("unknown")).isEmpty();
        assertThat(storeFixture.table.get(Keys.apiKey("unknown"))).isEmpty();
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
        var creditRepository = new CreditRepository(storeFixture.table);
        creditRepository.put("main", BigDecimal.ONE, NOW);

        creditRepository.put("main", BigDecimal.TEN, NOW);
        creditRepository.put("main", BigDecimal.TEN, NOW.minusMillis(1));
        assertThat(creditRepository.find("main").orElseThrow().points()).isEqualTo("1");
        creditRepository.put("main", BigDecimal.TEN, NOW.plusMillis(1));
        creditRepository.put("other", BigDecimal.ONE, NOW);
        assertThat(creditRepository.find("main").orElseThrow().points()).isEqualTo("10");
    }

    @Test
    void aSessionIsWrittenOverWhatWasReadOnly() {
        var sessions = new DynamoSessionStore(storeFixture.table);
        assertThat(sessions.replace("main", Session.NONE, Session.NONE)).isTrue();
        var first = sessions.read("main");

        assertThat(sessions.replace("main", Session.NONE, Session.NONE)).isFalse();
        assertThat(sessions.replace("main", first, first)).isTrue();
        assertThat(sessions.replace("main", first, first)).isFalse();
        assertThat(sessions.read("other")).isEqualTo(Session.NONE);
    }

    @Test
    void aReportIsWrittenOverWhatWasReadOnly() {
        var id = new DispatchId(storeFixture.batch(1).id(), 0);
        var line = Map.of(0, MessageReport.of("8001"));
        assertThat(storeFixture.deliveryReportRepository.write(id, DeliveryReport.NONE.with(line), 0, NOW))
                .isTrue();
        var first = storeFixture.deliveryReportRepository.of(id);

        assertThat(storeFixture.deliveryReportRepository.write(id, DeliveryReport.NONE, 0, NOW))
                .isFalse();
        assertThat(storeFixture.deliveryReportRepository.write(id, first, 0, NOW))
                .isTrue();
        assertThat(storeFixture.deliveryReportRepository.write(id, first, 0, NOW))
                .isFalse();
    }

    @Test
    void oneEmptiesAnInboxAtATime() {
        var until = NOW.plusSeconds(60);
        var inboxLease = inboxRepository.begin("main", until).orElseThrow();

        storeFixture.clock.set(until.minusMillis(1).toString());
        assertThat(inboxRepository.begin("main", until)).isEmpty();
        assertThat(inboxRepository.begin("other", until)).isPresent();
        storeFixture.clock.set(until.toString());
        var next = inboxRepository.begin("main", until.plusSeconds(60)).orElseThrow();
        inboxRepository.end(inboxLease, "late");
        assertThat(inboxRepository.begin("main", until))
                .as("the right is another's")
                .isEmpty();
        inboxRepository.end(next, null);
        assertThat(inboxRepository.begin("main", until)).isPresent();
        assertThat(inboxRepository.standing("main").failure()).isNull();
    }

    @Test
    void aLossIsCountedOnce() {
        var question = inboxRepository.ask(inboxRepository.begin("main", NOW).orElseThrow());

        inboxRepository.lose(question, "timeout");
        inboxRepository.lose(question, "timeout");

        assertThat(inboxRepository.standing("main").losses()).isEqualTo(1);
        assertThat(inboxRepository.open("main")).isEmpty();
    }

    private List<InboxFetch> aside(int count) {
        var inboxLease = inboxRepository.begin("main", NOW).orElseThrow();
        return IntStream.range(0, count)
                .mapToObj(n -> inboxRepository
                        .answer(
                                inboxRepository.ask(inboxLease),
                                new RawInboxAnswer(200, "", new byte[] {1}, "1"),
                                Duration.ofSeconds(5))
                        .orElseThrow())
                .peek(question -> inboxRepository.putAside(question, "html"))
                .toList();
    }

    /** The second writer does not touch what the first has changed or completed. */
    @Test
    void whatLiesAsideIsReadAgainOnceHoweverManySaySo() {
        aside(3);
        var first = new AtomicInteger();

        var second = inboxRepository.readAgain("main", () -> {
            if (first.get() == 0) {
                first.set(1);
                first.set(inboxRepository.readAgain("main", () -> true));
                inboxRepository.close(inboxRepository.open("main").get(0));
            }
            return true;
        });

        assertThat(first).hasValue(3);
        assertThat(second).isZero();
        assertThat(inboxRepository.open("main")).hasSize(2);
        assertThat(inboxRepository.standing("main").aside()).isZero();
    }

    /** What another puts aside at this moment stays counted. */
    @Test
    void onlyWhatIsReadAgainIsCountedNoMore() {
        aside(2);
        var other = SortableTime.of(NOW) + "#other";
        storeFixture.table.apply(Write.update(Keys.inbox("main")).add("aside", Set.of(other)));

        assertThat(inboxRepository.readAgain("main", () -> true)).isEqualTo(2);

        assertThat(storeFixture.table.get(Keys.inbox("main")).orElseThrow().texts("aside"))
                .containsExactly(other);
    }

    /** The parts of what is expired may be gone. */
    @Test
    void whatIsExpiredIsNotReadAgain() {
        aside(1);

        storeFixture.clock.move(Duration.ofDays(30).plusSeconds(1));
        assertThat(inboxRepository.readAgain("main", () -> true)).isZero();
        assertThat(inboxRepository.open("main")).isEmpty();
    }

    @Test
    void whatIsDealtWithIsNotPutAside() {
        var question = inboxRepository.ask(inboxRepository.begin("main", NOW).orElseThrow());
        inboxRepository.close(question);

        inboxRepository.putAside(question, "html");

        assertThat(inboxRepository.standing("main").aside()).isZero();
        assertThat(inboxRepository.readAgain("main", () -> true)).isZero();
    }

    @Test
    void aMarkStaysAsItIsAndNeedsABatch() {
        var batch = storeFixture.batch(1);
        var cancellationRepository = new CancellationRepository(storeFixture.table);

        assertThat(cancellationRepository.mark(batch.id(), NOW)).isTrue();
        assertThat(cancellationRepository.mark(batch.id(), NOW.plusSeconds(60))).isTrue();

        assertThat(storeFixture.stored(batch).progress().erase()).isEqualTo(NOW);
        assertThat(cancellationRepository.mark("bat_unknown", NOW)).isFalse();
        assertThat(storeFixture.table.get(Keys.batch("bat_unknown"))).isEmpty();
    }

    @Test
    void onlyABatchThatIsThereSettles() {
        var id = new DispatchId("bat_01ARZ3NDEKTSV4RRFFQ69G5FAV", 0);

        new CheckRepository(storeFixture.table, storeFixture.clock).settle(id);

        assertThat(storeFixture.table.get(Keys.batch(id.batch()))).isEmpty();
    }

    @Test
    void nothingIsSpreadOfWhatIsSpreadOrGone() {
        var spread = storeFixture.batch(1, 1);
        storeFixture.table.apply(Write.delete(Keys.dispatch(spread.id(), 1)));
        assertThat(storeFixture.dispatchRepository.spread(spread, n -> 1, NOW)).isTrue();
        assertThat(storeFixture.dispatchRepository.find(spread.id(), 1)).isEmpty();

        var gone = storeFixture.unspread(StoreFixture.CALLER, null, StoreFixture.numbers(1, 1), List.of());
        storeFixture.table.apply(Write.delete(Keys.batch(gone.id())));
        storeFixture.dispatchRepository.spread(gone, n -> 1, NOW);
        assertThat(storeFixture.dispatchRepository.of(gone)).isEmpty();
        assertThat(storeFixture.table.get(Keys.batch(gone.id()))).isEmpty();
    }

    /** More than one transaction takes: the ones before the last insist too. */
    @Test
    void norOfManyThatAre() {
        var gone = storeFixture.unspread(
                StoreFixture.CALLER,
                null,
                StoreFixture.numbers(IntStream.generate(() -> 1).limit(101).toArray()),
                List.of());
        storeFixture.table.apply(Write.delete(Keys.batch(gone.id())));

        storeFixture.dispatchRepository.spread(gone, n -> 1, NOW);

        assertThat(storeFixture.dispatchRepository.of(gone)).isEmpty();
    }

    private ClaimResult staked(Batch batch, String account, String reference, String... receivedIds) {
        var reservation = new Reservation("fake", account, reference, List.of(receivedIds));
        return storeFixture.dispatchRepository.claim(
                storeFixture.dispatch(batch, 0), reservation, NOW, NOW.plusSeconds(90));
    }

    /** By another way, spelt otherwise, of another account. */
    @Test
    void aReferenceAndAReceivedMessageAreOneDispatchs() {
        var first = storeFixture.batch(1);
        var second = storeFixture.batch(1);

        assertThat(staked(first, "main", "ours", "4711")).isInstanceOf(ClaimResult.Claimed.class);
        assertThat(staked(second, "main", "OURS")).isInstanceOf(ClaimResult.ReferenceTaken.class);
        assertThat(staked(second, "main", "theirs", "1", "004711"))
                .isEqualTo(new ClaimResult.ReceivedIdsTaken(List.of("004711")));
        assertThat(storeFixture.table.get(Keys.receivedId("main", "1"))).isEmpty();
        assertThat(staked(second, "other", "ours", "4711")).isInstanceOf(ClaimResult.Claimed.class);
    }

    /** The same number of another batch, and another number of the same batch. */
    @Test
    void anOwnerIsABatchAndANumber() {
        var batch = storeFixture.batch(1, 1);
        var other = storeFixture.batch(1);
        storeFixture.table.apply(ReferenceRepository.own(Keys.ref(reference("r")), new DispatchId(batch.id(), 0), NOW));
        storeFixture.table.apply(ReservationWrites.takeReceivedId("main", "1", new DispatchId(batch.id(), 0)));

        for (var stranger : List.of(new DispatchId(batch.id(), 1), new DispatchId(other.id(), 0))) {
            assertThat(storeFixture
                            .table
                            .apply(ReferenceRepository.own(Keys.ref(reference("r")), stranger, NOW))
                            .done())
                    .isFalse();
            assertThat(storeFixture
                            .table
                            .apply(ReservationWrites.takeReceivedId("main", "1", stranger))
                            .done())
                    .isFalse();
            assertThat(storeFixture
                            .table
                            .apply(ReservationWrites.freeReceivedId("main", "1", stranger))
                            .done())
                    .isFalse();
        }
        assertThat(storeFixture
                        .table
                        .apply(ReferenceRepository.own(Keys.ref(reference("R ")), new DispatchId(batch.id(), 0), NOW))
                        .done())
                .isTrue();
        assertThat(storeFixture
                        .table
                        .apply(ReservationWrites.freeReceivedId("main", "01", new DispatchId(batch.id(), 0)))
                        .done())
                .isTrue();
        assertThat(storeFixture.table.get(Keys.receivedId("main", "1"))).isEmpty();
    }
}
