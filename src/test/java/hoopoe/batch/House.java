package hoopoe.batch;

import hoopoe.config.Timeouts;
import hoopoe.access.Grant;
import hoopoe.batch.admission.Admission;
import hoopoe.batch.admission.AdmissionOutcome;
import hoopoe.batch.admission.BatchRequest;
import hoopoe.batch.sending.Dispatcher;
import hoopoe.batch.sending.Reaper;
import hoopoe.batch.sending.Round;
import hoopoe.batch.sending.Sending;
import hoopoe.batch.sending.Spread;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.account.Accounts;
import hoopoe.provider.Deadline;
import hoopoe.provider.Providers;
import hoopoe.provider.http.HttpLimits;
import hoopoe.store.Batch;
import hoopoe.store.Batches;
import hoopoe.store.Calls;
import hoopoe.store.Claim;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchId;
import hoopoe.store.DispatchState;
import hoopoe.store.Dispatches;
import hoopoe.store.Endings;
import hoopoe.store.Events;
import hoopoe.store.InboundDays;
import hoopoe.store.Recipients;
import hoopoe.store.References;
import hoopoe.store.Replies;
import hoopoe.store.Table;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.MetricLog;
import hoopoe.testing.MovableClock;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The sending half over a table of its own, a provider that does as it is told, and a clock that stands still. */
public final class House {

    public static final Grant GRANT = ApiEvents.EVERYTHING;
    public static final String CALLER = GRANT.caller();

    public final DynamoDbClient healthy = LocalDynamo.shared().client();
    public final FakeProvider provider;
    public final MovableClock clock;
    public final FaultyDynamo faults;
    public final String name;

    final Config config;
    public final Timeouts timeouts;
    public final Accounts accounts;
    public final Calls calls;
    public final Batches batches;
    public final Replies replies;
    public final Dispatches dispatches;
    public final Endings endings;
    public final Recipients recipients;
    public final References references;
    public final Dispatcher dispatcher;
    public final Spread spread;
    public final Admission admission;
    public final Round round;
    public final Reaper reaper;
    public final MetricLog told;

    public House(String... settings) {
        this(LocalDynamo.shared().client(), settings);
    }

    /** @param client between this house and the table */
    public House(DynamoDbClient client, String... settings) {
        this(
                new FakeProvider(),
                MovableClock.at("2026-03-01T04:00:00Z"),
                new FaultyDynamo(client),
                LocalDynamo.shared().createLastingTable(),
                config(settings));
    }

    private House(FakeProvider provider, MovableClock clock, FaultyDynamo faults, String name, Config config) {
        this.provider = provider;
        this.clock = clock;
        this.faults = faults;
        this.name = name;
        this.config = config;
        provider.limits(HttpLimits.of(config));
        var table = new Table(faults.client(), name);
        told = new MetricLog(clock);
        var providers = new Providers(Stream.of(provider), told.metrics());
        accounts = new Accounts(config);
        timeouts = new Timeouts(config);
        calls = new Calls(table, clock);
        batches = new Batches(table, clock);
        replies = new Replies(table, new Events(table, clock), new InboundDays(table), clock);
        dispatches = new Dispatches(table);
        endings = new Endings(table);
        recipients = new Recipients(table);
        references = new References(table);
        var sending = new Sending(providers, endings, timeouts, told.metrics(), clock);
        dispatcher = new Dispatcher(
                accounts, providers, batches, dispatches, recipients, sending, timeouts, told.metrics(), clock);
        spread = new Spread(batches, dispatches, recipients, timeouts, clock);
        admission = new Admission(
                accounts, providers, calls, batches, replies, dispatcher, spread, timeouts, told.metrics(), clock);
        round = new Round(dispatches, dispatcher);
        reaper = new Reaper(dispatches, told.metrics(), clock);
    }

    /** Another process over the same table. */
    public House another() {
        return new House(provider, clock, faults, name, config);
    }

    /** Another process over the same table, with other settings: names and values in turn. */
    public House another(String... settings) {
        return new House(provider, clock, faults, name, config(settings));
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

    public AdmissionOutcome admit(BatchRequest request) {
        return admission.admit(request, GRANT, Optional.empty(), deadline());
    }

    public AdmissionOutcome admit(BatchRequest request, String key) {
        return admission.admit(request, GRANT, Optional.of(claim(key, "print")), deadline());
    }

    public static Claim claim(String key, String fingerprint) {
        return new Claim(CALLER, "POST", "/v1/batches", key, fingerprint);
    }

    /** What was admitted, as it stands. */
    public Batch admitted(BatchRequest request) {
        var outcome = admit(request);
        if (!(outcome instanceof AdmissionOutcome.Admitted admitted)) {
            throw new AssertionError("not admitted: " + outcome);
        }
        return batches.find(admitted.batch().id()).orElseThrow();
    }

    public Dispatch dispatch(Batch batch, int n) {
        return dispatches.find(batch.id(), n).orElseThrow();
    }

    /** One text to so many different numbers. */
    public static BatchRequest to(int recipients) {
        return request(
                "hello", IntStream.range(0, recipients).mapToObj(House::entry).toList());
    }

    public static BatchRequest request(String text, List<BatchRequest.Entry> entries) {
        return new BatchRequest(null, text, null, null, null, null, entries, false);
    }

    public static BatchRequest.Entry entry(int n) {
        return entry("+8869" + String.format("%08d", n));
    }

    public static BatchRequest.Entry entry(String to) {
        return new BatchRequest.Entry(to, null, Map.of(), null, null, null, null, null);
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
                .map(item -> batches.find(item.get("id").s()).orElseThrow())
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
                spread.finish(row.get("pk").s().substring("BATCH#".length()));
            } else if (!reaper.reap(dispatch.get())) {
                held.add(dispatch.get());
            }
        }
        round.send(held, deadline());
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

    /** Nothing waits, nothing is claimed, nothing is half there, and nobody got anything twice. */
    void assertNothingStuckAndNothingTwice() {
        for (var batch : stored()) {
            if (!batch.spread()) {
                throw new AssertionError("unspread: " + batch.id());
            }
            var there = dispatches.of(batch);
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
