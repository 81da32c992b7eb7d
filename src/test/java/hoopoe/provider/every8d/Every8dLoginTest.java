package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.account.session.Session;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import hoopoe.secret.AwaySecrets;
import hoopoe.secret.Credentials;
import hoopoe.secret.Secrets;
import hoopoe.testing.MemorySessionStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Every8dLoginTest extends SessionFixture {

    @Test
    void theKeyIsFoundOnceItIsThere() {
        var first = key(ready());
        var second = key(worker().ready(account, Deadline.in(Duration.ZERO, clock)));

        assertThat(provider.logins()).isEqualTo(1);
        assertThat(second).isEqualTo(first);
        assertThat(provider.honours(second)).isTrue();
        assertThat(stored().lease()).isNull();
    }

    @Test
    void thePasswordOfALoginIsReadUncached() {
        secrets.password("new", "v2");
        provider.password("new");

        key(ready());
    }

    @Test
    void aDeadKeyIsReplacedOnce() {
        var dead = key(ready());
        provider.forget();

        session.dead(account, dead);
        var fresh = key(ready());
        session.dead(account, dead);
        worker().dead(account, dead);

        assertThat(key(ready())).isEqualTo(fresh);
        assertThat(fresh.generation()).isGreaterThan(dead.generation());
        assertThat(provider.logins()).isEqualTo(2);
    }

    @Test
    void aKeyEndsWithItsTaipeiDay() {
        clock.set("2026-11-23T15:59:59Z");
        var yesterdays = key(ready());
        clock.set("2026-11-23T16:00:00Z");

        var todays = key(ready());

        assertThat(todays.generation()).isEqualTo(yesterdays.generation() + 1);
        assertThat(provider.honours(todays)).isTrue();
        assertThat(provider.logins()).isEqualTo(2);
    }

    @Test
    void aLoginBegunBeforeMidnightIsNotTrustedAfterIt() {
        clock.set("2026-11-23T15:59:59Z");
        provider.nextAfterLogin(() -> {
            clock.move(Duration.ofSeconds(2));
            return new Every8dLoginResult.LoggedIn("key-1");
        });

        assertThat(provider.honours(key(ready()))).isTrue();
        assertThat(provider.logins()).isEqualTo(2);
    }

    @Test
    void closingEndsTheKeyForEverybody() {
        var before = key(ready());

        assertThat(session.close(account, Deadline.in(Duration.ofSeconds(4), clock)))
                .isTrue();
        assertThat(session.close(account, Deadline.in(Duration.ofSeconds(4), clock)))
                .isFalse();

        assertThat(provider.closes()).isEqualTo(1);
        assertThat(provider.honours(before)).isFalse();
        assertThat(provider.honours(key(ready()))).isTrue();
    }

    @Test
    void aKeyIsDroppedThoughTheProviderDoesNotKnowIt() {
        key(ready());
        provider.forget();

        assertThat(session.close(account, Deadline.in(Duration.ofSeconds(4), clock)))
                .isFalse();

        assertThat(stored().key()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"1,false", "1,true", "2,false", "2,true", "3,false", "3,true"})
    void aCrashBetweenTwoWritesLeavesNothingStuck(int write, boolean after) {
        keys.crashAt(write, after);
        assertThatThrownBy(this::ready).isInstanceOf(MemorySessionStore.Crash.class);
        clock.move(Session.LEASE);

        var found = key(worker().ready(account, Deadline.in(Duration.ofSeconds(4), clock)));

        assertThat(provider.honours(found)).isTrue();
        assertThat(provider.logins()).isEqualTo(write < 3 ? 1 : after ? 1 : 2);
        assertThat(stored().lease()).isNull();
    }

    @Test
    void workersThatDieInTheirLoginCountAsUnanswered() {
        for (int n = 0; n < 8; n++) {
            keys.crashAt(3, false);
            assertThatThrownBy(this::ready).isInstanceOf(MemorySessionStore.Crash.class);
            clock.move(Duration.ofHours(2));
        }

        assertBlocked(ready(), "unanswered");
        assertThat(provider.logins()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aLostRaceIsRunAgain(int write) {
        keys.before(
                write,
                () -> keys.change("taipei", standing -> standing.withRevision(standing.revision())
                        .opened(clock.instant())));
        keys.before(write, this::touch);

        key(ready());

        assertThat(provider.logins()).isEqualTo(1);
    }

    private void touch() {
        var seen = stored();
        assertThat(keys.replace("taipei", seen, seen)).isTrue();
    }

    @Test
    void twoNamesForOneUserAreRefused() {
        var twins = accounts(Map.of(
                "hoopoe.accounts.one.provider", "every8d",
                "hoopoe.accounts.two.provider", "every8d",
                "hoopoe.accounts.else.provider", "every8d",
                "hoopoe.accounts.else.url", "http://127.0.0.1:1/x"));
        var refusing = new Every8dLogin(keys, provider, secrets, twins, clock, millis -> {});
        var deadline = Deadline.in(Duration.ofSeconds(4), clock);

        assertBlocked(refusing.ready(twins.find("one").orElseThrow(), deadline), "account_twice");
        assertBlocked(refusing.ready(twins.find("two").orElseThrow(), deadline), "account_twice");
        key(refusing.ready(twins.find("else").orElseThrow(), deadline));
        assertThat(provider.logins()).isEqualTo(1);
    }

    @Test
    void whileSecretsAreAwayNobodyLogsInAndNothingIsBlocked() {
        var waiting = new Every8dLogin(keys, provider, new AwaySecrets(), accounts, clock, millis -> {});
        var deadline = Deadline.in(Duration.ofSeconds(28), clock);

        assertThat(waiting.ready(account, deadline)).isEqualTo(Readiness.NotYet.secretUnavailable());
        assertThatThrownBy(() -> new Every8dQueryCall(provider, waiting)
                        .withKey(account, "credit", deadline, sessionKey -> Optional.of("never")))
                .isInstanceOf(ProviderException.ProviderUnavailable.class);

        assertThat(provider.logins()).isZero();
        assertThat(stored().lease()).isNull();
        assertThat(stored().block()).isNull();
        key(ready());
        assertThat(waiting.ready(account, deadline)).isInstanceOf(Readiness.Ready.class);
    }

    @Test
    void aVaultThatFailsGivesTheLeaseBack() {
        var broken = new Every8dLogin(
                keys,
                provider,
                new Secrets() {
                    @Override
                    public Credentials credentials(String name) {
                        return freshCredentials(name);
                    }

                    @Override
                    public Credentials freshCredentials(String name) {
                        throw new IllegalStateException("vault");
                    }

                    @Override
                    public List<String> callbackTokens(String name) {
                        return List.of();
                    }
                },
                accounts,
                clock,
                millis -> {});

        assertThatThrownBy(() -> broken.ready(account, Deadline.in(Duration.ofSeconds(4), clock)))
                .hasMessage("vault");

        key(ready());
    }

    @Test
    void nothingPrintsAKeyOrAPassword() {
        var found = key(ready());

        assertThat(found + " " + stored() + " " + ready() + " " + secrets.credentials("taipei"))
                .doesNotContain("key-1")
                .doesNotContain("right");
    }
}
