package hoopoe.prove.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hoopoe.local.Simulator;
import hoopoe.local.Stack;
import hoopoe.local.lambda.Outcome;
import hoopoe.prove.socket.SocketCall.Kind;
import hoopoe.prove.socket.SocketFault.Moment;
import hoopoe.store.Keys;
import hoopoe.testing.Api;
import hoopoe.testing.SelfSigned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Every fault in every call, with TLS and without, where the provider does what it is asked for and where it does not. Cases of one
 * account come one after the other, in rounds: first all send, then the clock ticks.
 */
public final class SocketMatrix {

    private static final String NEIGHBOUR = "neighbour";

    /** As short as a machine under load bears. */
    private static final Map<String, String> LIMITS = Map.of(
            "hoopoe.timing.session", "3s",
            "hoopoe.provider.call-timeout", "2s",
            "hoopoe.provider.connect-timeout", "1500ms",
            "hoopoe.provider.call-margin", "500ms",
            "hoopoe.poll.first-check", "500ms",
            "hoopoe.default-account", NEIGHBOUR);

    private static final Duration COLD = Duration.ofMinutes(3);
    private static final Duration FIRST_CHECK = Duration.ofMillis(600);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int ROUNDS_TO_REST = 60;
    private static final int TRIES = 4;
    private static final int WIDTH = 8;
    private static final String SENT = "submitted";
    private static final String HELD = "accepted";
    private static final Set<String> REACHED = Set.of(SENT, "delivered");

    /** What a function logs where an exception left a part of it. */
    private static final Pattern BROKEN =
            Pattern.compile(": Failed\\[| threw |could not be looked after|could not be put off");

    private final Map<String, Lane> lanes;
    private final ExecutorService threads;
    private final Stack stack;
    private final Api api;
    private final int callers;
    private final SocketSummary summary = new SocketSummary();
    private volatile boolean over;

    private SocketMatrix(Map<String, Lane> lanes, ExecutorService threads, Stack stack, int callers) {
        this.callers = callers;
        this.lanes = lanes;
        this.threads = threads;
        this.stack = stack;
        this.api = new Api(stack.url());
    }

    /** All cases, in an order that is the same each time: 4,480. */
    static List<SocketCase> cases() {
        List<SocketCase> cases = new ArrayList<>();
        for (var call : SocketCall.values()) {
            for (var tls : List.of(false, true)) {
                SocketFault.early()
                        .forEach(fault -> cases.add(new SocketCase(cases.size() + 1, call, tls, fault, false)));
                for (var fault : SocketFault.late()) {
                    cases.add(new SocketCase(cases.size() + 1, call, tls, fault, true));
                    cases.add(new SocketCase(cases.size() + 1, call, tls, fault, false));
                }
            }
        }
        Collections.shuffle(cases, new Random(1));
        return cases;
    }

    /**
     * Some of each call, with TLS and without.
     *
     * @param first from 1
     * @param each how many of the 320 that each has
     */
    static List<SocketCase> some(int first, int each) {
        Map<String, Integer> counts = new HashMap<>();
        return cases().stream()
                .filter(one -> {
                    int n = counts.merge(one.call() + " " + one.tls(), 1, Integer::sum);
                    return n >= first && n < first + each;
                })
                .toList();
    }

    /**
     * {@code mvn -Psockets}: plays cases, all by default.
     *
     * @param args the first, and how many, of each call, with TLS and without; and for how many minutes cases are begun
     */
    public static void main(String[] args) throws Exception {
        var cases = some(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        var summary = run(cases, WIDTH, 16, Duration.ofMinutes(Integer.parseInt(args[2])));
        System.out.println(summary);
        System.exit(summary.breaches().isEmpty() ? 0 : 1);
    }

    /**
     * @param width accounts for each call, with TLS and without; twice as many for logins, whose sends wait for seconds
     * @param callers at once
     * @param time after which no case begins
     */
    static SocketSummary run(List<SocketCase> cases, int width, int callers, Duration time) throws Exception {
        var threads = Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "socket");
            thread.setDaemon(true);
            return thread;
        });
        var certificate =
                new SelfSigned(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "sockets"));
        var context = certificate.context();
        Map<String, Lane> lanes = Collections.synchronizedMap(new LinkedHashMap<>());
        for (int i = 0; i < cases.size(); i++) {
            var one = cases.get(i);
            int wide = one.call().kind() == Kind.LOGIN ? 2 * width : width;
            var name = one.call().shortName() + (one.tls() ? "tls" : "plain") + i % wide;
            lanes.computeIfAbsent(name, unknown -> new Lane(one.call(), one.tls()))
                    .todo
                    .add(one);
        }
        lanes.put(NEIGHBOUR, new Lane(SocketCall.EVERY8D_SEND, false));
        var builder = Stack.builder()
                .timeout(COLD)
                .settings(LIMITS)
                .settings(Map.of(
                        "hoopoe.provider.trusted-certificates",
                        certificate.pem().toString()));
        lanes.forEach((name, lane) -> builder.simulator(lane.start(name, context, threads)));
        try (var stack = builder.start()) {
            try {
                return new SocketMatrix(lanes, threads, stack, callers).run(cases, time);
            } finally {
                Files.write(Path.of("target", "sockets.log"), stack.log());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private SocketSummary run(List<SocketCase> cases, Duration time) throws Exception {
        api.awake();
        together(Collections.nCopies(callers, api), Api::awake); // so many environments
        together(lanes.values(), this::warmUp);
        int logged = stack.log().size();
        var neighbour = threads.submit(this::neighbour);
        long began = System.nanoTime();
        int rest = 0;
        while (rest < ROUNDS_TO_REST && lanes.values().stream().anyMatch(Lane::isBusy)) {
            rest = lanes.values().stream().allMatch(lane -> lane.todo.isEmpty()) ? rest + 1 : 0;
            round();
            System.out.println(
                    lanes.values().stream().mapToInt(lane -> lane.todo.size()).sum() + " cases left");
        }
        over = true;
        neighbour.get();
        tick(); // what is unconfirmed stays so
        tick();
        var begun = cases.stream().filter(SocketCase::isBegun).toList();
        together(begun, this::judgeAtTheEnd);
        lanes.values().forEach(lane -> {
            var line = lane.account().line();
            if (line.reused() > 0 || !line.twice().isEmpty()) {
                summary.breach(lane.account().name() + ": lines with two requests: " + line.reused()
                        + ", messages sent twice: " + line.twice());
            }
        });
        stack.log().stream().skip(logged).filter(BROKEN.asPredicate()).forEach(summary::breach);
        stack.givenUp().forEach(summary::breach);
        return summary.done(begun, Duration.ofNanos(System.nanoTime() - began));
    }

    private void round() throws Exception {
        together(lanes.values(), this::begin);
        Thread.sleep(FIRST_CHECK.toMillis());
        for (var lane : lanes.values()) {
            if (lane.now != null && lane.now.call().kind() == Kind.REPORT) {
                lane.account().line().arm(lane.now);
            }
        }
        tick();
        together(lanes.values(), this::end);
    }

    /** The first calls of each account, one of which logs in. A new environment on a busy machine may be too slow for them. */
    private void warmUp(Lane lane) {
        for (int i = 0; i < TRIES; i++) {
            if (state(send(lane, "good morning")).equals(SENT)) {
                return;
            }
            forget(lane.account());
        }
        throw new AssertionError(lane.account().name() + " does not work");
    }

    /** Sends all the time, and hears nothing of the others' trouble. */
    private void neighbour() {
        var lane = Objects.requireNonNull(lanes.get(NEIGHBOUR));
        int slow = 0;
        try {
            while (!over) {
                var sent = send(lane, "good day");
                slow = state(sent).equals(SENT) ? 0 : slow + 1;
                if (slow == TRIES || sent.has("answered")) {
                    summary.breach("the neighbour's messages fail: " + sent);
                }
                summary.neighbour();
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (Exception e) {
            summary.breach("the neighbour: " + e);
        }
    }

    private void begin(Lane lane) throws Exception {
        if (lane.now != null || lane.todo.isEmpty()) {
            return;
        }
        var next = lane.todo.remove();
        lane.now = next;
        next.begin();
        if (!next.call().needsSession()) {
            forget(lane.account());
        }
        boolean breaks = next.call().kind() != Kind.REPORT;
        if (breaks) {
            lane.account().line().arm(next);
        }
        var sent = send(lane, next.marker());
        next.sentAs(sent.path("batch").asText());
        if (breaks) {
            lane.account().line().disarm();
            answered(lane, next, sent);
        } else if (sent.has("answered")) {
            lane.now = null;
            summary.breach(next + ": " + sent);
        } else if (!state(sent).equals(SENT)) {
            lane.now = null; // too slow, for there was no fault
            again(lane, next);
        }
    }

    /** What may be said when the function answers. */
    private void answered(Lane lane, SocketCase one, JsonNode sent) {
        var state = state(sent);
        one.end(state);
        boolean isRead = one.fault().moment() == Moment.READ;
        boolean isRight =
                switch (state) {
                    case HELD ->
                        one.call().kind() == Kind.LOGIN
                                || one.fault().moment().compareTo(Moment.ACCEPTED) <= 0
                                || !one.struck();
                    case SENT -> isRead && (one.taken() || one.call().kind() == Kind.LOGIN);
                    case "rejected" -> isRead && !one.taken() && one.call().kind() == Kind.SEND;
                    case "unconfirmed" ->
                        one.call().kind() == Kind.SEND ? one.fault().moment() != Moment.REFUSED : isSlow(sent);
                    default -> false;
                };
        if (!isRight || sent.path("provider_code").asText().equals("internal")) {
            summary.breach(one + ": " + sent);
        }
        if (!state.equals(HELD)) {
            finish(lane, one);
        }
    }

    /** @param one whose message waits no longer */
    private void finish(Lane lane, SocketCase one) {
        lane.now = null;
        if (!one.struck()) {
            again(lane, one);
        }
    }

    /** Its call did not reach the line, as on a busy machine. */
    private void again(Lane lane, SocketCase one) {
        if (one.again()) {
            lane.todo.add(one);
        } else {
            summary.breach(one + ": its call never comes");
        }
    }

    private void end(Lane lane) throws Exception {
        var one = lane.now;
        if (one == null) {
            return;
        }
        if (one.call().kind() == Kind.REPORT) {
            if (one.struck()) {
                lane.account().line().disarm();
                lane.now = null;
                one.end(look(one));
            } else if (!one.missed()) {
                lane.account().line().disarm();
                lane.now = null;
                summary.breach(one + ": nobody asked");
            }
        } else if (!look(one).equals(HELD)) {
            finish(lane, one);
        }
    }

    private void judgeAtTheEnd(SocketCase one) {
        if (one.verdict() == null || one.batch().isEmpty()) {
            summary.breach(one + ": has no end");
            return;
        }
        var state = look(one);
        int sends = lanes.values().stream()
                .mapToInt(lane -> lane.account().line().sends(one))
                .sum();
        boolean isHeld = one.verdict().equals(HELD);
        boolean isBroken = one.call().kind() == Kind.SEND || one.verdict().equals("unconfirmed");
        boolean isRight = isHeld || !isBroken
                ? REACHED.contains(state) && sends == 1
                : sends <= 1
                        && (one.taken() || one.call().kind() == Kind.LOGIN
                                ? REACHED.contains(state) || state.equals("unconfirmed")
                                : Set.of("rejected", "unconfirmed").contains(state));
        if (!isRight) {
            summary.breach(one + ": first " + one.verdict() + ", at last " + state + ", sent " + sends + " times");
        }
        summary.count(one, isHeld ? "sent later" : one.verdict(), sends);
    }

    /** Its one dispatch: the state, and the code where there is one. */
    private JsonNode send(Lane lane, String text) {
        var answer = api.post("/v1/batches?include=dispatches", lane.account().body(text));
        if (answer.statusCode() != 202) {
            return JsonNodeFactory.instance.objectNode().put("answered", Api.text(answer));
        }
        var batch = answer.as(JsonNode.class);
        var dispatch = batch.at("/dispatches/0"); // none yet where time was short
        return JsonNodeFactory.instance
                .objectNode()
                .put("batch", batch.path("id").asText())
                .put("state", dispatch.path("state").asText(HELD))
                .put("provider_code", dispatch.path("provider_code").asText());
    }

    private static String state(JsonNode dispatch) {
        return dispatch.path("state").asText();
    }

    /** A call without a fault took too long, as it may on a busy machine. */
    private static boolean isSlow(JsonNode dispatch) {
        return dispatch.path("provider_code").asText().equals("timeout");
    }

    /** The state of its one message. */
    private String look(SocketCase one) {
        return api.batch(one.batch()).path("counts").fieldNames().next();
    }

    private void tick() throws InterruptedException {
        if (stack.tick() instanceof Outcome.Failed failed) {
            summary.breach("a tick: " + failed);
        }
    }

    /** As if it had never logged in, was never refused, and its provider never moved. */
    private void forget(Simulator account) {
        var key = Keys.session(account.name());
        stack.dynamo().client().deleteItem(delete -> delete.tableName(stack.table())
                .key(Map.of(
                        "pk", AttributeValue.fromS(key.pk()),
                        "sk", AttributeValue.fromS(key.sk()))));
    }

    private interface Work<T> {
        void on(T subject) throws Exception;
    }

    private <T> void together(Iterable<T> subjects, Work<? super T> work) throws Exception {
        Deque<T> left = new ArrayDeque<>();
        subjects.forEach(left::add);
        List<Callable<Void>> calling = Collections.nCopies(callers, () -> {
            for (var next = poll(left); next != null; next = poll(left)) {
                work.on(next);
            }
            return null;
        });
        for (var caller : threads.invokeAll(calling)) {
            caller.get();
        }
    }

    private static <T> @Nullable T poll(Deque<T> left) {
        synchronized (left) {
            return left.poll();
        }
    }

    /** The cases of one account. */
    private static final class Lane {

        private final SocketCall call;
        private final boolean tls;
        private final Deque<SocketCase> todo = new ArrayDeque<>();
        private volatile @Nullable SocketCase now;
        private volatile @Nullable SocketAccount account;

        Lane(SocketCall call, boolean tls) {
            this.call = call;
            this.tls = tls;
        }

        Simulator.Start start(String name, SSLContext context, ExecutorService threads) {
            return (api, given) -> {
                var started = SocketAccount.of(name, call, api, tls ? context : null, threads);
                account = started;
                return started;
            };
        }

        SocketAccount account() {
            return Objects.requireNonNull(account);
        }

        /** What is left is as if it had never begun. */
        void leave() {
            todo.forEach(SocketCase::leave);
            todo.clear();
        }

        boolean isBusy() {
            return now != null || !todo.isEmpty();
        }
    }
}
