package hoopoe.testing;

import hoopoe.account.Accounts;
import hoopoe.api.http.ApiGatewayAdapter;
import hoopoe.batch.Batch;
import hoopoe.batch.Batch.Content;
import hoopoe.batch.Batch.Progress;
import hoopoe.batch.Batch.SendWindow;
import hoopoe.batch.InvalidRecipient;
import hoopoe.batch.Lifetime;
import hoopoe.batch.MessageRange;
import hoopoe.batch.Recipient;
import hoopoe.batch.view.BatchReader;
import hoopoe.delivery.check.StatusEvidence;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.Reservation;
import hoopoe.dispatch.SendResult;
import hoopoe.event.publish.EventSinks;
import hoopoe.message.PhoneNumber;
import hoopoe.message.Ulid;
import hoopoe.provider.Providers;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.batch.IdempotencyStore;
import hoopoe.store.batch.NewBatch;
import hoopoe.store.batch.RecipientRepository;
import hoopoe.store.delivery.CallbackEventRepository;
import hoopoe.store.delivery.DeliveryReportRepository;
import hoopoe.store.dispatch.DecisionRepository;
import hoopoe.store.dispatch.DispatchRepository;
import hoopoe.store.dispatch.SendResultRepository;
import hoopoe.store.inbox.ReplyRepository;
import hoopoe.store.table.Table;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table of its own, with batches in any state that a test needs. */
public final class StoreFixture {

    public static final String CALLER = "local";
    public static final String ACCOUNT = "main";
    public static final String SIMULATED = "toy";

    public static final Reservation NO_RESERVATION = new Reservation("fake", ACCOUNT, null, List.of());

    private static final Duration CALL = Duration.ofSeconds(28);

    /** The table does not ask; only the sum of what is there counts. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    public final MovableClock clock = MovableClock.at("2026-03-01T04:00:00Z");
    public final String name = FixtureTables.create();
    public final Table table;
    public final BatchRepository batchRepository;
    public final DispatchRepository dispatchRepository;
    public final SendResultRepository sendResultRepository;
    public final RecipientRepository recipientRepository;
    public final IdempotencyStore idempotencyStore;
    public final DecisionRepository decisionRepository;
    public final DeliveryReportRepository deliveryReportRepository;
    public final CallbackEventRepository callbackEventRepository;
    public final ReplyRepository replyRepository;
    public final StatusEvidence statusEvidence;

    public StoreFixture() {
        table = new Table(FixtureTables.client(), name);
        var beans = beans();
        batchRepository = beans.get(BatchRepository.class);
        dispatchRepository = beans.get(DispatchRepository.class);
        sendResultRepository = beans.get(SendResultRepository.class);
        recipientRepository = beans.get(RecipientRepository.class);
        idempotencyStore = beans.get(IdempotencyStore.class);
        decisionRepository = beans.get(DecisionRepository.class);
        deliveryReportRepository = beans.get(DeliveryReportRepository.class);
        callbackEventRepository = beans.get(CallbackEventRepository.class);
        replyRepository = beans.get(ReplyRepository.class);
        statusEvidence = beans.get(StatusEvidence.class);
    }

    /** Over this table. @param given in place of what would be made */
    public Beans beans(Object... given) {
        var usual = Stream.of(
                table,
                clock,
                accounts(),
                MetricLog.ignored(),
                new Providers(Stream.empty(), MetricLog.ignored()),
                new ApiGatewayAdapter(clock, CALL, MetricLog.ignored()),
                new EventSinks(Stream.empty(), clock));
        return new Beans(Stream.concat(Stream.of(given), usual).toArray());
    }

    public BatchReader reader() {
        return beans().get(BatchReader.class);
    }

    /** An account {@value #ACCOUNT} of the provider {@code fake}, and a simulated one. */
    public static Accounts accounts() {
        var settings = Map.of(
                "hoopoe.accounts." + ACCOUNT + ".provider",
                "fake",
                "hoopoe.accounts." + SIMULATED + ".provider",
                "fake",
                "hoopoe.accounts." + SIMULATED + ".simulated",
                "true");
        return new Accounts(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build());
    }

    /** A batch to be sent at once, with a dispatch of each size, none claimed. */
    public Batch batch(int... sizes) {
        return batch(CALLER, null, numbers(sizes));
    }

    public Batch batch(String caller, @Nullable Instant sendAt, List<List<Integer>> numbers) {
        var batch = unspread(caller, sendAt, numbers, List.of());
        if (numbers.size() > 1) {
            dispatchRepository.spread(batch, n -> numbers.get(n).size(), clock.instant());
        }
        return stored(batch);
    }

    /** As it is before its dispatches are created; where there is one, that is there. */
    public Batch unspread(
            String caller, @Nullable Instant sendAt, List<List<Integer>> numbers, List<InvalidRecipient> rejected) {
        var batch = batch(caller, sendAt, numbers, rejected.size());
        var first = Dispatch.waiting(batch, 0, numbers.get(0).size(), clock.instant());
        var added = new NewBatch(
                batch,
                first,
                numbers.stream()
                        .map(some -> some.stream().map(StoreFixture::recipient).toList())
                        .toList(),
                rejected);
        batchRepository.add(added, Optional.empty(), clock.instant());
        return batch;
    }

    /** One of one message, with that subject. */
    public Batch batchAbout(String subject) {
        var batch = batch(CALLER, null, numbers(1), 0, subject);
        var first = Dispatch.waiting(batch, 0, 1, clock.instant());
        batchRepository.add(
                new NewBatch(batch, first, List.of(List.of(recipient(0))), List.of()),
                Optional.empty(),
                clock.instant());
        return batch;
    }

    /** A batch of one message that this repository stores. */
    public Batch stored(BatchRepository by, int number) {
        var batch = batch(CALLER, null, List.of(List.of(number)), 0);
        var first = Dispatch.waiting(batch, 0, 1, clock.instant());
        by.add(
                new NewBatch(batch, first, List.of(List.of(recipient(number))), List.of()),
                Optional.empty(),
                clock.instant());
        return batch;
    }

    private Batch batch(String caller, @Nullable Instant sendAt, List<List<Integer>> numbers, int rejected) {
        return batch(caller, sendAt, numbers, rejected, "");
    }

    private Batch batch(
            String caller, @Nullable Instant sendAt, List<List<Integer>> numbers, int rejected, String subject) {
        var now = clock.instant();
        var last = sendAt == null ? now : sendAt;
        return new Batch(
                Batch.PREFIX + Ulid.next(now, new SecureRandom()),
                caller,
                ACCOUNT,
                new Content("hello", subject, "mine", null),
                new SendWindow(sendAt, null, last.plus(Duration.ofHours(24)), last),
                numbers.stream().mapToInt(List::size).sum(),
                rejected,
                numbers.stream()
                        .map(some -> new MessageRange(some.get(0), some.get(some.size() - 1)))
                        .toList(),
                "{\"segments\":1}",
                Progress.accepted(numbers.size() == 1),
                new Lifetime(now, last.plus(Duration.ofDays(90))),
                null);
    }

    public static Recipient recipient(int n) {
        return new Recipient(n, new PhoneNumber(number(n)), null, null, null, null, "r" + n, null, null);
    }

    public static String number(int n) {
        return String.format("+8869%08d", n);
    }

    /** {@code 0 1 | 2 3 4} for 2 and 3. */
    public static List<List<Integer>> numbers(int... sizes) {
        var next = new int[1];
        return IntStream.of(sizes)
                .mapToObj(size ->
                        IntStream.range(0, size).mapToObj(i -> next[0]++).toList())
                .toList();
    }

    public Batch stored(Batch batch) {
        return batchRepository.find(batch.id()).orElseThrow();
    }

    public Dispatch dispatch(Batch batch, int n) {
        return dispatchRepository.find(batch.id(), n).orElseThrow();
    }

    public void claim(Batch batch, int n) {
        dispatchRepository.claim(
                dispatch(batch, n),
                NO_RESERVATION,
                clock.instant(),
                clock.instant().plusSeconds(90));
    }

    /** The provider took it, under {@code ref-<n>}. */
    public void submit(Batch batch, int n) {
        claim(batch, n);
        answer(batch, n, true);
    }

    /** The answer to one in flight, or to one whose answer seemed lost. */
    public void answer(Batch batch, int n, boolean sure) {
        write(
                batch,
                n,
                new SendResult(
                        sure ? DispatchState.SUBMITTED : DispatchState.UNCONFIRMED,
                        reference(batch, n),
                        null,
                        null,
                        new BigDecimal("2.00"),
                        0,
                        clock.instant(),
                        clock.instant().plusSeconds(3600),
                        Map.of()));
    }

    private void write(Batch batch, int n, SendResult sendResult) {
        sendResultRepository.write(dispatch(batch, n).lease(), NO_RESERVATION, sendResult, PATIENCE);
    }

    private SendResult result(DispatchState state, String code, String text) {
        return new SendResult(
                state, null, code, text, clock.instant(), clock.instant().plusSeconds(3600));
    }

    /** The provider took all messages, and a worker is to look at them at once. */
    public static SendResult taken(@Nullable String reference, Instant at) {
        return new SendResult(DispatchState.SUBMITTED, reference, null, null, at, at);
    }

    public static String reference(Batch batch, int n) {
        return "ref-" + batch.id().toLowerCase(Locale.ROOT).replace('_', '-') + '-' + n;
    }

    public void lose(Batch batch, int n) {
        claim(batch, n);
        write(batch, n, result(DispatchState.UNCONFIRMED, "lost", ""));
    }

    public void reject(Batch batch, int n) {
        claim(batch, n);
        write(batch, n, result(DispatchState.REJECTED, "-5", "no"));
    }
}
