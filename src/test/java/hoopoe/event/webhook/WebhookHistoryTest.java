package hoopoe.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.api.http.ApiGatewayAdapter;
import hoopoe.api.webhooks.WebhooksFunction;
import hoopoe.aws.BatchCalls.BatchResult;
import hoopoe.aws.SqsQueue.QueueMessage;
import hoopoe.config.Timeouts;
import hoopoe.event.EndpointState;
import hoopoe.event.Event;
import hoopoe.event.EventType;
import hoopoe.event.WebhookDelivery;
import hoopoe.event.WebhookDelivery.DeliveryState;
import hoopoe.event.WebhookEndpoint;
import hoopoe.event.webhook.AddressPolicy.AddressVerdict.CallableAddress;
import hoopoe.event.webhook.FickleQueue.Handout;
import hoopoe.event.webhook.WebhookFunction.QueueEvent;
import hoopoe.event.webhook.WebhookFunction.QueueRecord;
import hoopoe.message.Ulid;
import hoopoe.platform.Json;
import hoopoe.platform.Sha256;
import hoopoe.prove.MemoryTable;
import hoopoe.provider.Deadline;
import hoopoe.store.DueItemRepository;
import hoopoe.store.event.EndpointChange.EndpointWritten;
import hoopoe.store.event.WebhookDeliveryRepository;
import hoopoe.store.event.WebhookEndpointRepository;
import hoopoe.store.table.ConflictRetry.ContentionException;
import hoopoe.store.table.Table;
import hoopoe.testing.ApiEvents;
import hoopoe.testing.Beans;
import hoopoe.testing.FaultyDynamo.Killed;
import hoopoe.testing.MetricLog;
import hoopoe.testing.MovableClock;
import hoopoe.testing.StoreFixture;
import hoopoe.testing.WebhookEndpoints;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Random histories of webhooks: functions that die or meet others between any two effects, a queue that gives messages twice, late
 * and out of order, an index that is behind, receivers that fail in every way, operators who disable, enable, rotate, recover and
 * delete, and a clock that moves. Whatever happens, nothing is lost, nothing that was delivered goes back, and nobody is called who
 * shall not be.
 */
class WebhookHistoryTest {

    private static final int STEPS = 60;
    private static final String TABLE = "table";
    private static final int ENDPOINTS = 2;
    private static final int WORKERS = 7;
    private static final String CALLER = ApiEvents.EVERYTHING.caller();
    private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));

    static IntStream seeds() {
        return IntStream.rangeClosed(1, Integer.getInteger("hoopoe.seeds", 40));
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsLostAndNobodyIsCalledWhoShallNotBe(int seed) {
        new History(seed).run();
    }

    /** How a receiver answers. */
    private enum Mood {
        WELL,
        ODD,
        DEAD
    }

    private record DeliveryKey(String endpoint, String event) {}

    private record IndexAnswer(Object answer, Instant at) {}

    /** A function at work, and what it has read. */
    private static final class Worker {
        private final Instant end;
        private final boolean second;
        private boolean dying;
        private @Nullable WebhookEndpoint endpoint;
        private @Nullable WebhookDelivery delivery;
        private @Nullable DeliveryKey taken;

        Worker(Instant end, boolean second) {
            this.end = end;
            this.second = second;
        }
    }

    /** One history: all that is random comes from its seed. */
    private static final class History {

        private final Random random;
        private final MovableClock clock = MovableClock.at("2026-03-02T04:00:00Z");
        private final DynamoDbClient base = new MemoryTable();
        private final Table table = new Table(client(), TABLE);
        private final WebhookEndpointRepository endpoints = new WebhookEndpointRepository(table);
        private final WebhookDeliveryRepository deliveries = new WebhookDeliveryRepository(table, clock);
        /** As the test sees them, while others work. */
        private final WebhookEndpointRepository standing = new WebhookEndpointRepository(new Table(base, TABLE));

        private final WebhookDeliveryRepository log = new WebhookDeliveryRepository(new Table(base, TABLE), clock);
        private final FickleQueue queue;
        private final QueueSink sink;
        private final WebhookDueItems dueItems;
        private final WebhookFunction function;
        private final WebhooksFunction operator;
        private final Deque<Worker> workers = new ArrayDeque<>();
        private final Map<QueryRequest, IndexAnswer> indexes = new HashMap<>();

        private final Map<String, Mood> moods = new LinkedHashMap<>();
        private final List<Event> owed = new ArrayList<>();
        private final Map<DeliveryKey, String> bodies = new HashMap<>();
        private final Set<DeliveryKey> queued = new LinkedHashSet<>();
        private final Set<DeliveryKey> taken = new HashSet<>();
        private final Set<DeliveryKey> delivered = new HashSet<>();
        private final List<DeliveryKey> posts = new ArrayList<>();
        private final Map<String, Integer> underWay = new HashMap<>();
        /** When an endpoint last was failing, or was recovered: since then it is posted out of turn. */
        private final Map<String, Instant> outOfTurn = new HashMap<>();

        private final Map<String, Instant> disabled = new HashMap<>();
        private final Map<String, Instant> probes = new HashMap<>();
        private int events;
        private boolean calm = true;

        History(int seed) {
            random = new Random(seed);
            queue = new FickleQueue(clock, random, () -> !calm);
            var config = new SmallRyeConfigBuilder()
                    .withSources(new PropertiesConfigSource(
                            Map.of("hoopoe.webhooks.queue", "https://queue.example/"), "test", 100))
                    .build();
            var webhookQueue = new WebhookQueue(Optional.of(this::send), WebhookStage.CALLS);
            sink = new QueueSink(webhookQueue, endpoints, StoreFixture.accounts(), new Timeouts(config), clock);
            var metrics = new MetricLog(clock).metrics();
            dueItems = new WebhookDueItems(webhookQueue, endpoints, deliveries, metrics, clock);
            var policy = new AddressPolicy(
                    false, host -> new InetAddress[] {InetAddress.getByAddress(new byte[] {8, 8, 8, 8})});
            function = new WebhookFunction(
                    new WebhookCourier(endpoints, deliveries, policy, new Receiver(), List.of(sink), metrics, clock),
                    metrics);
            operator = new Beans(
                            table,
                            clock,
                            StoreFixture.accounts(),
                            new ApiGatewayAdapter(clock, Duration.ofSeconds(28), MetricLog.ignored()),
                            config,
                            policy,
                            endpoints,
                            deliveries)
                    .get(WebhooksFunction.class);
            IntStream.range(0, ENDPOINTS).forEach(n -> register());
        }

        void run() {
            calm = false;
            for (int i = 0; i < STEPS; i++) {
                act();
            }
            calm = true;
            moods.replaceAll((endpoint, mood) -> Mood.WELL);
            settle();
            queued.forEach(this::assertIsAtRest);
            recoverAll();
        }

        private BatchResult<QueueMessage> send(List<QueueMessage> sent, Duration limit) {
            point();
            var result = queue.send(sent, limit);
            result.taken().stream()
                    .map(message -> Json.read(message.body(), QueuedEvent.class))
                    .forEach(event -> queued.add(
                            new DeliveryKey(event.endpoint(), event.event().id())));
            point();
            return result;
        }

        // ---- What happens
        // ----------------------------------------------------------------------------------------------

        private void act() {
            boolean alone = workers.isEmpty();
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3 -> publish();
                case 4, 5, 6, 7, 8, 9, 10 -> receive();
                case 11, 12, 13 -> tick();
                case 14 -> clock.move(Duration.ofMillis(random.nextInt(alone ? 60_000 : 9_000)));
                case 15 -> clock.move(alone ? Duration.ofSeconds(random.nextInt(1_200)) : Duration.ZERO);
                case 16 -> clock.move(alone ? Duration.ofMinutes(random.nextInt(1_500)) : Duration.ZERO);
                case 17 -> mood(any(), Mood.values()[random.nextInt(3)]);
                default -> operate(any());
            }
        }

        private boolean oneIn(int n) {
            return !calm && random.nextInt(n) == 0;
        }

        private String any() {
            return List.copyOf(moods.keySet()).get(random.nextInt(moods.size()));
        }

        private void mood(String endpoint, Mood mood) {
            moods.put(endpoint, mood);
        }

        private void register() {
            var host = "e" + moods.size() + ".example.com";
            var id = "wh_"
                    + Ulid.of(
                            clock.instant(), Sha256.bytes(host)); // of the seed, too: it decides the order of the index
            assertThat(standing.add(WebhookEndpoints.of(CALLER, id, "https://" + host + '/')))
                    .isInstanceOf(EndpointWritten.class);
            mood(id, Mood.WELL);
        }

        private void publish() {
            var now = clock.instant();
            var subject = "n" + events++;
            owed.add(new Event(
                    Event.id(now, subject),
                    EventType.MESSAGE_DELIVERED,
                    now,
                    CALLER,
                    null,
                    Map.of("message_id", subject),
                    Map.of()));
            publishOwed();
        }

        /** As {@code publish} does: what a sink did not take, it is given again. */
        private void publishOwed() {
            work(Duration.ofSeconds(60), false, () -> {
                var given = sink.give(List.copyOf(owed), false, Duration.ofSeconds(5));
                owed.removeAll(given.taken());
            });
        }

        private void receive() {
            queue.receive().ifPresent(this::receive);
        }

        private void receive(Handout handout) {
            var message = handout.message();
            work(Duration.ofSeconds(28), handout.second(), () -> {
                var records = List.of(new QueueRecord("m", message.body()));
                var answer = function.webhook(new QueueEvent(records));
                point();
                if (answer.failures().isEmpty()) {
                    Optional.ofNullable(Objects.requireNonNull(workers.peek()).taken)
                            .ifPresent(key -> assertThat(delivered).contains(key));
                    queue.delete(message);
                }
            });
        }

        private void tick() {
            work(Duration.ofSeconds(55), false, () -> {
                var pages = new DueItemRepository(table, 800).upTo(clock.instant(), shard -> true);
                while (pages.more()) {
                    pages.next().stream()
                            .filter(dueItems::handles)
                            .forEach(
                                    item -> dueItems.handle(List.of(item), Deadline.in(Duration.ofSeconds(55), clock)));
                }
            });
        }

        private void operate(String endpoint) {
            switch (random.nextInt(14)) {
                case 0, 1 -> patch(endpoint, "disabled");
                case 2, 3, 4, 5, 6 -> patch(endpoint, "enabled");
                case 7, 8 -> operate("POST /v1/webhooks/{id}/rotate", endpoint, "");
                case 9 -> {
                    if (moods.size() < 2 * ENDPOINTS) {
                        operate("DELETE /v1/webhooks/{id}", endpoint, "");
                        register();
                    }
                }
                default -> recover(endpoint, clock.instant().minusSeconds(random.nextInt(100_000)));
            }
        }

        private void patch(String endpoint, String state) {
            operate("PATCH /v1/webhooks/{id}", endpoint, "{\"state\": \"" + state + "\"}");
        }

        private void recover(String endpoint, Instant since) {
            outOfTurn.put(endpoint, Instant.MAX);
            operate("POST /v1/webhooks/{id}/recover", endpoint, "{\"since\": \"" + since + "\"}");
            outOfTurn.put(endpoint, clock.instant());
        }

        /** A caller who gets no answer, or is told of an error of ours, calls again. */
        private void operate(String route, String endpoint, String body) {
            var event = ApiEvents.of(route, endpoint, "");
            event.setBody(body);
            var status = new int[1];
            while (!work(
                            Duration.ofSeconds(28),
                            false,
                            () -> status[0] = operator.webhooks(event).getStatusCode())
                    || status[0] >= 500) {
                clock.move(Duration.ofSeconds(1));
            }
            assertThat(status[0]).isIn(200, 202, 204, 404, 409);
        }

        /** @return whether it lived to its end */
        private boolean work(Duration limit, boolean second, Runnable work) {
            var worker = new Worker(clock.instant().plus(limit), second);
            workers.push(worker);
            try {
                work.run();
                return !worker.dying;
            } catch (Killed | SdkClientException | ContentionException e) {
                assertThat(calm).as("%s", e).isFalse();
                return false;
            } finally {
                workers.pop();
            }
        }

        /** Between two effects of a worker: it may die there, and others may be at work. */
        private void point() {
            if (calm || workers.isEmpty()) {
                return;
            }
            var worker = Objects.requireNonNull(workers.peek());
            if (workers.size() < WORKERS && oneIn(7)) {
                act();
            }
            if (worker.dying || clock.instant().isAfter(worker.end) || oneIn(60)) {
                throw new Killed();
            }
        }

        private DynamoDbClient client() {
            return (DynamoDbClient) Proxy.newProxyInstance(
                    DynamoDbClient.class.getClassLoader(),
                    new Class<?>[] {DynamoDbClient.class},
                    (proxy, method, args) -> {
                        point();
                        if (oneIn(100)) {
                            throw SdkClientException.create("no connection");
                        }
                        note(method.getName(), args[0]);
                        try {
                            var answer = method.invoke(base, args);
                            written(args[0]);
                            if (!method.getName().matches("getItem|query.*") && oneIn(60)) {
                                Objects.requireNonNull(workers.peek()).dying = true;
                            }
                            return args[0] instanceof QueryRequest query ? seen(query, answer) : answer;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        /** An index may be behind by some seconds. */
        private Object seen(QueryRequest query, Object answer) {
            if (query.indexName() == null) {
                return answer;
            }
            var before = indexes.put(query, new IndexAnswer(answer, clock.instant()));
            return before != null && before.at().plusSeconds(5).isAfter(clock.instant()) && oneIn(3)
                    ? before.answer()
                    : answer;
        }

        @SuppressWarnings("unchecked") // of an operation that has one such overload
        private void note(String operation, Object request) {
            var worker = workers.peek();
            if (worker != null && operation.equals("getItem")) {
                var get = GetItemRequest.builder()
                        .applyMutation((Consumer<GetItemRequest.Builder>) request)
                        .build();
                var pk = get.key().get("pk").s();
                var sk = get.key().get("sk").s();
                if (pk.startsWith("WEBHOOKS#")) {
                    worker.endpoint = standing.find(CALLER, sk.substring("WEBHOOK#".length()))
                            .orElse(null);
                } else if (sk.startsWith("evt_")) {
                    worker.delivery =
                            log.find(pk.substring("WEBHOOK#".length()), sk).orElse(null);
                }
            } else if (request instanceof PutItemRequest put
                    && put.item().get("pk").s().startsWith("WEBHOOKS#")) {
                var endpoint = put.item().get("id").s();
                switch (put.item().get("state").s()) {
                    case "disabled" -> disabled.put(endpoint, clock.instant());
                    case "failing" -> outOfTurn.merge(endpoint, clock.instant(), History::later);
                    default -> probes.remove(endpoint);
                }
            }
        }

        /** What was delivered never goes back. */
        private void written(Object request) {
            if (request instanceof PutItemRequest put
                    && put.item().get("sk").s().startsWith("evt_")) {
                var endpoint = put.item().get("pk").s().substring("WEBHOOK#".length());
                var key = new DeliveryKey(endpoint, put.item().get("sk").s());
                if (put.item().get("state").s().equals("delivered")) {
                    assertThat(taken).as("was never taken").contains(key);
                    delivered.add(key);
                } else {
                    assertThat(delivered).as("went back").doesNotContain(key);
                }
            }
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }

        // ---- The receivers
        // ---------------------------------------------------------------------------------------------

        private final class Receiver extends WebhookPost {

            Receiver() {
                super(VERTX, LIMIT, null);
            }

            @Override
            PostResult post(CallableAddress address, Map<String, String> headers, byte[] body) {
                point();
                var worker = Objects.requireNonNull(workers.peek());
                var endpoint = worker.endpoint;
                assertThat(endpoint).as("a deleted endpoint").isNotNull();
                var key = new DeliveryKey(endpoint.id(), headers.get("webhook-id"));
                assertMayBePosted(worker, endpoint, key);
                assertIsAsSigned(endpoint, key, headers, body);
                posts.add(key);
                if (!worker.second) {
                    underWay.merge(endpoint.id(), 1, Integer::sum);
                    assertThat(underWay.get(endpoint.id())).isLessThanOrEqualTo(WebhookStage.CALLS / 5);
                }
                try {
                    var result = answer(Objects.requireNonNull(moods.get(endpoint.id())));
                    if (result.isDelivered()) {
                        taken.add(key);
                        worker.taken = key;
                    }
                    point();
                    return result;
                } finally {
                    if (!worker.second) {
                        underWay.merge(endpoint.id(), -1, Integer::sum);
                    }
                }
            }

            private PostResult answer(Mood mood) {
                int dice = random.nextInt(40);
                for (int i = 0; i < (mood == Mood.DEAD ? 3 : 1) && !calm && workers.size() < WORKERS; i++) {
                    meanwhile();
                }
                if (mood == Mood.WELL) {
                    clock.move(Duration.ofMillis(20));
                    return PostResult.answered(200);
                } else if (mood == Mood.DEAD) {
                    clock.move(LIMIT);
                    return PostResult.failed("timeout");
                }
                clock.move(Duration.ofMillis(random.nextInt(3_000)));
                return dice == 0
                        ? PostResult.answered(410)
                        : dice < 14
                                ? PostResult.answered(204)
                                : dice < 24 ? PostResult.failed("lost") : PostResult.answered(500);
            }
        }

        /** While a call is under way. */
        private void meanwhile() {
            if (oneIn(2)) {
                queue.receiveOnceMore().ifPresent(this::receive);
            } else if (oneIn(2)) {
                receive();
            } else if (oneIn(2)) {
                act();
            }
        }

        private void assertMayBePosted(Worker worker, WebhookEndpoint endpoint, DeliveryKey key) {
            var now = clock.instant();
            assertThat(endpoint.health().state()).as("a disabled endpoint").isNotEqualTo(EndpointState.DISABLED);
            if (endpoint.health().state() == EndpointState.FAILING) {
                var before = probes.put(endpoint.id(), now);
                assertThat(before == null || Duration.between(before, now).compareTo(Duration.ofSeconds(45)) >= 0)
                        .as("a failing endpoint was tried at %s and %s", before, now)
                        .isTrue();
            }
            var delivery = worker.delivery;
            if (delivery == null || delivery.attempts().isEmpty()) {
                return;
            }
            assertThat(delivery.state()).isNotIn(DeliveryState.DELIVERED, DeliveryState.FAILED);
            int attempts = delivery.attempts().size();
            var last = delivery.attempts().get(attempts - 1).at();
            if (outOfTurn.getOrDefault(endpoint.id(), Instant.MIN).isBefore(last)) {
                assertThat(attempts).isLessThanOrEqualTo(WebhookCourier.PAUSES.size());
                assertThat(now)
                        .as("%s after %s attempts", key, attempts)
                        .isAfterOrEqualTo(last.plus(WebhookCourier.PAUSES.get(attempts - 1)));
            }
        }

        private void assertIsAsSigned(
                WebhookEndpoint endpoint, DeliveryKey key, Map<String, String> headers, byte[] body) {
            assertThat(new String(body, StandardCharsets.UTF_8))
                    .contains('"' + key.event() + '"')
                    .isEqualTo(bodies.computeIfAbsent(key, first -> new String(body, StandardCharsets.UTF_8)));
            var at = Instant.ofEpochSecond(Long.parseLong(headers.get("webhook-timestamp")));
            var both = WebhookSignature.headers(
                    key.event(), at, body, endpoint.secrets().signing(at));
            assertThat(both.get("webhook-signature")).startsWith(headers.get("webhook-signature"));
        }

        // ---- What must hold
        // --------------------------------------------------------------------------------------------

        /** Nothing happens any more: each event is delivered, or its record says why it is not. */
        private void assertIsAtRest(DeliveryKey key) {
            var endpoint = standing.find(CALLER, key.endpoint());
            if (endpoint.isEmpty()) {
                log.find(key.endpoint(), key.event())
                        .ifPresent(left -> assertThat(left.state()).isNotEqualTo(DeliveryState.WAITING));
                return;
            }
            var delivery = log.find(key.endpoint(), key.event());
            assertThat(delivery).as("%s is lost", key).isPresent();
            switch (delivery.get().state()) {
                case DELIVERED -> assertThat(delivery.get().body()).isNull();
                case PARKED ->
                    assertThat(endpoint.get().health().state())
                            .as("%s waits for nothing", delivery.get())
                            .isEqualTo(EndpointState.DISABLED);
                case FAILED ->
                    assertThat(delivery.get().attempts().size() > WebhookCourier.PAUSES.size()
                                    || disabled.containsKey(key.endpoint()))
                            .as("%s failed too early", key)
                            .isTrue();
                default -> throw new AssertionError(key + " is not at rest");
            }
        }

        /** Each receiver works again, and time goes on until nothing is left to do. */
        private void settle() {
            for (int i = 0; i < 400; i++) {
                if (!owed.isEmpty()) {
                    publishOwed();
                }
                tick();
                for (var next = queue.receive(); next.isPresent(); next = queue.receive()) {
                    receive(next.get());
                }
                var next = next();
                if (next.isEmpty()) {
                    return;
                }
                clock.move(Duration.between(clock.instant(), next.get()).plusMillis(1));
            }
            throw new AssertionError("always left to do: " + left());
        }

        private List<Object> left() {
            var left = new ArrayList<Object>();
            for (var endpoint : moods.keySet()) {
                standing.find(CALLER, endpoint).ifPresent(found -> left.add(found.id() + found.health()));
                log.findRelease(endpoint).ifPresent(left::add);
                log.newest(endpoint, null, 200).stream()
                        .filter(delivery -> !delivery.isEnded())
                        .forEach(delivery -> left.add(delivery + " due " + delivery.due() + delivery.attempts()));
            }
            return left;
        }

        private Optional<Instant> next() {
            var now = clock.instant();
            var times = new ArrayList<Instant>();
            if (!queue.isEmpty()) {
                times.add(now.plus(Duration.ofMinutes(3)));
            }
            for (var endpoint : moods.keySet()) {
                var all = log.newest(endpoint, null, 200);
                all.forEach(delivery -> Optional.ofNullable(delivery.due()).ifPresent(times::add));
                log.findRelease(endpoint).ifPresent(release -> times.add(now.plusSeconds(30)));
                if (all.stream().anyMatch(delivery -> delivery.state() == DeliveryState.PARKED)) {
                    standing.find(CALLER, endpoint)
                            .flatMap(found -> Optional.ofNullable(found.health().probeAt()))
                            .ifPresent(times::add);
                }
            }
            return times.stream().map(time -> later(time, now.plusSeconds(30))).min(Comparator.naturalOrder());
        }

        /** Enabled, each posts what is parked; and {@code recover} posts what has failed since then once, and nothing else. */
        private void recoverAll() {
            var left = standing.list(CALLER).stream().map(WebhookEndpoint::id).toList();
            left.forEach(endpoint -> patch(endpoint, "enabled"));
            settle();
            for (var endpoint : left) {
                var before = log.newest(endpoint, null, 200).stream()
                        .collect(Collectors.toMap(WebhookDelivery::event, WebhookDelivery::state));
                assertThat(before.values()).isSubsetOf(DeliveryState.DELIVERED, DeliveryState.FAILED);
                var since = before.isEmpty()
                        ? clock.instant()
                        : Event.time(List.copyOf(before.keySet()).get(random.nextInt(before.size())));
                posts.clear();
                recover(endpoint, since);
                settle();
                before.forEach((event, state) -> {
                    boolean again =
                            state == DeliveryState.FAILED && !Event.time(event).isBefore(since);
                    assertThat(posts.stream().filter(post -> post.equals(new DeliveryKey(endpoint, event))))
                            .as("%s %s, recovered since %s", event, state, since)
                            .hasSize(again ? 1 : 0);
                    assertThat(log.find(endpoint, event).orElseThrow().state())
                            .isEqualTo(again ? DeliveryState.DELIVERED : state);
                });
            }
        }
    }
}
