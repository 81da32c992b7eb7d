package hoopoe.batch;

import hoopoe.batch.view.BatchReader;
import hoopoe.config.Timeouts;
import hoopoe.delivery.DeliveryReport;
import hoopoe.delivery.callback.CallbackHandler;
import hoopoe.delivery.check.DispatchCheck;
import hoopoe.delivery.check.StatusEvidence;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.cancel.BatchCancellation;
import hoopoe.dispatch.decision.DispatchConfirmation;
import hoopoe.dispatch.decision.DispatchResend;
import hoopoe.inbox.Reply;
import hoopoe.inbox.ReplySearch;
import hoopoe.inbox.drain.InboxDrainer;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.message.StatusFact;
import hoopoe.message.StatusFact.Source;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.Deadline;
import hoopoe.provider.ReportPage;
import hoopoe.schedule.ErrorBoundary;
import hoopoe.schedule.LateItems;
import hoopoe.schedule.Tick;
import hoopoe.schedule.TickSummary;
import hoopoe.schedule.WorkerShare;
import hoopoe.store.DueItemRepository;
import hoopoe.store.Keys;
import hoopoe.store.delivery.CallbackEventRepository;
import hoopoe.store.delivery.CheckRepository;
import hoopoe.store.delivery.DeliveryReportRepository;
import hoopoe.store.dispatch.DecisionRepository;
import hoopoe.store.inbox.InboxRepository;
import hoopoe.store.inbox.ReplyFeed;
import hoopoe.store.inbox.ReplyRepository;
import hoopoe.store.table.Table;
import hoopoe.testing.FakeProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The evidence half over the sending half of {@link AppFixture}. */
public final class TickFixture {

    public final AppFixture appFixture;
    public final FakeProvider provider;
    public final Table table;
    public final CallbackEventRepository callbackEventRepository;
    final DeliveryReportRepository deliveryReportRepository;
    public final ReplyRepository replyRepository;
    final ReplyFeed replyFeed;
    public final CheckRepository checkRepository;
    public final StatusEvidence statusEvidence;
    public final BatchCancellation batchCancellation;
    public final CallbackHandler callbackHandler;
    public final DispatchCheck dispatchCheck;
    public final DueItemRepository due;
    public final InboxRepository inboxRepository;
    public final InboxDrainer inboxDrainer;
    public final Tick tick;
    public final DecisionRepository decisionRepository;
    public final DispatchConfirmation dispatchConfirmation;
    public final DispatchResend dispatchResend;
    public final BatchReader reader;

    public TickFixture(String... settings) {
        this(2000, settings);
    }

    /** @param most how many due things a tick reads */
    public TickFixture(int most, String... settings) {
        this(most, new AppFixture(settings));
    }

    public TickFixture(AppFixture over) {
        this(2000, over);
    }

    /** Over what stands, as other settings see it: names and values in turn. */
    public TickFixture another(String... settings) {
        return new TickFixture(2000, appFixture.another(settings));
    }

    /** Another process over the same table, with a clock and a provider of its own. */
    public TickFixture beside() {
        return new TickFixture(2000, appFixture.beside());
    }

    private TickFixture(int most, AppFixture over) {
        appFixture = over;
        var beans = appFixture.beans;
        table = beans.get(Table.class);
        provider = appFixture.provider;
        callbackEventRepository = beans.get(CallbackEventRepository.class);
        deliveryReportRepository = beans.get(DeliveryReportRepository.class);
        replyRepository = beans.get(ReplyRepository.class);
        replyFeed = beans.get(ReplyFeed.class);
        checkRepository = beans.get(CheckRepository.class);
        due = beans.given(new DueItemRepository(table, most));
        inboxRepository = beans.get(InboxRepository.class);
        statusEvidence = beans.get(StatusEvidence.class);
        batchCancellation = beans.get(BatchCancellation.class);
        callbackHandler = beans.get(CallbackHandler.class);
        dispatchCheck = beans.get(DispatchCheck.class);
        inboxDrainer = beans.get(InboxDrainer.class);
        beans.given(new LateItems(Stream.of(), beans.get(ErrorBoundary.class), beans.get(Timeouts.class)));
        tick = beans.get(Tick.class);
        decisionRepository = beans.get(DecisionRepository.class);
        dispatchConfirmation = beans.get(DispatchConfirmation.class);
        dispatchResend = beans.get(DispatchResend.class);
        reader = beans.get(BatchReader.class);
    }

    public TickSummary tick() {
        return tick(WorkerShare.WHOLE);
    }

    public TickSummary tick(WorkerShare share) {
        return tick.run(share, deadline());
    }

    public Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(55), appFixture.clock);
    }

    /** A batch of one dispatch that the provider took. */
    public Batch submitted(int recipients, String reference) {
        appFixture.provider.sending(order -> FakeProvider.accepted(reference));
        return appFixture.admitted(AppFixture.to(recipients));
    }

    /** A batch of one dispatch whose answer was lost. */
    public Batch lost(int recipients) {
        appFixture.provider.sending(order -> FakeProvider.lost());
        return appFixture.admitted(AppFixture.to(recipients));
    }

    public void calledBack(CallbackContent read) {
        callbackHandler.take(appFixture.accounts.find("main").orElseThrow(), provider.request(read));
    }

    public DispatchCheck.Outcome check(Batch batch) {
        return dispatchCheck.run(checkRepository.find(id(batch)).orElseThrow(), deadline());
    }

    /** At the instant at which it is due. */
    public DispatchCheck.Outcome checkWhenDue(Batch batch) {
        var due = dispatch(batch).due();
        if (due == null) {
            throw new AssertionError("never again");
        }
        if (due.isAfter(appFixture.clock.instant())) {
            appFixture.clock.set(due.toString());
        }
        return check(batch);
    }

    public static DispatchId id(Batch batch) {
        return new DispatchId(batch.id(), 0);
    }

    public Dispatch dispatch(Batch batch) {
        return appFixture.dispatch(batch, 0);
    }

    public Batch again(Batch batch) {
        return appFixture.batchRepository.find(batch.id()).orElseThrow();
    }

    public DeliveryReport report(Batch batch) {
        return deliveryReportRepository.of(id(batch));
    }

    public Optional<StatusFact> winner(Batch batch, int n) {
        return report(batch).line(n).history().winner();
    }

    /** How many orphan callbacks came for an account on a day (UTC) and are still stored. */
    public int orphanEvents(String account, LocalDate day) {
        return table.query(query -> query.indexName("list")
                        .keyConditionExpression("#list = :list")
                        .expressionAttributeNames(Map.of("#list", "list"))
                        .expressionAttributeValues(Map.of(":list", AttributeValue.fromS(Keys.orphans(account, day)))))
                .items()
                .size();
    }

    /** The view of an operator. */
    public List<Reply> replies() {
        return replies(AppFixture.CALLER, true);
    }

    /** The view of a caller who is not an operator. */
    public List<Reply> replies(String caller) {
        return replies(caller, false);
    }

    private List<Reply> replies(String caller, boolean operator) {
        return replyFeed
                .page(new ReplySearch(caller, operator, null, null, null, Instant.EPOCH, null, 100))
                .replies()
                .stream()
                .map(ReplySearch.VisibleReply::reply)
                .toList();
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
