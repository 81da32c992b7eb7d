package hoopoe.batch;

import hoopoe.access.Grant;
import hoopoe.account.Accounts;
import hoopoe.batch.create.BatchCreator;
import hoopoe.batch.create.BatchRequest;
import hoopoe.batch.create.CreateBatchResult;
import hoopoe.config.Timeouts;
import hoopoe.delivery.ProviderReference;
import hoopoe.delivery.check.MessageMetrics;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.send.DispatchCreator;
import hoopoe.dispatch.send.DispatchRound;
import hoopoe.dispatch.send.Dispatcher;
import hoopoe.dispatch.send.ExpiredLeases;
import hoopoe.event.publish.EventSinks;
import hoopoe.provider.Deadline;
import hoopoe.provider.Providers;
import hoopoe.provider.http.HttpLimits;
import hoopoe.store.account.DynamoSessionStore;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.batch.IdempotencyStore;
import hoopoe.store.batch.RecipientRepository;
import hoopoe.store.delivery.ReferenceRepository;
import hoopoe.store.dispatch.DispatchRepository;
import hoopoe.store.dispatch.SendResultRepository;
import hoopoe.store.inbox.ReplyRepository;
import hoopoe.store.table.Table;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.Beans;
import hoopoe.testing.FakeListener;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.FixtureTables;
import hoopoe.testing.MetricLog;
import hoopoe.testing.MovableClock;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The sending half over a table of its own, a provider that does as it is told, and a clock that stands still. */
public final class AppFixture {

    public static final Grant GRANT = ApiEvents.EVERYTHING;
    public static final String CALLER = GRANT.caller();

    public final DynamoDbClient healthy = FixtureTables.client();
    public final FakeProvider provider;
    public final FakeListener listener = new FakeListener();
    public final MovableClock clock;
    public final FaultyDynamo faults;
    public final String name;

    final Config config;
    public final Beans beans;
    public final Timeouts timeouts;
    public final Accounts accounts;
    public final IdempotencyStore idempotencyStore;
    public final BatchRepository batchRepository;
    public final ReplyRepository replyRepository;
    public final DispatchRepository dispatchRepository;
    public final SendResultRepository sendResultRepository;
    public final RecipientRepository recipientRepository;
    public final ReferenceRepository referenceRepository;
    public final Dispatcher dispatcher;
    public final DispatchCreator dispatchCreator;
    public final BatchCreator batchCreator;
    public final DispatchRound dispatchRound;
    public final ExpiredLeases expiredLeases;
    public final MetricLog told;
    public final MessageMetrics messageMetrics;

    public AppFixture(String... settings) {
        this(FixtureTables.client(), settings);
    }

    /** @param client between this house and the table */
    public AppFixture(DynamoDbClient client, String... settings) {
        this(
                new FakeProvider(),
                MovableClock.at("2026-03-01T04:00:00Z"),
                new FaultyDynamo(client),
                FixtureTables.create(),
                config(settings));
    }

    private AppFixture(FakeProvider provider, MovableClock clock, FaultyDynamo faults, String name, Config config) {
        this.provider = provider;
        this.clock = clock;
        this.faults = faults;
        this.name = name;
        this.config = config;
        provider.limits(HttpLimits.of(config));
        told = new MetricLog(clock);
        var table = new Table(faults.client(), name);
        beans = new Beans(
                table,
                new DynamoSessionStore(table),
                clock,
                config,
                told.metrics(),
                new Providers(Stream.of(provider), told.metrics()),
                new EventSinks(Stream.of(listener), clock));
        messageMetrics = beans.get(MessageMetrics.class);
        accounts = beans.get(Accounts.class);
        timeouts = beans.get(Timeouts.class);
        idempotencyStore = beans.get(IdempotencyStore.class);
        batchRepository = beans.get(BatchRepository.class);
        replyRepository = beans.get(ReplyRepository.class);
        dispatchRepository = beans.get(DispatchRepository.class);
        sendResultRepository = beans.get(SendResultRepository.class);
        recipientRepository = beans.get(RecipientRepository.class);
        referenceRepository = beans.get(ReferenceRepository.class);
        dispatcher = beans.get(Dispatcher.class);
        dispatchCreator = beans.get(DispatchCreator.class);
        batchCreator = beans.get(BatchCreator.class);
        dispatchRound = beans.get(DispatchRound.class);
        expiredLeases = beans.get(ExpiredLeases.class);
    }

    /** Another process over the same table. */
    public AppFixture another() {
        return new AppFixture(provider, clock, faults, name, config);
    }

    /** Another process over the same table, with other settings: names and values in turn. */
    public AppFixture another(String... settings) {
        return new AppFixture(provider, clock, faults, name, config(settings));
    }

    /** Another process over the same table, with a clock and a provider of its own: of what goes on beside, it knows the table only. */
    public AppFixture beside() {
        return new AppFixture(new FakeProvider(), new MovableClock(clock.instant()), faults, name, config);
    }

    /** @param settings names and values in turn */
    static Config config(String... settings) {
        var all = new HashMap<>(Map.of(
                "hoopoe.accounts.main.provider", FakeProvider.TYPE,
                "hoopoe.timing.function", "PT3S",
                "hoopoe.provider.call-timeout", "PT1S",
                "hoopoe.provider.call-margin", "PT0.5S"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build();
    }

    public Deadline deadline() {
        return Deadline.in(timeouts.function(), clock);
    }

    public CreateBatchResult admit(BatchRequest request) {
        return batchCreator.admit(request, GRANT, Optional.empty(), deadline());
    }

    public CreateBatchResult admit(BatchRequest request, String key) {
        return batchCreator.admit(request, GRANT, Optional.of(claim(key, "print")), deadline());
    }

    public static IdempotencyKey claim(String key, String fingerprint) {
        return new IdempotencyKey(CALLER, "POST", "/v1/batches", key, fingerprint);
    }

    /** What was admitted, as it stands. */
    public Batch admitted(BatchRequest request) {
        var outcome = admit(request);
        if (!(outcome instanceof CreateBatchResult.BatchCreated batchCreated)) {
            throw new AssertionError("not admitted: " + outcome);
        }
        return batchRepository.find(batchCreated.batch().id()).orElseThrow();
    }

    /** The dispatch that owns a reference. */
    public Optional<DispatchId> owner(@Nullable String reference) {
        return referenceRepository
                .owner(new ProviderReference(FakeProvider.TYPE, "main", Objects.requireNonNull(reference)))
                .map(ReferenceRepository.Owner::dispatch);
    }

    public Dispatch dispatch(Batch batch, int n) {
        return dispatchRepository.find(batch.id(), n).orElseThrow();
    }

    /** One text to so many different numbers. */
    public static BatchRequest to(int recipients) {
        return request(
                "hello",
                IntStream.range(0, recipients).mapToObj(AppFixture::entry).toList());
    }

    public static BatchRequest request(String text, List<BatchRequest.RequestedRecipient> entries) {
        return new BatchRequest(null, text, null, null, null, null, null, entries, false);
    }

    public static BatchRequest.RequestedRecipient entry(int n) {
        return entry("+8869" + String.format("%08d", n));
    }

    public static BatchRequest.RequestedRecipient entry(String to) {
        return new BatchRequest.RequestedRecipient(to, null, Map.of(), null, null, null, null, null);
    }

    /** Every batch that was stored. */
    public List<Batch> stored() {
        return healthy
                .scanPaginator(scan -> scan.tableName(name)
                        .consistentRead(true)
                        .filterExpression("kind = :batch")
                        .expressionAttributeValues(Map.of(":batch", AttributeValue.fromS("BATCH"))))
                .items()
                .stream()
                .map(item -> batchRepository.find(item.get("id").s()).orElseThrow())
                .toList();
    }

    public int items() {
        return healthy.scanPaginator(scan -> scan.tableName(name).consistentRead(true)).items().stream()
                .mapToInt(item -> 1)
                .sum();
    }

    /** What the tick does for the sending half: ended leases, unfinished spreads, held sends. */
    public void tick() {
        var held = new ArrayList<DispatchId>();
        for (var row : due()) {
            var dispatch = DispatchId.of(row.get("pk").s(), row.get("sk").s());
            if (dispatch.isEmpty()) {
                dispatchCreator.finish(row.get("pk").s().substring("BATCH#".length()));
            } else if (!expiredLeases.reap(dispatch.get())) {
                held.add(dispatch.get());
            }
        }
        dispatchRound.send(held, deadline());
    }

    /** Some ticks, further apart than any lease and any pause is long. */
    public void tickForAnHour() {
        for (int i = 0; i < 8; i++) {
            clock.move(Duration.ofMinutes(7));
            tick();
        }
    }

    /** Keys of what is due by now. */
    List<Map<String, AttributeValue>> due() {
        return healthy.scanPaginator(scan -> scan.tableName(name).indexName("due")).items().stream()
                .filter(row -> row.get("due_at").s().compareTo(clock.instant() + "~") <= 0)
                .toList();
    }

    public boolean isDue(String pk) {
        return healthy.scanPaginator(scan -> scan.tableName(name).indexName("due")).items().stream()
                .anyMatch(row -> row.get("pk").s().equals(pk));
    }

    /** Nothing waits, nothing is claimed, nothing is half stored, and no recipient got a message twice. */
    void assertNothingStuckAndNothingTwice() {
        for (var batch : stored()) {
            if (!batch.progress().spread()) {
                throw new AssertionError("unspread: " + batch.id());
            }
            var there = dispatchRepository.of(batch);
            if (there.size() != batch.dispatches()) {
                throw new AssertionError(there.size() + " of " + batch.dispatches() + " dispatches");
            }
            for (var dispatch : there) {
                if (dispatch.state() == DispatchState.ACCEPTED || dispatch.state() == DispatchState.DISPATCHING) {
                    throw new AssertionError("stuck: " + dispatch);
                }
                if (dispatch.due() == null) {
                    throw new AssertionError("forgotten: " + dispatch);
                }
            }
        }
        provider.taken().forEach((token, times) -> {
            if (times > 1) {
                throw new AssertionError("sent " + times + " times: " + token);
            }
        });
    }
}
