package hoopoe.delivery.check;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.BatchRequest;
import hoopoe.batch.create.BatchRequest.RequestedRecipient;
import hoopoe.batch.view.MessageReader;
import hoopoe.batch.view.MessageView;
import hoopoe.batch.view.UsageReader;
import hoopoe.batch.view.UsageReader.UsagePeriod;
import hoopoe.batch.view.UsageView.DeliveryTimes;
import hoopoe.batch.view.UsageView.UsageRow;
import hoopoe.delivery.CheckState;
import hoopoe.delivery.Usage;
import hoopoe.delivery.Usage.CallerUsage;
import hoopoe.delivery.Usage.UsageCount;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.decision.OperatorDecision;
import hoopoe.message.BinaryMessage;
import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import hoopoe.provider.CancelOutcome;
import hoopoe.provider.Points;
import hoopoe.provider.ReportPage;
import hoopoe.provider.SendOutcome;
import hoopoe.store.delivery.CheckRepository.CheckResult;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What messages took is counted with the dispatch, once. */
class UsageTest {

    private static final Instant TODAY = Instant.parse("2026-03-01T00:00:00Z");
    private static final OperatorDecision WORD = new OperatorDecision(AppFixture.CALLER, "key", null, null);

    private final TickFixture tickFixture = new TickFixture();
    private final AppFixture appFixture = tickFixture.appFixture;

    private List<String> usage() {
        return usage(ChronoUnit.DAYS).stream().map(UsageTest::text).toList();
    }

    private List<UsageRow> usage(ChronoUnit by) {
        return appFixture
                .beans
                .get(UsageReader.class)
                .read(AppFixture.GRANT, new UsagePeriod(TODAY, TODAY.plus(3, ChronoUnit.DAYS), by))
                .usage();
    }

    private static String text(UsageRow row) {
        return row.state()
                + ' '
                + row.messages()
                + ' '
                + row.segments()
                + ' '
                + (row.points() == null ? "-" : row.points().amount());
    }

    private Batch sent(String cost, int recipients) {
        appFixture.provider.sending(order ->
                new SendOutcome.Accepted("ref", null, cost.isEmpty() ? null : new BigDecimal(cost), 0, "", List.of()));
        return appFixture.admitted(AppFixture.to(recipients));
    }

    @Test
    void itIsCountedWhenADispatchSettlesAndMovedWhenItChanges() {
        var batch = sent("3.0", 3);
        tickFixture.provider.reportingOf(query -> FakeProvider.report(DELIVERED, UNDELIVERED));
        tickFixture.checkWhenDue(batch);
        assertThat(usage()).isEmpty();

        tickFixture.provider.reportingOf(query -> FakeProvider.report(DELIVERED, UNDELIVERED, DELIVERED));
        tickFixture.checkWhenDue(batch);
        assertThat(usage()).containsExactly("delivered 2 2 2.0", "undelivered 1 1 1.0");

        tickFixture.calledBack(TickFixture.delivery("ref", 1, DELIVERED, "100"));
        tickFixture.checkWhenDue(batch);
        assertThat(usage()).containsExactly("delivered 3 3 3.0");
    }

    @Test
    void itIsOfTheHourInWhichTheBatchWasCreated() {
        appFixture.clock.set("2026-03-01T23:59:59Z");
        var batch = sent("1.0", 1);
        appFixture.clock.set("2026-03-02T05:00:00Z");
        tickFixture.provider.reporting(DELIVERED);
        tickFixture.checkWhenDue(batch);

        assertThat(usage(ChronoUnit.HOURS)).singleElement().satisfies(row -> {
            assertThat(row.period()).isEqualTo("2026-03-01T23:00:00Z");
            assertThat(row.caller()).isEqualTo(AppFixture.CALLER);
            assertThat(row.account()).isEqualTo("main");
        });
        assertThat(usage(ChronoUnit.DAYS).get(0).period()).isEqualTo("2026-03-01T00:00:00Z");
    }

    @Test
    void aPriceThatNobodySaidIsLeftOut() {
        var batch = sent("", 1);
        tickFixture.provider.reporting(DELIVERED);
        tickFixture.checkWhenDue(batch);

        assertThat(usage()).containsExactly("delivered 1 1 -");
    }

    @Test
    void howLongDeliveriesTookIsCounted() {
        var batch = sent("3.0", 3);
        var sent = appFixture.clock.instant();
        appFixture.clock.move(Duration.ofHours(1));
        tickFixture.provider.reportingOf(query -> new ReportPage(
                3,
                List.of(
                        row(0, null, sent.plusSeconds(90)),
                        row(1, sent.plusSeconds(60), sent.plusMillis(71_900)),
                        row(2, sent.plusSeconds(60), sent.plusSeconds(59))),
                false));
        tickFixture.checkWhenDue(batch);

        assertThat(usage(ChronoUnit.DAYS))
                .singleElement()
                .extracting(UsageRow::delivery)
                .isEqualTo(new DeliveryTimes(3, 90 + 11));
        assertThat(usage(ChronoUnit.HOURS))
                .extracting(UsageRow::delivery)
                .containsExactly(new DeliveryTimes(3, 90 + 11));
    }

    /** Of what waits at the provider, the time until it was to be sent does not count. */
    @Test
    void aDeliveryBeginsWhenItWasToBeSent() {
        var sendAt = appFixture.clock.instant().plus(Duration.ofHours(2));
        var batch = appFixture.admitted(new BatchRequest(
                null, "hello", null, sendAt.toString(), null, null, null, List.of(AppFixture.entry(0)), false));
        assertThat(tickFixture.dispatch(batch).submission().submitted()).isBefore(sendAt);
        appFixture.clock.set(sendAt.plusSeconds(60).toString());
        tickFixture.provider.reportingOf(
                query -> new ReportPage(1, List.of(row(0, null, sendAt.plusSeconds(5))), false));
        tickFixture.checkWhenDue(batch);

        assertThat(usage(ChronoUnit.DAYS)).extracting(UsageRow::delivery).containsExactly(new DeliveryTimes(1, 5));
    }

    private static ReportPage.ReportRow row(int n, Instant sent, Instant delivered) {
        var statusFact = new StatusFact(DELIVERED, delivered, "100", "", "1.0", StatusFact.Source.REPORT);
        return new ReportPage.ReportRow(TickFixture.number(n), statusFact, sent, List.of());
    }

    /** TickFixture's rows cost a point each. */
    @ParameterizedTest
    @ValueSource(strings = {"", "2.00"})
    void whatTheProviderSaysOfEachMessageCounts(String cost) {
        var batch = sent(cost, 2);
        tickFixture.provider.reportingOf(query -> new ReportPage(
                2, List.of(TickFixture.row(0, DELIVERED, "100"), TickFixture.row(1, UNDELIVERED, "101")), false));
        tickFixture.checkWhenDue(batch);

        assertThat(usage()).containsExactly("delivered 1 1 1.0", "undelivered 1 1 1.0");
    }

    /** A text of two segments, and one of one; nobody pays for what was refused. */
    @Test
    void whatTheDispatchTookIsSharedBySegments() {
        appFixture.provider.sending(
                order -> new SendOutcome.Accepted("ref", null, new BigDecimal("1.0"), 0, "", List.of()));
        var batch = appFixture.admitted(
                AppFixture.request("hello", List.of(entry(0, "a".repeat(161)), entry(1, null), entry(2, null))));
        tickFixture.provider.reportingOf(query -> FakeProvider.report(DELIVERED, UNDELIVERED, MessageState.REJECTED));
        tickFixture.checkWhenDue(batch);

        assertThat(usage()).containsExactly("delivered 1 2 0.6667", "rejected 1 1 0.0", "undelivered 1 1 0.3333");
    }

    /** What no share can have goes to the state with the most segments, wherever it stands. */
    @Test
    void theRestOfAShareGoesToTheMostSegments() {
        appFixture.provider.sending(
                order -> new SendOutcome.Accepted("ref", null, new BigDecimal("2.0"), 0, "", List.of()));
        var batch =
                appFixture.admitted(AppFixture.request("hello", List.of(entry(0, null), entry(1, "a".repeat(161)))));
        tickFixture.provider.reportingOf(query -> FakeProvider.report(DELIVERED, UNDELIVERED));
        tickFixture.checkWhenDue(batch);

        assertThat(usage()).containsExactly("delivered 1 1 0.6666", "undelivered 1 2 1.3334");
    }

    /** 800 bytes; as the estimate of its batch says. */
    @Test
    void aBinaryMessageHasTheSegmentsOfItsBytes() {
        appFixture.provider.sending(order -> FakeProvider.accepted("ref"));
        var batch = appFixture.admitted(new BatchRequest(
                null,
                "0A".repeat(800),
                null,
                null,
                null,
                null,
                new BinaryMessage(245, null),
                List.of(entry(0, null)),
                false));
        tickFixture.provider.reportingOf(query -> FakeProvider.report(DELIVERED));
        tickFixture.checkWhenDue(batch);

        assertThat(usage()).singleElement().asString().startsWith("delivered 1 6 ");
    }

    private static RequestedRecipient entry(int n, String text) {
        return new RequestedRecipient(TickFixture.number(n).e164(), text, Map.of(), null, null, null, null, null);
    }

    @Test
    void whatIsGivenBackIsNotSpent() {
        var batch = sent("2.0", 2);
        tickFixture.provider.erasing((reference, deadline) -> FakeProvider.erased(2, "1.5"));
        tickFixture.batchCancellation.erase(batch, tickFixture.deadline());
        tickFixture.provider.reporting(MessageState.CANCELLED, MessageState.CANCELLED);
        tickFixture.checkWhenDue(batch);

        assertThat(usage()).containsExactly("cancelled 2 2 0.5");
    }

    /** Two checks read the dispatch; the one that lost its lease ends between. */
    @Test
    void aCheckThatWasLateIsNotCountedTwice() {
        var batch = sent("1.0", 1);
        appFixture.clock.move(Duration.ofMinutes(1));
        var seen = tickFixture.checkRepository.find(TickFixture.id(batch)).orElseThrow();
        var now = appFixture.clock.instant();
        var slow = tickFixture.checkRepository.begin(seen, now, now).orElseThrow();
        var quick = tickFixture.checkRepository.find(TickFixture.id(batch)).orElseThrow();
        assertThat(tickFixture.checkRepository.end(slow, result(slow, "delivered")))
                .isTrue();
        quick = tickFixture
                .checkRepository
                .begin(quick, now.plusSeconds(60), now)
                .orElseThrow();

        assertThat(tickFixture.checkRepository.end(quick, result(quick, "undelivered")))
                .isFalse();
        assertThat(usage()).containsExactly("delivered 1 1 1.0");
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
    }

    private CheckResult result(CheckState check, String state) {
        var counts = new TreeMap<>(Map.of(state, new UsageCount(1, 1, BigDecimal.ONE)));
        return new CheckResult(
                DispatchState.SUBMITTED,
                0,
                Map.of(state, 1),
                appFixture.clock.instant(),
                0,
                null,
                null,
                0,
                null,
                appFixture.clock.instant(),
                new CallerUsage(AppFixture.CALLER, new Usage(counts)));
    }

    /** Many dispatches of an hour are settled at once: each transaction that meets another goes to another item. */
    @Test
    void whereTransactionsMeetTheCountersAreSpread() {
        appFixture.provider.dispatchSize(1).sending(FakeProvider::accepted);
        var batch = appFixture.admitted(AppFixture.to(20));
        appFixture.clock.move(Duration.ofMinutes(3));
        appFixture.tick();
        tickFixture.provider.reportingOf(query -> {
            int n = Integer.parseInt(query.messages().get(0).to().e164().substring(5));
            return TickFixture.page(1, n, n + 1, false, DELIVERED, "100");
        });
        appFixture.faults.each("S=CALLER#" + AppFixture.CALLER + "#04#main)", Fault.CONFLICT);
        appFixture.clock.move(Duration.ofMinutes(3));
        tickFixture.tick();

        assertThat(tickFixture.again(batch).progress().settled()).hasSize(20);
        assertThat(usage()).containsExactly("delivered 20 20 20.0");
        assertThat(tickFixture.table.query("USAGE#2026-03-01", "CALLER#")).hasSizeBetween(2, 15);
    }

    /** What was settled by a release that counted nothing is counted when something of it changes. */
    @Test
    void whatWasNeverCountedIsCountedWhole() {
        var batch = sent("2.0", 2);
        appFixture.clock.move(Duration.ofMinutes(1));
        var now = appFixture.clock.instant();
        var seen = tickFixture.checkRepository.find(TickFixture.id(batch)).orElseThrow();
        var check = tickFixture.checkRepository.begin(seen, now, now).orElseThrow();
        tickFixture.checkRepository.end(
                check,
                new CheckResult(
                        DispatchState.SUBMITTED, 0, Map.of("undelivered", 2), now, 0, null, now, 0, null, now, null));
        assertThat(usage()).isEmpty();

        tickFixture.provider.reporting(DELIVERED, UNDELIVERED);
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        tickFixture.calledBack(TickFixture.delivery("ref", 1, UNDELIVERED, "101"));
        tickFixture.checkWhenDue(batch);
        assertThat(usage()).containsExactly("delivered 1 1 1.0", "undelivered 1 1 1.0");
    }

    // ---- random histories

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void usageEqualsARecount(int seed) {
        var random = new Random(seed);
        appFixture.provider.dispatchSize(1 + random.nextInt(3)).sending(order -> outcome(random, order.token()));
        tickFixture.provider.erasing((reference, deadline) ->
                random.nextBoolean() ? FakeProvider.erased(1, "0.5") : new CancelOutcome.NoResult("-4", ""));
        tickFixture.provider.reportingOf(query -> new ReportPage(
                query.messages().size(),
                query.messages().stream()
                        .filter(message -> random.nextInt(3) > 0)
                        .map(message -> TickFixture.row(
                                Integer.parseInt(message.to().e164().substring(5)), end(random), "1"))
                        .toList(),
                false));
        var batches = new ArrayList<Batch>();
        for (int step = 0; step < 25; step++) {
            appFixture.faults.when(write -> random.nextInt(12) == 0, Fault.CONFLICT);
            step(random, batches);
            appFixture.faults.heal();
        }
        for (int day = 0; day < 5; day++) {
            appFixture.clock.move(Duration.ofDays(1));
            appFixture.tick();
            tickFixture.tick();
            tickFixture.tick();
        }
        assertThat(batches).allSatisfy(batch -> assertThat(appFixture.dispatchRepository.of(tickFixture.again(batch)))
                .allSatisfy(dispatch -> assertThat(dispatch.due()).isNull()));
        assertThat(usage()).isNotEmpty().isEqualTo(recount(batches));
    }

    private static SendOutcome outcome(Random random, String token) {
        return switch (random.nextInt(6)) {
            case 0 -> new SendOutcome.Unconfirmed("timeout", "", Optional.empty());
            case 1 -> new SendOutcome.Rejected("-306", "no");
            case 2 -> new SendOutcome.NotSent(SendOutcome.Cause.UNREACHABLE, "connect", "");
            default ->
                new SendOutcome.Accepted(
                        "ref-" + token,
                        null,
                        random.nextBoolean() ? BigDecimal.valueOf(random.nextInt(50), random.nextInt(3)) : null,
                        0,
                        "",
                        List.of());
        };
    }

    private static MessageState end(Random random) {
        return List.of(DELIVERED, UNDELIVERED, MessageState.FAILED, MessageState.REJECTED)
                .get(random.nextInt(4));
    }

    private void step(Random random, List<Batch> batches) {
        switch (random.nextInt(6)) {
            case 0 -> {
                var texts = List.of("hello", "a".repeat(161), "\u4f60".repeat(70));
                var entries = Stream.iterate(0, n -> n < 1 + random.nextInt(5), n -> n + 1)
                        .map(n -> entry(n, random.nextBoolean() ? null : texts.get(random.nextInt(3))))
                        .toList();
                if (appFixture.admit(AppFixture.request("hello", entries))
                        instanceof hoopoe.batch.create.CreateBatchResult.BatchCreated created) {
                    batches.add(created.batch());
                }
            }
            case 1 ->
                dispatch(random, batches)
                        .filter(dispatch -> dispatch.submission().reference() != null)
                        .ifPresent(dispatch -> tickFixture.calledBack(TickFixture.delivery(
                                dispatch.submission().reference(), random.nextInt(5), end(random), "1")));
            case 2 ->
                dispatch(random, batches)
                        .ifPresent(dispatch -> tickFixture.dispatchResend.resend(
                                batch(batches, dispatch.id()),
                                dispatch.id().n(),
                                WORD,
                                Optional.empty(),
                                appFixture.deadline()));
            case 3 ->
                dispatch(random, batches)
                        .filter(dispatch -> random.nextInt(4) == 0)
                        .ifPresent(dispatch -> tickFixture.batchCancellation.erase(
                                batch(batches, dispatch.id()), tickFixture.deadline()));
            default -> {
                appFixture.clock.move(Duration.ofSeconds(random.nextInt(random.nextBoolean() ? 120 : 7200)));
                appFixture.tick();
                tickFixture.tick();
            }
        }
    }

    private Batch batch(List<Batch> batches, DispatchId id) {
        return batches.stream()
                .filter(batch -> batch.id().equals(id.batch()))
                .map(tickFixture::again)
                .findFirst()
                .orElseThrow();
    }

    private Optional<Dispatch> dispatch(Random random, List<Batch> batches) {
        if (batches.isEmpty()) {
            return Optional.empty();
        }
        var all = appFixture.dispatchRepository.of(batches.get(random.nextInt(batches.size())));
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    /** From what the API shows of each message. Points are compared as a sum, which is what each dispatch took. */
    private List<String> recount(List<Batch> batches) {
        var points = BigDecimal.ZERO;
        var counts = new TreeMap<String, UsageCount>();
        for (var batch : batches) {
            for (var message : messages(batch)) {
                counts.merge(message.state(), new UsageCount(1, message.segments(), null), UsageCount::plus);
            }
        }
        var told = new TreeMap<String, UsageRow>();
        usage(ChronoUnit.DAYS).forEach(row -> told.put(row.state(), row));
        for (var batch : batches) {
            for (var dispatch : appFixture.dispatchRepository.of(batch)) {
                points = points.add(taken(dispatch, batch));
            }
        }
        var sum = told.values().stream()
                .map(UsageRow::points)
                .filter(known -> known != null)
                .map(known -> new BigDecimal(known.amount()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo(points);
        assertThat(told.values().stream().map(UsageRow::delivery).filter(times -> times != null))
                .isEqualTo(batches.stream()
                        .flatMap(this::timesToDelivery)
                        .map(seconds -> new DeliveryTimes(1, seconds))
                        .reduce((one, other) ->
                                new DeliveryTimes(one.messages() + other.messages(), one.seconds() + other.seconds()))
                        .stream()
                        .toList());
        return counts.entrySet().stream()
                .map(count -> count.getKey()
                        + ' '
                        + count.getValue().messages()
                        + ' '
                        + count.getValue().segments()
                        + ' '
                        + (told.containsKey(count.getKey())
                                        && told.get(count.getKey()).points() != null
                                ? told.get(count.getKey()).points().amount()
                                : "-"))
                .toList();
    }

    /** From what the API shows of each message, and when its dispatch was submitted. */
    private Stream<Long> timesToDelivery(Batch batch) {
        var submitted = new TreeMap<Integer, Instant>();
        for (var dispatch : appFixture.dispatchRepository.of(batch)) {
            var range = batch.ranges().get(dispatch.id().n());
            if (dispatch.submission().submitted() != null) {
                IntStream.rangeClosed(range.first(), range.last())
                        .forEach(n -> submitted.put(n, dispatch.submission().submitted()));
            }
        }
        return messages(batch).stream()
                .filter(message -> message.deliveredAt() != null)
                .filter(message -> message.sentAt() != null || submitted.containsKey(message.number()))
                .map(message -> Duration.between(
                        message.sentAt() != null ? message.sentAt() : submitted.get(message.number()),
                        message.deliveredAt()))
                .map(time -> Math.max(0, time.toSeconds()));
    }

    private BigDecimal taken(Dispatch dispatch, Batch batch) {
        var cost = dispatch.submission().cost();
        if (cost != null) {
            var refunded = dispatch.cancellation().refunded();
            return refunded == null ? cost : cost.subtract(refunded);
        }
        var range = batch.ranges().get(dispatch.id().n());
        return messages(batch).stream()
                .filter(message -> message.number() >= range.first() && message.number() <= range.last())
                .map(MessageView::cost)
                .filter(known -> known != null)
                .map(Points::amount)
                .map(BigDecimal::new)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private List<MessageView> messages(Batch batch) {
        return appFixture
                .beans
                .get(MessageReader.class)
                .page(tickFixture.again(batch), new MessageReader.MessageQuery(null, null, true, 0, 1000))
                .messages();
    }
}
