package hoopoe.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.access.Grant;
import hoopoe.access.IssuedKey;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.BatchRequest;
import hoopoe.batch.create.CreateBatchResult;
import hoopoe.batch.view.UsageReader;
import hoopoe.batch.view.UsageReader.UsagePeriod;
import hoopoe.delivery.Usage;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.observability.Metric;
import hoopoe.provider.CallbackContent;
import hoopoe.store.access.ApiKeyRepository;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.Mailbox;
import hoopoe.testing.TableDump;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an earlier commit wrote is read as that commit read it, and gone on with: a table outlives the code. */
class BackwardCompatibilityTest {

    private static final TableDump DUMP = TableDump.of020edb9();
    private static final JsonNode ANSWERS = TableDump.answersOf020edb9();

    /** No test writes to this table. */
    private static final TickFixture READ = loaded();

    private static final TableAnswers TODAY = new TableAnswers(READ);

    private static TickFixture loaded() {
        var tickFixture = new TickFixture(
                "hoopoe.default-account",
                "main",
                "hoopoe.accounts.away.provider",
                FakeProvider.TYPE,
                "hoopoe.accounts.refused.provider",
                FakeProvider.TYPE,
                "hoopoe.accounts.simulated.provider",
                FakeProvider.TYPE,
                "hoopoe.accounts.simulated.simulated",
                "true",
                "AWS_LAMBDA_FUNCTION_VERSION",
                "2");
        tickFixture.appFixture.provider.mailbox(new Mailbox(2)).dispatchSize(2);
        DUMP.load(tickFixture.appFixture.healthy, tickFixture.appFixture.name);
        tickFixture.appFixture.clock.set(DUMP.now().toString());
        return tickFixture;
    }

    static List<Arguments> questions() {
        var all = new ArrayList<Arguments>();
        ANSWERS.path("answers").properties().forEach(moment -> moment.getValue()
                .fieldNames()
                .forEachRemaining(question -> all.add(Arguments.of(moment.getKey(), question))));
        return all;
    }

    @ParameterizedTest
    @MethodSource("questions")
    void whatWasWrittenIsReadTheSame(String moment, String question) {
        READ.appFixture.clock.set(moment);
        var then = ANSWERS.path("answers").path(moment).path(question);

        assertThat(TODAY.ask(question)).isEqualTo(ContractChanges.today(question, then));
    }

    @Test
    void aRepeatedCallIsAnsweredByTheBatchItMade() {
        var again = loaded().appFixture.admit(AppFixture.to(1), "key-1");

        assertThat(again).isInstanceOfSatisfying(CreateBatchResult.CreateReplayed.class, createReplayed -> assertThat(
                        createReplayed.batch().id())
                .isEqualTo(batch("settled")));
    }

    @Test
    void aReceivedMessageIsAnsweredOnce() {
        var requestedRecipient = new BatchRequest.RequestedRecipient(
                TickFixture.number(98).e164(), null, Map.of(), null, null, null, null, "815");

        assertThat(loaded().appFixture.admit(AppFixture.request("once more", List.of(requestedRecipient))))
                .isInstanceOfSatisfying(
                        CreateBatchResult.CreateRefused.class,
                        createRefused -> assertThat(createRefused.code()).isEqualTo("received_id_used"));
    }

    @Test
    void whatIsToldAgainIsKeptOnce() {
        var tickFixture = loaded();
        var before = replies(tickFixture);
        tickFixture.calledBack(TickFixture.reply("abc-1", 1, "Thank you!", Instant.parse("2026-03-01T04:05:00Z")));
        var mailbox = new Mailbox(2)
                .put(TickFixture.number(70).e164(), "55880", Instant.parse("2026-03-01T05:00:00Z"), "mail one");
        tickFixture.appFixture.provider.mailbox(mailbox);
        tickFixture.inboxDrainer.drain(
                tickFixture.appFixture.accounts.find("main").orElseThrow(),
                tickFixture.deadline(),
                tickFixture.deadline());

        assertThat(mailbox.taken()).isOne();
        assertThat(replies(tickFixture)).isEqualTo(before).isNotEmpty();
        assertThat(tickFixture.replies()).isEmpty();
    }

    /** One of the two places of a kind is taken by a key that is valid, the other by one that is revoked, or has ended. */
    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void oneMoreKeyOfAKindCanBeMade(KeyKind kind) {
        var tickFixture = loaded();
        var keys = new ApiKeyRepository(tickFixture.table, tickFixture.appFixture.clock);

        assertThat(keys.add(key("new", kind))).isTrue();
        assertThat(keys.add(key("newer", kind))).isFalse();
        keys.revoke(kind == KeyKind.LIVE ? "lasts" : "ends");
        assertThat(keys.add(key("newer", kind))).isTrue();
    }

    private static IssuedKey key(String id, KeyKind kind) {
        return new IssuedKey(id, "hash", kind, "shop", EnumSet.allOf(Scope.class), DUMP.now(), null, null);
    }

    @Test
    void anInboxIsEmptiedByOneAtATime() {
        var tickFixture = loaded();
        tickFixture.appFixture.clock.set("2026-03-01T06:21:59Z");
        assertThat(tickFixture.inboxRepository.begin("refused", DUMP.now())).isEmpty();

        tickFixture.appFixture.clock.move(Duration.ofSeconds(1));
        assertThat(tickFixture.inboxRepository.begin("refused", DUMP.now())).isPresent();
    }

    /** Only what waited is sent; what may have been sent, or is over, is not. */
    @Test
    void ticksGoOnWithItAndSendNothingTwice() {
        var tickFixture = loaded();
        var tokens = Stream.concat(
                        dispatches(tickFixture)
                                .filter(dispatch -> dispatch.state() == DispatchState.ACCEPTED)
                                .map(Dispatch::token),
                        Stream.of(0, 1).map(n -> batch("unspread").substring("bat_".length()) + '-' + n))
                .toList();
        ticks(tickFixture, 12);

        assertThat(tokens).hasSizeGreaterThan(3);
        assertThat(tickFixture.appFixture.provider.taken())
                .isEqualTo(tokens.stream().collect(Collectors.toMap(token -> token, token -> 1)));
        assertThat(tickFixture.appFixture.told.sum(Metric.INTERNAL_ERRORS)).isZero();
        assertThat(dispatches(tickFixture).map(Dispatch::state))
                .doesNotContain(DispatchState.ACCEPTED, DispatchState.DISPATCHING);
        assertThat(replies(tickFixture)).contains("mail three");
        assertThat(tickFixture.inboxRepository.standing("refused").losses()).isOne();
    }

    /** Nothing was counted then: what settles since counts whole, what had settled does once a check writes it again. */
    @Test
    void usageCountsWhatSettlesSince() {
        var tickFixture = loaded();
        for (int day = 0; day < 5; day++) {
            tickFixture.appFixture.clock.move(Duration.ofDays(1));
            ticks(tickFixture, 2);
        }
        var settled = tickFixture.appFixture.stored().stream()
                .filter(batch -> batch.progress().settled().size() == batch.dispatches())
                .toList();
        var counted = new TreeMap<String, Long>();
        items(tickFixture)
                .filter(item -> item.containsKey("usage"))
                .flatMap(item -> Usage.read(item.get("usage").s()).counts().entrySet().stream())
                .forEach(state -> counted.merge(state.getKey(), state.getValue().messages(), Long::sum));
        var told = new TreeMap<String, Long>();
        var grant = new Grant("local", "k", KeyKind.LIVE, EnumSet.allOf(Scope.class));
        var day = Instant.parse("2026-03-01T00:00:00Z");
        tickFixture
                .appFixture
                .beans
                .get(UsageReader.class)
                .read(grant, new UsagePeriod(day, day.plus(Duration.ofDays(1)), ChronoUnit.DAYS))
                .totals()
                .forEach(row -> told.merge(row.state(), row.messages(), Long::sum));

        assertThat(settled).hasSizeGreaterThan(3);
        assertThat(told).isNotEmpty().isEqualTo(counted);
        assertThat(told.values().stream().mapToLong(Long::longValue).sum())
                .isLessThan(settled.stream().mapToInt(Batch::accepted).sum());
    }

    /** Only people read these. Today's items have all attributes of that time, but for tries that begin again. */
    @ParameterizedTest
    @ValueSource(strings = {"QUARANTINE", "INBOX_ASIDE", "INBOX_LOSS"})
    void whatIsKeptForPeopleHasTheSameAttributes(String kind) {
        var tickFixture = loaded();
        tickFixture.calledBack(new CallbackContent.UnreadableCallback("not xml"));
        ticks(tickFixture, 2);
        var then = DUMP.items().stream()
                .filter(item -> isOf(kind, item))
                .flatMap(item -> item.keySet().stream())
                .filter(name -> !name.equals("tries"))
                .toList();

        assertThat(items(tickFixture))
                .filteredOn(item -> isOf(kind, item) && !DUMP.items().contains(item))
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item.keySet()).containsAll(then));
    }

    /** Further apart than any lease and any pause is long. */
    private static void ticks(TickFixture tickFixture, int times) {
        for (int i = 0; i < times; i++) {
            tickFixture.appFixture.clock.move(Duration.ofMinutes(7));
            tickFixture.tick();
        }
    }

    /** @param name as the answers tell them apart */
    private static String batch(String name) {
        var all = new HashMap<String, String>();
        ANSWERS.path("batches")
                .properties()
                .forEach(one -> all.put(one.getValue().asText(), one.getKey()));
        return all.get(name);
    }

    /** All that are stored: those of the dump came before the feed. */
    private static List<String> replies(TickFixture tickFixture) {
        return items(tickFixture)
                .filter(item -> isOf("INBOUND", item))
                .map(item -> item.get("text").s())
                .sorted()
                .toList();
    }

    private static Stream<Dispatch> dispatches(TickFixture tickFixture) {
        return tickFixture.appFixture.stored().stream()
                .flatMap(batch -> tickFixture.appFixture.dispatchRepository.of(batch).stream());
    }

    private static Stream<Map<String, AttributeValue>> items(TickFixture tickFixture) {
        return tickFixture
                .appFixture
                .healthy
                .scanPaginator(
                        scan -> scan.tableName(tickFixture.appFixture.name).consistentRead(true))
                .items()
                .stream();
    }

    private static boolean isOf(String kind, Map<String, AttributeValue> item) {
        return item.containsKey("kind") && item.get("kind").s().equals(kind);
    }
}
