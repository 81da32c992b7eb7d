package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.provider.Deadline;
import hoopoe.provider.Readiness;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import hoopoe.store.account.DynamoSessionStore;
import hoopoe.store.table.Table;
import hoopoe.testing.MovableClock;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many workers that share nothing but a table and a provider. */
class Every8dHerdTest {

    private static final int HERD = 150;
    private static final Accounts ACCOUNTS = new Accounts(new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(Map.of("hoopoe.accounts.taipei.provider", "every8d"), "test", 100))
            .build());
    private static final Account ACCOUNT = ACCOUNTS.find("taipei").orElseThrow();
    private static final Duration LONG = Duration.ofMinutes(2);

    /** So many have to wait for the one that logs in. */
    private final CountDownLatch waiting = new CountDownLatch(HERD / 5);

    /** Stands still: a slow machine must not outlast the login's lease, which rightly lets another one log in. */
    private final Clock clock = MovableClock.at("2026-11-22T04:00:00Z");

    private final String table = LocalDynamo.shared().createLastingTable();
    private final FakeEvery8d provider = new FakeEvery8d(clock);
    private final FakeSecrets secrets = new FakeSecrets();

    /** Every object that holds a state is its own, as in a process of its own. */
    private Every8dLogin worker() {
        return new Every8dLogin(
                new DynamoSessionStore(new Table(LocalDynamo.shared().client(), table)),
                provider,
                secrets,
                ACCOUNTS,
                clock,
                millis -> {
                    waiting.countDown();
                    Thread.sleep(millis);
                });
    }

    /** All at once, each by a worker of its own. */
    private <T> List<T> herd(int size, Function<Every8dLogin, T> act) throws Exception {
        var threads = Executors.newFixedThreadPool(size);
        try {
            var start = new CountDownLatch(1);
            var calls = IntStream.range(0, size)
                    .mapToObj(n -> (Callable<T>) () -> {
                        var worker = worker();
                        start.await();
                        return act.apply(worker);
                    })
                    .map(threads::submit)
                    .toList();
            start.countDown();
            var answers = new ArrayList<T>();
            for (var call : calls) {
                answers.add(call.get(LONG.toSeconds(), TimeUnit.SECONDS));
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    /** As a held send does: again and again, until it is decided, or the test gives up. */
    private Readiness decided(Every8dLogin worker) {
        Readiness readiness;
        do {
            readiness = worker.ready(ACCOUNT, Deadline.in(LONG, clock));
        } while (readiness instanceof Readiness.NotYet
                && !Thread.currentThread().isInterrupted());
        return readiness;
    }

    private Every8dLoginResult whenManyWait(Every8dLoginResult answer) {
        try {
            assertThat(waiting.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return answer;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aHerdWithoutAKeyLogsInOnce() throws Exception {
        provider.nextAfterLogin(() -> whenManyWait(new Every8dLoginResult.LoggedIn("key-1")));

        var answers = herd(HERD, this::decided);

        assertThat(provider.logins()).isEqualTo(1);
        assertThat(answers).hasSize(HERD).allSatisfy(answer -> assertThat(answer)
                .isInstanceOfSatisfying(Readiness.Ready.class, ready -> assertThat(ready.session())
                        .isEqualTo(new SessionKey("key-1", 1))));
    }

    @Test
    void aHerdWithAWrongPasswordTriesItOnce() throws Exception {
        secrets.password("wrong", "v1");
        provider.nextAfterLogin(() -> whenManyWait(new Every8dLoginResult.LoginRefused("-101", "password")));

        var answers = herd(HERD, this::decided);

        assertThat(provider.logins()).isEqualTo(1);
        assertThat(answers).hasSize(HERD).allSatisfy(answer -> assertThat(answer)
                .isInstanceOfSatisfying(Readiness.Blocked.class, blocked -> assertThat(blocked.code())
                        .isEqualTo("-101")));
    }

    @Test
    void aHerdWithADeadKeyLogsInOnce() throws Exception {
        decided(worker());
        provider.forget();

        var answers = herd(50, worker -> {
            var key = (SessionKey) ((Readiness.Ready) decided(worker)).session();
            if (!provider.honours(key)) {
                worker.dead(ACCOUNT, key);
            }
            return decided(worker);
        });

        assertThat(provider.logins()).isEqualTo(2);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(provider.honours((SessionKey) ((Readiness.Ready) answer).session()))
                        .isTrue());
    }
}
