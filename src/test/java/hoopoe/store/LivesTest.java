package hoopoe.store;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.access.IssuedKey;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.account.session.Session;
import hoopoe.batch.Batch;
import hoopoe.batch.Erasure;
import hoopoe.batch.InvalidRecipient;
import hoopoe.delivery.CallbackEvent;
import hoopoe.delivery.DeliveryReport;
import hoopoe.delivery.ProviderReference;
import hoopoe.delivery.Usage;
import hoopoe.delivery.Usage.CallerUsage;
import hoopoe.delivery.Usage.UsageCount;
import hoopoe.dispatch.DecisionRecord;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.Reservation;
import hoopoe.event.Event;
import hoopoe.event.EventType;
import hoopoe.event.PublishedStates;
import hoopoe.event.WebhookDelivery;
import hoopoe.inbox.InboundSms;
import hoopoe.inbox.NewReply;
import hoopoe.inbox.RawInboxAnswer;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.message.StatusFact;
import hoopoe.store.access.ApiKeyRepository;
import hoopoe.store.account.CreditRepository;
import hoopoe.store.account.DynamoSessionStore;
import hoopoe.store.batch.BatchTotalsRepository;
import hoopoe.store.batch.ErasureRepository;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.delivery.CallbackQuarantine;
import hoopoe.store.delivery.CheckRepository;
import hoopoe.store.delivery.CheckRepository.CheckResult;
import hoopoe.store.delivery.DeliveryReportRepository;
import hoopoe.store.event.PublishedKey;
import hoopoe.store.event.PublishedRepository;
import hoopoe.store.event.WebhookDeliveryRepository;
import hoopoe.store.event.WebhookEndpointRepository;
import hoopoe.store.inbox.InboxRepository;
import hoopoe.store.inbox.ReplyFeed;
import hoopoe.store.inbox.ReplyRepository;
import hoopoe.store.table.Key;
import hoopoe.store.table.Table;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.FixtureTables;
import hoopoe.testing.MovableClock;
import hoopoe.testing.StoreFixture;
import hoopoe.testing.WebhookEndpoints;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How long every kind of item is kept. The real code writes each, a day after the batch that most of them belong to. */
class LivesTest {

    private static final StoreFixture SHELF = new StoreFixture();
    private static final MovableClock CLOCK = SHELF.clock;
    private static final Instant EXPIRES = CLOCK.instant().plus(Duration.ofDays(90));
    private static final Instant NOW = CLOCK.instant().plus(Duration.ofDays(1));

    /** @param until null for ever */
    private record Life(String kind, Pattern keys, @Nullable Instant until) {

        static Life withItsBatch(String kind, String keys) {
            return new Life(kind, Pattern.compile(keys), EXPIRES);
        }

        static Life of(String kind, String keys, Duration life) {
            return new Life(kind, Pattern.compile(keys), NOW.plus(life));
        }

        static Life forEver(String kind, String keys) {
            return new Life(kind, Pattern.compile(keys), null);
        }

        boolean isOf(String key) {
            return keys.matcher(key).matches();
        }

        @Override
        public String toString() {
            return kind + ' ' + keys;
        }
    }

    /** Each named as what makes its key. */
    private static final List<Life> LIVES = List.of(
            Life.withItsBatch("batch", "BATCH#bat_\\w+ BATCH"),
            Life.withItsBatch("totals", "BATCH#bat_\\w+ TOTALS"),
            Life.withItsBatch("dispatch", "BATCH#bat_\\w+#\\d+ DISPATCH#\\d+"),
            Life.withItsBatch("recipients", "BATCH#bat_\\w+#\\d+ RECIPIENTS#\\d+"),
            Life.withItsBatch("rejected", "BATCH#bat_\\w+#\\d+ REJECTED#\\d+"),
            Life.withItsBatch("report", "BATCH#bat_\\w+#\\d+ REPORT#\\d+"),
            new Life(
                    "published",
                    Pattern.compile("BATCH#bat_\\w+#\\d+ PUBLISHED#\\d+"),
                    EXPIRES.plus(Duration.ofDays(7))),
            new Life(
                    "usage",
                    Pattern.compile("USAGE#2026-03-01 CALLER#\\w+#04#main"),
                    Instant.parse("2026-03-01T00:00:00Z").plus(Duration.ofDays(400))),
            Life.withItsBatch("audit", "BATCH#bat_\\w+#\\d+ AUDIT#\\d+#\\d+"),
            Life.withItsBatch("ref", "REF#fake#main#(?!orphan).* REF"),
            Life.withItsBatch("event", "REF#fake#main#(?!orphan).* EVENT#.*"),
            Life.of("event", "REF#fake#main#orphan EVENT#.*", Duration.ofDays(7)),
            Life.of("call", "CALL#local#\\w+ CALL", Duration.ofHours(24)),
            Life.of("inbound", "INBOUND#2026-03-02#\\d .*", Duration.ofDays(90)),
            Life.of("seen", "SEEN#\\w+ SEEN", Duration.ofDays(90)),
            Life.of("feed", "FEED 2026-03-02T.*", Duration.ofDays(90)),
            Life.of("feedWaiting", "FEED#WAITING .*", Duration.ofDays(90)),
            Life.forEver("feedFollower", "FEED TOLD#bus"),
            Life.forEver("feedClock", "FEED CLOCK"),
            Life.of("quarantine", "QUARANTINE#main#2026-03-02 \\w+", Duration.ofDays(30)),
            Life.of("erasure", "ERASURE#era_\\w+ ERASURE", Duration.ofDays(90)),
            Life.of("inboxQuestion", "INBOX#main OPEN#.*", Duration.ofDays(30)),
            Life.of("inboxAside", "INBOX#main ASIDE#.*", Duration.ofDays(30)),
            Life.of("inboxPart", "INBOX#main PART#.*", Duration.ofDays(30)),
            Life.of("inboxLoss", "INBOX#main LOSS#.*", Duration.ofDays(90)),
            Life.of("apiKey", "KEY#ends KEY", Duration.ofDays(1 + 90)),
            Life.of("apiKey", "KEY#revoked KEY", Duration.ofDays(90)),
            Life.forEver("apiKey", "KEY#lasts KEY"),
            Life.forEver("apiKeySlot", "KEYS CALLER#.*"),
            Life.forEver("webhookEndpoint", "WEBHOOKS#shop WEBHOOK#wh_\\w+"),
            Life.of("webhookDelivery", "WEBHOOK#wh_\\w+ evt_\\w+", Duration.ofDays(30)),
            Life.of("webhookRelease", "WEBHOOK#wh_\\w+ RELEASE", Duration.ofDays(30)),
            Life.forEver("listener", "WEBHOOKS CALLER#shop"),
            Life.forEver("accountPublished", "PUBLISHED#main ACCOUNT"),
            Life.forEver("inbox", "INBOX#main INBOX"),
            Life.forEver("session", "SESSION#main SESSION"),
            Life.forEver("balance", "BALANCE#main BALANCE"),
            Life.forEver("receivedId", "RCV#main#4711 RCV"));

    private static final Map<String, Optional<Instant>> WRITTEN = new TreeMap<>();

    @BeforeAll
    static void everybodyWrites() {
        batches();
        reports();
        inbound();
        inboxes();
        keys();
        new ReplyFeed(SHELF.table, CLOCK).move("bus", null, NOW);
        new WebhookEndpointRepository(SHELF.table).add(WebhookEndpoints.of("shop", "https://example.com/"));
        webhooks();
        new ErasureRepository(SHELF.table)
                .put(Erasure.asked(
                        "era_01ARZ3NDEKTSV4RRFFQ69G5FAV", "shop", false, new PhoneNumber("+886900000001"), NOW));
        new DynamoSessionStore(SHELF.table).replace("main", Session.NONE, Session.NONE);
        new CreditRepository(SHELF.table).miss("main", NOW, true);
        new CreditRepository(SHELF.table).put("main", BigDecimal.ONE, NOW);
        FixtureTables.client()
                .scanPaginator(scan -> scan.tableName(SHELF.name).consistentRead(true))
                .items()
                .forEach(item ->
                        WRITTEN.put(item.get("pk").s() + ' ' + item.get("sk").s(), expiry(item)));
    }

    private static void webhooks() {
        var deliveries = new WebhookDeliveryRepository(SHELF.table, CLOCK);
        deliveries.put(WebhookDelivery.first(
                "shop", "wh_1", Event.id(CLOCK.instant(), "one"), EventType.MESSAGE_DELIVERED, "{}"));
        deliveries.release("shop", "wh_1");
    }

    private static Optional<Instant> expiry(Map<String, AttributeValue> item) {
        return Optional.ofNullable(item.get("expires_at"))
                .map(AttributeValue::n)
                .map(Long::parseLong)
                .map(Instant::ofEpochSecond);
    }

    /** Of one dispatch, of two, claimed at once, sent, lost, and settled by an operator; then a day passes. */
    private static void batches() {
        var two = SHELF.unspread(
                StoreFixture.CALLER,
                null,
                StoreFixture.numbers(1, 1),
                List.of(new InvalidRecipient("/recipients/2", "invalid_number", "")));
        SHELF.dispatchRepository.spread(two, n -> 1, CLOCK.instant());
        new BatchTotalsRepository(SHELF.table).forget(two);
        var one = SHELF.batch(1);
        var reservation = new Reservation("fake", StoreFixture.ACCOUNT, "ours", List.of("4711"));
        SHELF.dispatchRepository.claim(SHELF.dispatch(one, 0), reservation, CLOCK.instant(), CLOCK.instant());
        new PublishedRepository(SHELF.table).write(PublishedKey.of(two, 0), PublishedStates.NONE);
        new PublishedRepository(SHELF.table).write(PublishedKey.of("main"), PublishedStates.NONE);
        CLOCK.move(Duration.ofDays(1));
        SHELF.submit(two, 0);
        SHELF.lose(two, 1);
        var decisionRecord = new DecisionRecord(
                NOW, DecisionRecord.DecisionKind.CONFIRMED, NOW, StoreFixture.CALLER, "key", null, null);
        var confirmed = new ProviderReference("fake", StoreFixture.ACCOUNT, "confirmed");
        var idempotencyKey = new IdempotencyKey(StoreFixture.CALLER, "POST", "/v1/batches", "k", "print");
        SHELF.decisionRepository.confirm(
                SHELF.dispatch(two, 1), confirmed, 1, decisionRecord, Optional.of(idempotencyKey));
        settle(two);
        SHELF.idempotencyStore.claim(
                new IdempotencyKey(StoreFixture.CALLER, "DELETE", "/v1/batches/1", "k", "print"), "target");
    }

    private static void settle(Batch batch) {
        var checkRepository = new CheckRepository(SHELF.table, CLOCK);
        var seen = checkRepository.find(new DispatchId(batch.id(), 0)).orElseThrow();
        var usage = new Usage(new TreeMap<>(Map.of("delivered", new UsageCount(1, 1, BigDecimal.ONE))));
        checkRepository.end(
                checkRepository.begin(seen, NOW, NOW).orElseThrow(),
                new CheckResult(
                        seen.dispatch().state(),
                        0,
                        Map.of("delivered", 1),
                        NOW,
                        0,
                        null,
                        NOW,
                        0,
                        null,
                        null,
                        new CallerUsage(batch.caller(), usage)));
    }

    private static void reports() {
        SHELF.table.apply(DeliveryReportRepository.put(
                new DispatchId("bat_01ARZ3NDEKTSV4RRFFQ69G5FAV", 0), DeliveryReport.NONE, EXPIRES));
        var kept = new ProviderReference("fake", StoreFixture.ACCOUNT, "kept");
        var statusFact = new StatusFact(MessageState.DELIVERED, NOW, "100", "", null, StatusFact.Source.CALLBACK);
        var callbackEvent = CallbackEvent.delivery(null, statusFact, null);
        SHELF.callbackEventRepository.keep(kept, "kept", callbackEvent, EXPIRES);
        SHELF.callbackEventRepository.keep(
                new ProviderReference("fake", StoreFixture.ACCOUNT, "orphan"), "orphan", callbackEvent, null);
        var adopted = new ProviderReference("fake", StoreFixture.ACCOUNT, "adopted");
        SHELF.callbackEventRepository.keep(adopted, "adopted", callbackEvent, null);
        SHELF.callbackEventRepository.of(adopted).forEach(one -> SHELF.callbackEventRepository.adopt(one, EXPIRES));
    }

    private static void inbound() {
        var from = new PhoneNumber("+886900000001");
        var alone = new NewReply(new InboundSms("main", from, null, NOW, "alone", null, "5"), null, null, null, true);
        var known =
                new NewReply(new InboundSms("main", from, null, NOW, "yes", "answered", null), null, null, null, false);
        SHELF.replyRepository.keep(alone);
        SHELF.replyRepository.keep(
                known, new ProviderReference("fake", StoreFixture.ACCOUNT, "answered"), "answered", EXPIRES);
        var crowded = new FaultyDynamo(FixtureTables.client()).each("FEED_CLOCK", FaultyDynamo.Fault.CONFLICT);
        SHELF.beans(new Table(crowded.client(), SHELF.name))
                .get(ReplyRepository.class)
                .keep(new NewReply(
                        new InboundSms("main", from, null, NOW, "waits", null, "6"), null, null, null, true));
        new CallbackQuarantine(SHELF.table, CLOCK).keep("main", "unreadable", "raw");
    }

    private static void inboxes() {
        var inboxRepository = new InboxRepository(SHELF.table, new SmallRyeConfigBuilder().build(), CLOCK);
        var inboxLease = inboxRepository.begin("main", NOW.plusSeconds(60)).orElseThrow();
        inboxRepository.ask(inboxLease);
        inboxRepository.lose(inboxRepository.ask(inboxLease), "timeout");
        inboxRepository.putAside(inboxRepository.ask(inboxLease), "unreadable");
        inboxRepository.answer(
                inboxRepository.ask(inboxLease), new RawInboxAnswer(200, "", new byte[1], "1"), Duration.ofSeconds(5));
        var incompressible = new byte[500_000];
        new Random(1).nextBytes(incompressible);
        inboxRepository.answer(
                inboxRepository.ask(inboxLease),
                new RawInboxAnswer(200, "", incompressible, "1"),
                Duration.ofSeconds(5));
        inboxRepository.end(inboxLease, null);
    }

    private static void keys() {
        var keys = new ApiKeyRepository(SHELF.table, CLOCK);
        keys.add(key("lasts", KeyKind.LIVE, null));
        keys.add(key("ends", KeyKind.TEST, NOW.plus(Duration.ofDays(1))));
        keys.add(key("revoked", KeyKind.TEST, null));
        keys.revoke("revoked");
    }

    private static IssuedKey key(String id, KeyKind kind, @Nullable Instant expires) {
        return new IssuedKey(id, "hash", kind, "shop", EnumSet.allOf(Scope.class), NOW, expires, null);
    }

    static List<Life> lives() {
        return LIVES;
    }

    @ParameterizedTest
    @MethodSource("lives")
    void itLivesSoLong(Life life) {
        var written = WRITTEN.keySet().stream().filter(life::isOf).toList();

        assertThat(written).isNotEmpty().allSatisfy(key -> assertThat(WRITTEN.get(key))
                .isEqualTo(Optional.ofNullable(life.until())));
    }

    @Test
    void everyItemIsOfOneKind() {
        assertThat(WRITTEN.keySet()).allSatisfy(key -> assertThat(LIVES.stream().filter(life -> life.isOf(key)))
                .hasSize(1));
    }

    /** Each new kind of item has to say here how long it is kept. */
    @Test
    void everyKindThatHasAKeyHasALife() {
        var kinds = Stream.of(Keys.class.getDeclaredMethods())
                .filter(method -> method.getReturnType() == Key.class)
                .filter(not(Method::isSynthetic))
                .map(Method::getName);
        var known = LIVES.stream().map(Life::kind).collect(Collectors.toSet());

        assertThat(kinds.collect(Collectors.toSet())).isEqualTo(known);
    }
}
