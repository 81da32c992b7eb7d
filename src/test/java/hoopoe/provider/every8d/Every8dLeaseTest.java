package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.provider.Deadline;
import hoopoe.provider.Readiness;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several workers may log in. */
class Every8dLeaseTest extends SessionFixture {

    @Test
    void threeLoginsAMinuteAreTheMost() {
        provider.newKeyAtEachLogin();
        var starts = new ArrayList<Instant>();
        var end = clock.instant().plus(Duration.ofMinutes(10));
        while (clock.instant().isBefore(end)) {
            var before = provider.logins();
            if (ready() instanceof Readiness.Ready ready) {
                session.dead(account, (SessionKey) ready.session());
            }
            if (provider.logins() > before) {
                starts.add(clock.instant());
            }
            clock.move(Duration.ofMillis(700));
        }

        assertThat(starts).hasSizeGreaterThan(20);
        for (int n = 3; n < starts.size(); n++) {
            assertThat(Duration.between(starts.get(n - 3), starts.get(n)))
                    .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        }
    }

    @Test
    void whoIsTooFastIsToldWhenToComeBack() {
        provider.newKeyAtEachLogin();
        var start = clock.instant();
        for (int n = 0; n < 3; n++) {
            session.dead(account, key(ready()));
        }

        assertThat(retryAt(ready(), "login_rate")).isEqualTo(start.plus(Duration.ofMinutes(1)));
    }

    @Test
    void whoeverFindsTheLeaseTakenWaitsForTheKey() {
        var seen = new ArrayList<Readiness>();
        provider.nextAfterLogin(() -> {
            seen.add(worker().ready(account, Deadline.in(Duration.ofSeconds(4), clock)));
            return new Every8dLoginResult.LoggedIn("key-1");
        });

        key(ready());

        assertThat(seen).containsExactly(Every8dLoginAttempt.UNDER_WAY);
        assertThat(provider.logins()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "60, 10"})
    void patienceEnds(int deadline, int seconds) {
        keys.change("taipei", standing -> standing.leased("other", Every8dLogin.day(clock.instant()), clock.instant()));
        var start = clock.instant();

        assertThat(session.ready(account, Deadline.in(Duration.ofSeconds(deadline), clock)))
                .isEqualTo(Every8dLoginAttempt.UNDER_WAY);

        assertThat(Duration.between(start, clock.instant()))
                .isBetween(
                        Duration.ofSeconds(seconds), Duration.ofSeconds(seconds).plusMillis(400));
        assertThat(provider.logins()).isZero();
    }

    @Test
    void aLateHolderDoesNotOverwriteANewerKey() {
        provider.newKeyAtEachLogin().nextAfterLogin(() -> {
            clock.move(Duration.ofSeconds(41));
            key(worker().ready(account, Deadline.in(Duration.ofSeconds(4), clock)));
            return new Every8dLoginResult.LoggedIn("late");
        });

        var found = key(ready());

        assertThat(found.value()).isEqualTo("key-2");
        assertThat(provider.honours(found)).isTrue();
        assertThat(stored().generation()).isEqualTo(1);
        assertThat(provider.logins()).isEqualTo(2);
    }

    @Test
    void aLateHolderWhoseLeaseNobodyTookStoresItsKey() {
        provider.nextAfterLogin(() -> {
            clock.move(Duration.ofSeconds(41));
            return new Every8dLoginResult.LoggedIn("key-1");
        });

        assertThat(key(ready()).value()).isEqualTo("key-1");
    }

    @Test
    void aLateRefusalMarksItsVersionAndDoesNotBlockWhatWorks() {
        secrets.password("old", "v1");
        provider.nextAfterLogin(() -> {
            clock.move(Duration.ofSeconds(41));
            secrets.password("right", "v2");
            key(worker().ready(account, Deadline.in(Duration.ofSeconds(4), clock)));
            return new Every8dLoginResult.LoginRefused("-101", "password");
        });

        assertBlocked(ready(), "credentials_refused");

        assertThat(stored().block()).isNull();
        assertThat(stored().logins().bad()).containsExactly("v1");
        key(ready());
    }

    private void otherTakesTheLease() {
        keys.change("taipei", standing -> standing.leased("other", Every8dLogin.day(clock.instant()), clock.instant()));
    }

    @Test
    void whoeverLosesTheRaceForTheLeaseWaits() {
        keys.before(1, this::otherTakesTheLease);

        assertThat(ready()).isEqualTo(Every8dLoginAttempt.UNDER_WAY);

        assertThat(provider.logins()).isZero();
    }

    @Test
    void whoeverLosesItsLeaseDoesNotLogIn() {
        keys.before(2, () -> {
            clock.move(Duration.ofSeconds(41));
            otherTakesTheLease();
        });

        assertThat(ready()).isEqualTo(Every8dLoginAttempt.UNDER_WAY);

        assertThat(provider.logins()).isZero();
        assertThat(stored().isLeasedTo("other")).isTrue();
    }

    @Test
    void aKeyThatCameMeanwhileIsTakenWithoutALease() {
        keys.before(1, () -> key(worker().ready(account, Deadline.in(Duration.ofSeconds(4), clock))));

        key(ready());

        assertThat(provider.logins()).isEqualTo(1);
        assertThat(keys.writes()).as("one lost, three of the other").isEqualTo(4);
    }

    @Test
    void aLeaseLostBeforeTheLoginIsNoReasonToLogIn() {
        var other = worker();
        keys.before(2, () -> {
            clock.move(Duration.ofSeconds(41));
            key(other.ready(account, Deadline.in(Duration.ofSeconds(4), clock)));
        });

        key(ready());

        assertThat(provider.logins()).isEqualTo(1);
    }
}
