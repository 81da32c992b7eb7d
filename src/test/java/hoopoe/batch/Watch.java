package hoopoe.batch;

import hoopoe.account.credit.CreditReader;
import hoopoe.batch.check.Checks;
import hoopoe.batch.check.Evidence;
import hoopoe.batch.check.Question;
import hoopoe.batch.erasure.Erasure;
import hoopoe.batch.inbound.Callbacks;
import hoopoe.batch.inbound.Drainer;
import hoopoe.batch.inbound.Mail;
import hoopoe.batch.tick.Tick;
import hoopoe.batch.tick.TickSummary;
import hoopoe.batch.view.BatchReader;
import hoopoe.message.StatusFact;
import hoopoe.message.StatusFact.Source;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.Deadline;
import hoopoe.provider.Providers;
import hoopoe.provider.ReportPage;
import hoopoe.settle.Settlement;
import hoopoe.store.Balances;
import hoopoe.store.Batch;
import hoopoe.store.BatchTotals;
import hoopoe.store.Checkups;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchId;
import hoopoe.store.DueItems;
import hoopoe.store.Echoes;
import hoopoe.store.Erasures;
import hoopoe.store.Events;
import hoopoe.store.InboundDays;
import hoopoe.store.Inboxes;
import hoopoe.store.Quarantine;
import hoopoe.store.Replies;
import hoopoe.store.Reply;
import hoopoe.store.ReplySearch;
import hoopoe.store.Report;
import hoopoe.store.Reports;
import hoopoe.store.Settlements;
import hoopoe.store.Table;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.ReportingProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The evidence half over the sending half of {@link House}. */
public final class Watch {

    public final House house;
    public final ReportingProvider provider;
    public final Table table;
    public final Events events;
    final Reports reports;
    final Replies replies;
    public final Checkups checkups;
    public final Evidence evidence;
    public final Erasure erasure;
    public final Callbacks callbacks;
    public final Checks checks;
    public final DueItems due;
    public final Inboxes inboxes;
    public final Drainer drainer;
    public final Tick tick;
    public final Settlements settlements;
    public final Settlement settlement;
    public final BatchReader reader;

    public Watch(String... settings) {
        this(2000, settings);
    }

    /** @param most how many due things a tick reads */
    public Watch(int most, String... settings) {
        this(most, new House(settings));
    }

    public Watch(House over) {
        this(2000, over);
    }

    /** Over what stands, as other settings see it: names and values in turn. */
    public Watch another(String... settings) {
        return new Watch(2000, house.another(settings));
    }

    private Watch(int most, House over) {
        house = over;
        var clock = house.clock;
        table = new Table(house.faults.client(), house.name);
        provider = new ReportingProvider(house.provider);
        var providers = new Providers(Stream.of(provider), house.told.metrics());
        events = new Events(table, clock);
        reports = new Reports(table);
        replies = new Replies(table, events, new InboundDays(table), clock);
        checkups = new Checkups(table);
        due = new DueItems(table, most);
        inboxes = new Inboxes(table, house.config, clock);
        evidence = new Evidence(house.accounts, house.recipients, events, reports, replies);
        erasure = erasure(house);
        callbacks = new Callbacks(
                providers,
                house.batches,
                events,
                new Echoes(table, house.references, house.dispatches, clock),
                replies,
                checkups,
                new Quarantine(table, clock),
                house.told.metrics(),
                clock);
        checks = checks(house);
        drainer = new Drainer(
                house.accounts,
                providers,
                inboxes,
                new Mail(providers, inboxes, replies, house.told.metrics()),
                house.timeouts,
                house.told.metrics());
        tick = new Tick(
                due,
                checkups,
                house.spread,
                house.reaper,
                house.dispatcher,
                drainer,
                house.round,
                checks,
                new CreditReader(house.accounts, providers, new Balances(table), house.told.metrics(), clock),
                house.timeouts,
                house.told.metrics(),
                clock);
        settlements = new Settlements(table, clock);
        settlement = new Settlement(
                house.accounts,
                providers,
                house.calls,
                house.dispatches,
                settlements,
                evidence,
                house.dispatcher,
                house.timeouts,
                house.told.metrics(),
                clock);
        reader = new BatchReader(
                house.batches,
                house.dispatches,
                house.recipients,
                settlements,
                new BatchTotals(table),
                evidence,
                house.told.metrics(),
                clock);
    }

    private Erasure erasure(House over) {
        var providers = new Providers(Stream.of(provider), house.told.metrics());
        return new Erasure(
                house.batches,
                house.dispatches,
                new Erasures(table),
                over.accounts,
                providers,
                house.told.metrics(),
                house.clock);
    }

    /** With the accounts of another house over the same table. */
    public Checks checks(House over) {
        return new Checks(
                house.batches,
                house.dispatches,
                checkups,
                evidence,
                new Question(
                        over.accounts,
                        new Providers(Stream.of(provider), house.told.metrics()),
                        evidence,
                        checkups,
                        house.timeouts,
                        house.clock),
                erasure(over),
                new BatchTotals(table),
                house.timeouts,
                house.told.metrics(),
                house.clock);
    }

    public TickSummary tick() {
        return tick.run(deadline());
    }

    public Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(55), house.clock);
    }

    /** A batch of one dispatch that the provider took. */
    public Batch submitted(int recipients, String reference) {
        house.provider.sending(order -> FakeProvider.accepted(reference));
        return house.admitted(House.to(recipients));
    }

    /** A batch of one dispatch whose answer was lost. */
    public Batch lost(int recipients) {
        house.provider.sending(order -> FakeProvider.lost());
        return house.admitted(House.to(recipients));
    }

    public void calledBack(CallbackContent read) {
        callbacks.take(house.accounts.find("main").orElseThrow(), provider.request(read));
    }

    public Checks.Outcome check(Batch batch) {
        return checks.run(checkups.find(id(batch)).orElseThrow(), deadline());
    }

    /** At the instant at which it is due. */
    public Checks.Outcome checkWhenDue(Batch batch) {
        var due = dispatch(batch).due();
        if (due == null) {
            throw new AssertionError("never again");
        }
        if (due.isAfter(house.clock.instant())) {
            house.clock.set(due.toString());
        }
        return check(batch);
    }

    public static DispatchId id(Batch batch) {
        return new DispatchId(batch.id(), 0);
    }

    public Dispatch dispatch(Batch batch) {
        return house.dispatch(batch, 0);
    }

    public Batch again(Batch batch) {
        return house.batches.find(batch.id()).orElseThrow();
    }

    public Report report(Batch batch) {
        return reports.of(id(batch));
    }

    public Optional<StatusFact> winner(Batch batch, int n) {
        return report(batch).line(n).history().winner();
    }

    public List<Reply> replies() {
        return replies.list(new ReplySearch(House.CALLER, null, null, null, null, null, 100))
                .replies();
    }

    /** What somebody sees who is no operator. */
    public List<Reply> replies(String caller) {
        return replies.list(new ReplySearch(caller, false, null, null, null, null, null, null, 100))
                .replies();
    }

    public static PhoneNumber number(int n) {
        return new PhoneNumber("+8869" + String.format("%08d", n));
    }

    public static StatusFact fact(MessageState state, String code, @Nullable Instant at) {
        return new StatusFact(state, at, code, "", null, Source.CALLBACK);
    }

    public static CallbackContent.DeliveryCallback delivery(String reference, int n, MessageState state, String code) {
        return delivery(reference, n, state, code, null);
    }

    public static CallbackContent.DeliveryCallback delivery(
            String reference, int n, MessageState state, String code, @Nullable String token) {
        return new CallbackContent.DeliveryCallback(
                reference,
                Optional.ofNullable(token),
                number(n),
                fact(state, code, Instant.parse("2026-03-01T04:00:30Z")),
                null,
                reference + n + code);
    }

    public static CallbackContent.ReplyCallback reply(String reference, int n, String text, @Nullable Instant at) {
        return new CallbackContent.ReplyCallback(
                Optional.of(reference),
                Optional.empty(),
                number(n),
                at,
                text,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                reference + n + text + at,
                false);
    }

    /** With our token alone, as a provider echoes it that names no batch. */
    public static CallbackContent.ReplyCallback echoed(String token, int n, String text, @Nullable Instant at) {
        return new CallbackContent.ReplyCallback(
                Optional.empty(),
                Optional.of(token),
                number(n),
                at,
                text,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                token + n + text + at,
                false);
    }

    public static ReportPage.ReportRow row(int n, MessageState state, String code, ReportPage.ReplyRow... replies) {
        var statusFact = new StatusFact(state, Instant.parse("2026-03-01T04:00:20Z"), code, "", "1.0", Source.REPORT);
        return new ReportPage.ReportRow(number(n), statusFact, Instant.parse("2026-03-01T04:00:02Z"), List.of(replies));
    }

    /** Rows of messages in one state. */
    public static ReportPage page(int total, int from, int until, boolean more, MessageState state, String code) {
        return new ReportPage(
                total,
                IntStream.range(from, until).mapToObj(n -> row(n, state, code)).toList(),
                more);
    }
}
