package hoopoe.prove;

import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.account.Accounts;
import hoopoe.batch.create.BatchCreator;
import hoopoe.batch.create.BatchRequest;
import hoopoe.batch.create.BatchRequest.RequestedRecipient;
import hoopoe.batch.create.CreateBatchResult;
import hoopoe.batch.create.CreateBatchResult.BatchCreated;
import hoopoe.batch.create.CreateBatchResult.CreateReplayed;
import hoopoe.config.Setting;
import hoopoe.config.Timeouts;
import hoopoe.delivery.callback.CallbackHandler;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.cancel.BatchCancellation;
import hoopoe.dispatch.decision.DispatchConfirmation;
import hoopoe.dispatch.decision.DispatchResend;
import hoopoe.dispatch.decision.OperatorDecision;
import hoopoe.dispatch.stream.DispatchFunction;
import hoopoe.event.publish.EventSinks;
import hoopoe.event.stream.PublishFunction;
import hoopoe.platform.Json;
import hoopoe.platform.WorkerPools;
import hoopoe.prove.MemoryTable.Change;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.CallbackRequest;
import hoopoe.provider.Deadline;
import hoopoe.provider.Providers;
import hoopoe.schedule.ErrorBoundary;
import hoopoe.schedule.LateItems;
import hoopoe.schedule.Tick;
import hoopoe.schedule.WorkerShare;
import hoopoe.store.DueItemRepository;
import hoopoe.store.StreamEvent;
import hoopoe.store.account.DynamoSessionStore;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.dispatch.DispatchRepository;
import hoopoe.store.table.Table;
import hoopoe.testing.Beans;
import hoopoe.testing.MetricLog;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** One history: callers, operators, providers and the clock act on the real classes, and everything that can go wrong does. */
final class World implements History {

    static final Set<Scope> CALLER = EnumSet.complementOf(EnumSet.of(Scope.ACCOUNTS_ADMIN));

    private static final Config CONFIG = config(Map.of(
            "hoopoe.accounts." + SimulatedProvider.MAIN + ".provider",
            SimulatedProvider.TYPE,
            "hoopoe.accounts." + SimulatedProvider.OWN + ".provider",
            SimulatedProvider.TYPE));

    /** One account is removed, and times are others. */
    private static final Config CHANGED = config(Map.of(
            "hoopoe.accounts." + SimulatedProvider.MAIN + ".provider",
            SimulatedProvider.TYPE,
            Setting.FIRST_CHECK.key(),
            "PT4M",
            Setting.UNTOUCHED.key(),
            "PT20S",
            Setting.LEASE.key(),
            "PT10S"));

    private static final Duration TICK = Duration.ofSeconds(55);
    private static final Duration REQUEST = Duration.ofSeconds(28);
    /** More than a clock is wrong. */
    private static final Duration BEHIND = Duration.ofSeconds(190);

    private static final Duration LONGEST = Duration.ofDays(9);
    private static final int REQUESTS = 4;
    private static final int MINUTE = 60_000;

    private static Config config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "world", 100))
                .build();
    }

    /** An environment of a function: its beans, and a clock of its own. */
    private record Environment(Beans beans, Deadline deadline) {
        <T> T get(Class<T> type) {
            return beans.get(type);
        }

        Deadline in(Duration limit) {
            return Deadline.in(limit, deadline.clock());
        }
    }

    final Plan plan;
    final Story story;
    final Scheduler scheduler;
    final MemoryTable table = new MemoryTable();
    final SimulatedProvider provider;
    final SimulatedBus bus;

    /** The id of the batch that was accepted for each key. */
    final Map<String, String> accepted = new TreeMap<>();

    /** When the cancellation of a batch was answered. */
    final Map<String, Instant> cancelled = new TreeMap<>();

    /** Callbacks that were answered with 200. */
    final List<CallbackContent> acknowledged = new ArrayList<>();

    private final Map<String, Deque<Environment>> idle = new LinkedHashMap<>();
    private final Set<String> records = new LinkedHashSet<>();
    private final Set<String> created = new LinkedHashSet<>();
    private final Invariants invariants;
    private final int minutes;
    private Config config = CONFIG;
    private boolean isStill;
    private int invocations;
    private int numbers;

    World(Plan plan, Executor threads, boolean isTold) {
        this.plan = plan;
        story = new Story(isTold);
        scheduler = new Scheduler(plan, threads, story);
        provider = new SimulatedProvider(scheduler);
        bus = new SimulatedBus(scheduler);
        invariants = new Invariants(this);
        minutes = 4 + scheduler.random(12);
        provider.listener((account, request, content) -> callBack(account, request, content, 0));
        scheduler.afterEffect(this::written);
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public Story story() {
        return story;
    }

    @Override
    public void play() {
        scheduler.calm(true);
        tick(); // a bus that is new hears of no reply from before
        scheduler.run();
        scheduler.calm(false);
        for (int k = 0; k < 1 + scheduler.random(REQUESTS); k++) {
            request(k);
        }
        for (int minute = 1; minute <= minutes; minute++) {
            scheduler.at(Scheduler.BEGIN.plusSeconds(60L * minute + scheduler.random(5)), this::tick);
        }
        for (int half = 1; half <= 5; half++) { // while callbacks still come
            scheduler.at(Scheduler.BEGIN.plusSeconds(60L * minutes + 1800L * half), this::tick);
        }
        for (int k = scheduler.random(5); k > 0; k--) {
            scheduler.in(scheduler.random(minutes * MINUTE), this::operate);
        }
        for (int k = scheduler.random(2); k > 0; k--) {
            scheduler.in(scheduler.random(minutes * MINUTE), provider::forge);
            scheduler.in(scheduler.random(minutes * MINUTE), () -> lateIndexes(1 + scheduler.random(2 * MINUTE)));
        }
        if (scheduler.oneIn(4)) {
            scheduler.in(MINUTE + scheduler.random(minutes * MINUTE), this::poison);
        }
        if (scheduler.oneIn(6)) {
            long then = scheduler.random(minutes * MINUTE);
            scheduler.in(then, () -> deploy(CHANGED));
            scheduler.in(then + scheduler.random(5 * MINUTE), () -> deploy(CONFIG));
        }
        scheduler.run();
        scheduler.calm(true);
        deploy(CONFIG);
        table.lateIndexes(false);
        for (int twice = 0; twice < 2; twice++) { // replies are told by any tick, and nothing of them is due
            scheduler.in(5L * MINUTE, this::tick);
            scheduler.run();
            rest();
        }
        invariants.atRest();
    }

    /** Faults are over, and time goes on until nothing is due. */
    private void rest() {
        var end = Scheduler.BEGIN.plus(LONGEST);
        int round = 0;
        for (var due = due(); due.isPresent(); due = due()) {
            if (scheduler.now().isAfter(end)) {
                throw new Breach("it ends", "still due: " + due.get());
            }
            // some are due each minute for three days
            var pause = Duration.ofMinutes(round++ < 12 ? 0 : round < 30 ? 60 : 720);
            var until = Instant.parse(due.get()).plus(Duration.ofMinutes(4));
            var later = scheduler.now().plus(pause);
            var waiting = new TreeMap<String, String>();
            scheduler.at(later.isAfter(until) ? later : until, () -> {
                waiting.putAll(dueAt(scheduler.now().minus(BEHIND)));
                tick();
            });
            scheduler.run();
            invariants.lookedAfter(waiting, dueAt(Instant.MAX));
        }
    }

    /**
     * No tick comes for some minutes. Then the one that is due first is as no release of ours can read it, because a later one
     * wrote it; and a tick to which nothing else happens looks after all others.
     */
    private void poison() {
        scheduler.calm(true);
        isStill = true;
        scheduler.in(5L * MINUTE, () -> table.all().stream()
                .filter(item -> item.containsKey("due_shard")
                        && DispatchId.of(item.get("pk").s(), item.get("sk").s()).isPresent())
                .min(Comparator.comparing(item -> item.get("due_at").s()))
                .ifPresentOrElse(this::poison, this::goOn));
    }

    private void poison(Map<String, AttributeValue> item) {
        var key = Map.of("pk", item.get("pk"), "sk", item.get("sk"));
        state(key, AttributeValue.fromS("of-a-later-release"));
        var waiting = dueAt(scheduler.now().minus(BEHIND));
        waiting.keySet().removeIf(place -> place.contains(item.get("pk").s().split("#")[1]));
        isStill = false;
        tick();
        isStill = true;
        scheduler.in(MINUTE, () -> {
            invariants.lookedAfter(waiting, dueAt(Instant.MAX));
            state(key, item.get("state"));
            goOn();
        });
    }

    private void goOn() {
        isStill = false;
        scheduler.calm(false);
    }

    private void state(Map<String, AttributeValue> key, AttributeValue state) {
        tell("the state of " + key.get("pk").s() + '/' + key.get("sk").s() + " is " + state.s());
        table.updateItem(UpdateItemRequest.builder()
                .tableName("hoopoe")
                .key(key)
                .updateExpression("SET #s = :s")
                .expressionAttributeNames(Map.of("#s", "state"))
                .expressionAttributeValues(Map.of(":s", state))
                .build());
        table.changes(); // nobody is told
    }

    /** When what is due by then is due, by its place. */
    private Map<String, String> dueAt(Instant then) {
        return table.all().stream()
                .filter(item -> item.containsKey("due_shard"))
                .filter(item -> item.get("due_at").s().compareTo(then.toString()) < 0)
                .collect(Collectors.toMap(
                        item -> item.get("pk").s() + '/' + item.get("sk").s(),
                        item -> item.get("due_at").s()));
    }

    private Optional<String> due() {
        return table.all().stream()
                .filter(item -> item.containsKey("due_shard"))
                .map(item -> item.get("due_at").s().replaceFirst("#.*", ""))
                .sorted()
                .findFirst();
    }

    /** New environments have this configuration. Invocations that run go on with the other. */
    private void deploy(Config other) {
        tell(other == CONFIG ? "the configuration is as before" : "another configuration is deployed");
        config = other;
        idle.clear();
    }

    private void lateIndexes(int millis) {
        table.lateIndexes(true);
        scheduler.in(millis, () -> table.lateIndexes(false));
    }

    // ---- environments and invocations

    /** Beans without faults, for who looks from outside. */
    Beans outside() {
        return beans(Duration.ZERO);
    }

    private Environment environment() {
        var skew = Duration.ofSeconds(scheduler.oneIn(2) ? 0 : scheduler.random(361) - 180);
        var beans = beans(skew);
        return new Environment(beans, Deadline.in(Duration.ZERO, scheduler.clock(skew)));
    }

    private Beans beans(Duration skew) {
        var clock = scheduler.clock(skew);
        var theTable = new Table(new WorkerClient(table, scheduler), "hoopoe", scheduler.pauses());
        var metrics = MetricLog.ignored();
        var beans = new Beans(
                theTable,
                new DynamoSessionStore(theTable),
                clock,
                config,
                metrics,
                new Providers(Stream.of(provider), metrics),
                new EventSinks(Stream.of(bus), clock),
                new SeededRandom(),
                new SameThread(),
                new SeededTimeouts(),
                new DueItemRepository(theTable, 2000));
        beans.given(new LateItems(Stream.of(), beans.get(ErrorBoundary.class), beans.get(Timeouts.class)));
        return beans;
    }

    /**
     * Begins an invocation of a function.
     *
     * @param mayThrow whether an exception may leave it: its adapter would answer 503
     * @param ended gets whether it ended as it should
     */
    private void invoke(String function, boolean mayThrow, Consumer<Environment> work, Consumer<Boolean> ended) {
        var waiting = idle.computeIfAbsent(function, name -> new ArrayDeque<>());
        var environment = waiting.isEmpty() ? environment() : waiting.remove();
        int number = ++invocations;
        scheduler.begin(function + '-' + number, () -> {
            boolean isDone = false;
            Objects.requireNonNull(scheduler.current()).ends(function.equals("tick") ? TICK : REQUEST);
            try {
                work.accept(environment);
                isDone = true;
                invariants.ended();
                waiting.add(environment);
            } catch (RuntimeException e) {
                if (!mayThrow) {
                    throw e;
                }
                invariants.failed(function, e);
                waiting.add(environment);
                tell(function + '-' + number + " fails: " + e.getClass().getSimpleName());
            } finally {
                ended.accept(isDone);
            }
        });
    }

    void tell(String what) {
        story.add(() -> scheduler.now().toString().substring(5) + "  " + what);
    }

    private final class SeededTimeouts extends Timeouts {

        SeededTimeouts() {
            super(config);
        }

        @Override
        public Duration retry(int attempt) {
            return Duration.ofMillis(5_000 + scheduler.random(20_000));
        }

        @Override
        public Duration behind() {
            return Duration.ofMillis(scheduler.random(MINUTE));
        }
    }

    private final class SeededRandom extends SecureRandom {

        private static final long serialVersionUID = 1;

        @Override
        public long nextLong() {
            return scheduler.order().nextLong();
        }
    }

    /** What an invocation does at once, is done one by one. */
    private static final class SameThread extends WorkerPools {

        @Override
        public ExecutorService of(int threads) {
            return new AbstractExecutorService() {
                @Override
                public void execute(Runnable command) {
                    command.run();
                }

                @Override
                public void shutdown() {}

                @Override
                public List<Runnable> shutdownNow() {
                    return List.of();
                }

                @Override
                public boolean isShutdown() {
                    return false;
                }

                @Override
                public boolean isTerminated() {
                    return false;
                }

                @Override
                public boolean awaitTermination(long timeout, TimeUnit unit) {
                    return true;
                }
            };
        }
    }

    // ---- who calls

    static Grant caller(int k) {
        return new Grant(k % 2 == 0 ? "alice" : "bob", "key", KeyKind.LIVE, CALLER);
    }

    /** A caller wants a batch, and asks until they are answered. */
    private void request(int k) {
        long then = scheduler.random(minutes * MINUTE * 2 / 3);
        var sendAt = scheduler.oneIn(4)
                ? Scheduler.BEGIN
                        .plusMillis(then)
                        .plusSeconds(300 + scheduler.random(900))
                        .toString()
                : null;
        var recipients = Stream.generate(() -> new RequestedRecipient(
                        String.format(Locale.ROOT, "+8869%08d", ++numbers),
                        null,
                        Map.of(),
                        null,
                        null,
                        null,
                        null,
                        null))
                .limit(1 + scheduler.random(scheduler.oneIn(3) ? 5 : 2))
                .toList();
        var request = new BatchRequest(
                scheduler.oneIn(3) ? SimulatedProvider.OWN : SimulatedProvider.MAIN,
                "hello",
                null,
                sendAt,
                scheduler.oneIn(3) ? 900L : null,
                null,
                null,
                recipients,
                false);
        boolean isImpatient = scheduler.oneIn(6);
        if (plan.hasRequest(k)) {
            scheduler.in(then, () -> ask(k, request, 0));
            if (isImpatient) {
                scheduler.in(then + 40, () -> ask(k, request, 0));
            }
        }
    }

    private void ask(int k, BatchRequest request, int tries) {
        var caller = caller(k);
        var key = new IdempotencyKey(caller.owner(), "POST", "/v1/batches", "key-" + k, "same");
        invoke(
                "send",
                true,
                environment -> answered(
                        k,
                        environment
                                .get(BatchCreator.class)
                                .admit(request, caller, Optional.of(key), environment.in(REQUEST))),
                isDone -> {
                    if (!accepted.containsKey("key-" + k) && tries < 8) {
                        scheduler.in(500 + scheduler.random(30_000), () -> ask(k, request, tries + 1));
                    }
                });
    }

    private void answered(int k, CreateBatchResult result) {
        var id = result instanceof BatchCreated made
                ? made.batch().id()
                : result instanceof CreateReplayed again ? again.batch().id() : null;
        tell("request " + k + " is answered: " + (id == null ? result : id));
        if (id != null) {
            var earlier = accepted.put("key-" + k, id);
            if (earlier == null && scheduler.oneIn(6)) { // the caller thinks better of it
                scheduler.in(scheduler.random(2 * MINUTE), () -> operate(id, 0));
            }
            if (earlier != null && !earlier.equals(id)) {
                throw new Breach("one key, one batch", earlier + " and " + id);
            }
        }
    }

    private void operate() {
        var batches = List.copyOf(accepted.values());
        if (batches.isEmpty()) {
            return;
        }
        var id = batches.get(scheduler.random(batches.size()));
        operate(id, scheduler.random(5));
    }

    private void operate(String id, int what) {
        invoke("operator", true, environment -> operate(environment, id, what), isDone -> {});
    }

    private void operate(Environment environment, String id, int what) {
        var batch = environment.get(BatchRepository.class).find(id).orElseThrow();
        if (what == 0) {
            tell("an operator cancels " + id);
            environment.get(BatchCancellation.class).erase(batch, environment.in(REQUEST));
            cancelled.putIfAbsent(id, scheduler.now());
            return;
        }
        for (var dispatch : environment.get(DispatchRepository.class).of(batch)) {
            if (dispatch.state() == DispatchState.UNCONFIRMED) {
                decide(environment, dispatch, what % 2 == 0);
            }
        }
    }

    private void decide(Environment environment, Dispatch dispatch, boolean confirms) {
        var decision = new OperatorDecision("operator", "key", null, null);
        var batch = environment
                .get(BatchRepository.class)
                .find(dispatch.id().batch())
                .orElseThrow();
        var outcome = confirms
                ? environment
                        .get(DispatchConfirmation.class)
                        .confirm(batch, dispatch.id().n(), decision, Optional.empty())
                : environment
                        .get(DispatchResend.class)
                        .resend(batch, dispatch.id().n(), decision, Optional.empty(), environment.in(REQUEST));
        tell("an operator " + (confirms ? "confirms " : "resends ") + dispatch.id() + ": "
                + outcome.getClass().getSimpleName());
    }

    private void callBack(String account, CallbackRequest request, CallbackContent content, int tries) {
        invoke(
                "callback",
                true,
                environment -> {
                    environment
                            .get(CallbackHandler.class)
                            .take(environment.get(Accounts.class).find(account).orElseThrow(), request);
                    acknowledged.add(content);
                },
                isDone -> {
                    if (!isDone && (tries < 6 || scheduler.isCalm())) {
                        scheduler.in(
                                20_000 + scheduler.random(5 * MINUTE),
                                () -> callBack(account, request, content, tries + 1));
                    }
                });
    }

    /** Whether a dispatch owns the reference by which it names one, or it names one itself. */
    boolean isKnown(CallbackContent.DeliveryCallback callback) {
        var name = "#" + callback.reference().toLowerCase(Locale.ROOT);
        return table.all().stream()
                .anyMatch(item ->
                        item.get("sk").s().equals("REF") && item.get("pk").s().endsWith(name));
    }

    private void tick() {
        if (isStill) {
            return;
        }
        boolean isAlone = scheduler.oneIn(2);
        for (int worker = 0; worker < (isAlone ? 1 : 2); worker++) {
            var share = isAlone ? WorkerShare.WHOLE : new WorkerShare(worker, 2);
            if (scheduler.isCalm() || !scheduler.oneIn(20)) {
                invoke(
                        "tick",
                        true,
                        environment -> environment.get(Tick.class).run(share, environment.in(TICK)),
                        isDone -> {});
            }
        }
    }

    // ---- the stream

    /** After each effect: what was written goes into the stream, and is looked at. */
    private void written() {
        var changes = table.changes();
        invariants.after(changes);
        for (var change : changes) {
            if (change.now() != null) {
                streamed(change, change.now());
            }
        }
    }

    private void streamed(Change change, Map<String, AttributeValue> now) {
        var pk = now.get("pk").s();
        var sk = now.get("sk").s();
        if (DispatchId.of(pk, sk).isEmpty() && !pk.equals("FEED")) {
            return;
        }
        boolean isNew = change.before() == null
                && now.containsKey("state")
                && now.get("state").s().equals("accepted");
        int luck = scheduler.isCalm() ? 9 : scheduler.random(20);
        if (luck == 0) {
            return; // lost
        }
        long millis = luck == 1 ? scheduler.random(5 * MINUTE) : 50 + scheduler.random(400);
        for (int times = luck == 2 ? 2 : 1; times > 0; times--) {
            arriving(records, "publish", pk, sk, millis * times);
            if (isNew) {
                arriving(created, "dispatch", pk, sk, millis * times);
            }
        }
    }

    /** Records that come at the same time come together. */
    private void arriving(Set<String> waiting, String function, String pk, String sk, long millis) {
        scheduler.in(millis, () -> {
            if (waiting.isEmpty()) {
                scheduler.in(100, () -> {
                    var event = event(waiting);
                    waiting.clear();
                    invoke(function, false, environment -> stream(environment, function, event), isDone -> {});
                });
            }
            waiting.add(Json.text(Map.of("pk", Map.of("S", pk), "sk", Map.of("S", sk))));
        });
    }

    private static StreamEvent event(Set<String> keys) {
        var all = keys.stream()
                .map(key -> "{\"dynamodb\":{\"SequenceNumber\":\"1\",\"Keys\":" + key + "}}")
                .toList();
        return Json.read("{\"Records\":[" + String.join(",", all) + "]}", StreamEvent.class);
    }

    private static void stream(Environment environment, String function, StreamEvent event) {
        if (function.equals("publish")) {
            environment.get(PublishFunction.class).publish(event);
        } else {
            environment.get(DispatchFunction.class).dispatch(event);
        }
    }
}
