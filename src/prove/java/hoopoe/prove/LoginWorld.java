package hoopoe.prove;

import hoopoe.account.Accounts;
import hoopoe.prove.MemoryTable.Change;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.every8d.LoginWorker;
import hoopoe.provider.every8d.LoginWorker.LoginAnswer;
import hoopoe.provider.every8d.LoginWorker.LoginEnd;
import hoopoe.provider.http.HttpLimits;
import hoopoe.secret.Credentials;
import hoopoe.secret.Secrets;
import hoopoe.store.Keys;
import hoopoe.store.account.DynamoSessionStore;
import hoopoe.store.table.Table;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One history of one key of EVERY8D, which many workers share: the provider drops it, an operator closes it, the secret is
 * rotated, and logins are refused, slow, or not answered.
 */
final class LoginWorld implements History {

    private static final String ACCOUNT = "taipei";
    private static final Accounts ACCOUNTS = new Accounts(new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(
                    Map.of("hoopoe.accounts." + ACCOUNT + ".provider", "every8d"), "world", 100))
            .build());

    private static final Duration REQUEST = Duration.ofSeconds(28);
    private static final int LONG = 6 * 60_000;
    private static final int CROWDS = 6;
    private final Plan plan;
    private final Story story;
    private final Scheduler scheduler;
    private final MemoryTable table = new MemoryTable();
    /** Whether clocks are wrong: then a lease may end too early at any time. */
    private final boolean isSkewed;

    private final Map<String, Integer> wrong = new TreeMap<>();
    private String secret;
    private int versions;
    /** The number of the key that the provider honours; 0 for none. */
    private int live;

    private int issued;
    private int logins;
    /** How often a key that the provider honoured ended. */
    private int ends;
    /** What may have kept a worker from what it should have known, other than faults. */
    private int excuses;

    private int workers;

    LoginWorld(Plan plan, Executor threads, boolean isTold) {
        this.plan = plan;
        story = new Story(isTold);
        scheduler = new Scheduler(plan, threads, story);
        isSkewed = scheduler.oneIn(4);
        secret = secret(scheduler.oneIn(2));
        scheduler.afterEffect(() -> table.changes().forEach(this::written));
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
        for (int k = 0; k < CROWDS; k++) {
            long then = scheduler.random(LONG);
            int size = 1 + scheduler.random(4);
            if (plan.hasRequest(k)) {
                for (; size > 0; size--) {
                    scheduler.in(then + scheduler.random(300), () -> ask(3));
                }
            }
        }
        for (int k = scheduler.random(6); k > 0; k--) {
            scheduler.in(scheduler.random(LONG), this::drop);
        }
        for (int k = scheduler.random(3); k > 0; k--) {
            scheduler.in(scheduler.random(LONG), () -> rotate(scheduler.oneIn(2)));
        }
        if (scheduler.oneIn(3)) {
            scheduler.in(scheduler.random(LONG), this::close);
        }
        scheduler.in(LONG, () -> rotate(true));
        scheduler.run();
        scheduler.calm(true);
        scheduler.in(Duration.ofHours(2).toMillis(), () -> {});
        scheduler.run();
        atRest();
    }

    /** Faults are over, clocks and the password are right, and every pause has passed. */
    private void atRest() {
        var session = new DynamoSessionStore(
                        new Table(new WorkerClient(table, scheduler), "hoopoe", scheduler.pauses()))
                .read(ACCOUNT);
        if (session.block() != null && session.block().code().equals("unanswered")) {
            close(); // only an operator lifts it
            scheduler.run();
        }
        for (int k = 0; k < 3; k++) {
            begin("last", worker -> {
                try {
                    worker.ask(deadline());
                } catch (ProviderException e) {
                    throw new Breach("with the right password an account works in the end", e.getMessage());
                }
            });
        }
        scheduler.run();
    }

    // ---- who wants a key

    private void begin(String what, Consumer<LoginWorker> work) {
        var clock = scheduler.clock(
                isSkewed && !scheduler.isCalm() ? Duration.ofSeconds(scheduler.random(361) - 180) : Duration.ZERO);
        var store = new DynamoSessionStore(new Table(new WorkerClient(table, scheduler), "hoopoe", scheduler.pauses()));
        scheduler.begin(
                what + '-' + ++workers,
                () -> work.accept(new LoginWorker(
                        store,
                        new Vault(),
                        ACCOUNTS,
                        clock,
                        scheduler.order(),
                        millis -> scheduler.sleep(4 * millis),
                        new Provider())));
    }

    private Deadline deadline() {
        return Deadline.in(REQUEST, scheduler.clock(Duration.ZERO));
    }

    private void ask(int tries) {
        begin("call", worker -> {
            try {
                worker.ask(deadline());
            } catch (RuntimeException e) {
                tell("left for later: " + e.getMessage());
                if (tries > 0) {
                    scheduler.in(2_000 + scheduler.random(60_000), () -> ask(tries - 1));
                }
            }
        });
    }

    /** An operator ends the key, and lets one login through whatever was refused. */
    private void close() {
        begin("operator", worker -> {
            excuses++;
            try {
                worker.close(deadline());
            } catch (RuntimeException e) {
                tell("not closed: " + e.getMessage());
            }
        });
    }

    private void tell(String what) {
        story.add(() -> scheduler.now().toString().substring(5) + "  " + what);
    }

    // ---- the secret

    private String secret(boolean isRight) {
        return (isRight ? "right-" : "wrong-") + ++versions;
    }

    private void rotate(boolean isRight) {
        secret = secret(isRight);
        tell("the secret is now " + secret);
    }

    /** What was read last is the newest: so a rotated secret is found at once. */
    private final class Vault implements Secrets {

        @Override
        public Credentials credentials(String account) {
            return new Credentials("user", secret, secret);
        }

        @Override
        public Credentials freshCredentials(String account) {
            return scheduler.effect(() -> "reads the secret", Silence.SILENT, Silence.CALL, () -> credentials(account));
        }

        @Override
        public List<String> callbackTokens(String account) {
            return List.of();
        }
    }

    // ---- the provider

    private void drop() {
        ends += live == 0 ? 0 : 1;
        live = 0;
        tell("the provider drops the key");
    }

    private int excuses() {
        return isSkewed ? Integer.MAX_VALUE / 2 : excuses + scheduler.happened().size();
    }

    private final class Provider implements LoginWorker.Calls {

        @Override
        public LoginAnswer logIn(String password) {
            var end = scheduler.now().plus(HttpLimits.DEFAULT.call());
            try {
                slow();
                var answer = scheduler.effect(
                        () -> "logs in with " + password, Silence.SILENT, Silence.CALL, () -> taken(password));
                slow();
                if (!scheduler.now().isAfter(end)) {
                    return answer;
                }
            } catch (Silence e) {
                // as if it had come too late
            }
            excuses++;
            return new LoginAnswer(LoginEnd.UNANSWERED, "");
        }

        private void slow() {
            if (!scheduler.isCalm() && scheduler.oneIn(5)) {
                scheduler.sleep(scheduler.random(11_000));
            }
        }

        @Override
        public boolean close(String key) {
            try {
                return scheduler.effect(() -> "closes " + key, Silence.SILENT, Silence.CALL, () -> {
                    if (key.equals(name(live))) {
                        drop();
                    }
                    return true;
                });
            } catch (Silence e) {
                return false;
            }
        }

        @Override
        public boolean ask(String key) {
            return scheduler.effect(
                    () -> "calls with " + key, Silence.SILENT, Silence.CALL, () -> key.equals(name(live)));
        }
    }

    private static String name(int key) {
        return "key-" + key;
    }

    private LoginAnswer taken(String password) {
        int way = scheduler.isCalm() ? 99 : scheduler.random(20);
        if (way < 2) {
            return new LoginAnswer(way == 0 ? LoginEnd.BUSY : LoginEnd.UNREACHED, "");
        } else if (password.startsWith("wrong")) {
            int times = wrong.merge(password, 1, Integer::sum);
            check(times <= 1 + excuses(), "a password that was refused is not tried again", password);
            return new LoginAnswer(LoginEnd.REFUSED, "");
        }
        check(
                live == 0
                        || !name(live)
                                .equals(key(table.find(Keys.session(ACCOUNT).attributes())))
                        || excuses() > 0,
                "nobody logs in while a key works",
                name(live) + " is stored");
        check(++logins <= 1 + ends + excuses(), "one login for one key", logins + " logins");
        live = live == 0 ? ++issued : live; // the same key while it works
        return new LoginAnswer(LoginEnd.LOGGED_IN, name(live));
    }

    // ---- what is stored

    private void written(Change change) {
        var worker = scheduler.current();
        var before = key(change.before());
        check(
                !name(live).equals(before)
                        || before.equals(key(change.now()))
                        || worker != null && worker.name.startsWith("operator"),
                "a key that works is kept",
                before + " became " + key(change.now()));
    }

    private static @Nullable String key(@Nullable Map<String, AttributeValue> session) {
        return session == null || !session.containsKey("key")
                ? null
                : session.get("key").s();
    }

    private static void check(boolean holds, String invariant, String what) {
        if (!holds) {
            throw new Breach(invariant, what);
        }
    }
}
