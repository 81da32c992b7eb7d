package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.account.session.Session;
import hoopoe.provider.Deadline;
import hoopoe.provider.Readiness;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import hoopoe.testing.MemorySessionStore;
import hoopoe.testing.MovableClock;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** An account, a provider that keeps sessions as EVERY8D's document says (§1.1), and a clock that only waiting moves. */
abstract class SessionFixture {

    static final Every8dLoginResult LOST = new Every8dLoginResult.NoAnswer(true, "timeout");

    final MovableClock clock = MovableClock.at("2026-11-23T02:00:00Z");
    final MemorySessionStore keys = new MemorySessionStore();
    final FakeEvery8d provider = new FakeEvery8d(clock);
    final FakeSecrets secrets = new FakeSecrets();
    final Accounts accounts = accounts(Map.of("hoopoe.accounts.taipei.provider", "every8d"));
    final Account account = accounts.find("taipei").orElseThrow();
    final Every8dLogin session = worker();

    static Accounts accounts(Map<String, String> properties) {
        return new Accounts(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build());
    }

    Every8dLogin worker() {
        return new Every8dLogin(
                keys, provider, secrets, accounts, clock, millis -> clock.move(Duration.ofMillis(millis)));
    }

    Readiness ready() {
        return session.ready(account, Deadline.in(Duration.ofSeconds(4), clock));
    }

    SessionKey key(Readiness readiness) {
        assertThat(readiness).isInstanceOf(Readiness.Ready.class);
        return (SessionKey) ((Readiness.Ready) readiness).session();
    }

    Session stored() {
        return keys.read("taipei");
    }

    static void assertBlocked(Readiness readiness, String code) {
        assertThat(readiness).isInstanceOfSatisfying(Readiness.Blocked.class, blocked -> assertThat(blocked.code())
                .isEqualTo(code));
    }

    static Instant retryAt(Readiness readiness, String code) {
        assertThat(readiness).isInstanceOfSatisfying(Readiness.NotYet.class, notYet -> assertThat(notYet.code())
                .isEqualTo(code));
        return Optional.ofNullable(((Readiness.NotYet) readiness).retryAt()).orElseThrow();
    }
}
