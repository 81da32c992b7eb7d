package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.provider.Deadline;
import hoopoe.provider.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which logins are tried, and which never again. */
class Every8dBlockTest extends SessionFixture {

    @ParameterizedTest
    @ValueSource(strings = {"-100", "-101", "-999"})
    void aRefusedVersionIsTriedOnce(String code) {
        provider.next(new Every8dLoginResult.LoginRefused(code, "no"));

        assertBlocked(ready(), code);
        clock.move(Duration.ofDays(40));
        var writes = keys.writes();
        assertBlocked(ready(), code);
        assertBlocked(worker().ready(account, Deadline.in(Duration.ofSeconds(4), clock)), code);

        assertThat(provider.logins()).isEqualTo(1);
        assertThat(keys.writes()).isEqualTo(writes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"p\u0000w", "p\u001Bw", "\uD83D", "\uFFFE"})
    void aPasswordThatXmlCannotCarryIsNoneToLogInWith(String password) {
        secrets.password(password, "v1");

        assertBlocked(ready(), "misconfigured");
        assertThat(provider.logins()).isZero();
        assertThat(stored().lease()).isNull();

        secrets.password("right", "v2");
        key(ready());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-100", "-101", "-999"})
    void aNewVersionOpensTheBlock(String code) {
        provider.next(new Every8dLoginResult.LoginRefused(code, "no"));
        ready();
        secrets.password("right", "v2");

        key(ready());

        assertThat(stored().block()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-100", "-101", "-999"})
    void aRefusedKeyBlocksAsARefusedLoginDoes(String code) {
        session.refused(account, key(ready()), code, "no");

        assertBlocked(ready(), code);
        clock.move(Duration.ofDays(40));
        assertBlocked(ready(), code);
        assertThat(stored().key()).isNull();
        assertThat(stored().block()).isNotNull();
        assertThat(provider.logins()).isEqualTo(1);
        secrets.password("right", "v2");
        key(ready());
        assertThat(stored().block()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-100", "-101", "-999"})
    void anOperatorGetsOneTryAfterARefusedKey(String code) {
        session.refused(account, key(ready()), code, "no");
        session.close(account, Deadline.in(Duration.ofSeconds(4), clock));
        provider.next(new Every8dLoginResult.LoginRefused(code, "no"));

        assertBlocked(ready(), code);
        assertBlocked(ready(), code);
        assertThat(provider.logins()).isEqualTo(2);
        session.close(account, Deadline.in(Duration.ofSeconds(4), clock));
        key(ready());
    }

    @Test
    void aRefusedKeyMarksTheVersionItWasGivenFor() {
        var old = key(ready());
        secrets.password("right", "v2");

        session.refused(account, old, "-101", "no");

        var next = key(ready());
        session.refused(account, old, "-101", "late");
        assertThat(key(ready())).isEqualTo(next);
        assertThat(stored().block()).isNull();
        assertThat(stored().logins().bad()).containsExactly("v1");
    }

    @Test
    void aBadVersionStaysBadThoughAnotherWorked() {
        secrets.password("wrong", "v1");
        ready();
        secrets.password("right", "v2");
        session.dead(account, key(ready()));
        secrets.password("wrong", "v1");
        clock.move(Duration.ofMinutes(5));

        assertBlocked(ready(), "credentials_refused");

        assertThat(provider.logins()).isEqualTo(2);
        assertThat(stored().lease()).isNull();
    }

    @Test
    void aNewVersionIsTriedAgainWhereItsAnswerWasLost() {
        secrets.password("wrong", "v1");
        ready();
        secrets.password("right", "v2");
        provider.next(LOST);

        assertThat(ready()).isInstanceOf(Readiness.NotYet.class);
        key(ready());
    }

    @Test
    void anOperatorGetsOneTry() {
        secrets.password("wrong", "v1");
        ready();

        assertThat(session.close(account, Deadline.in(Duration.ofSeconds(4), clock)))
                .isFalse();
        assertBlocked(ready(), "-101");
        assertBlocked(ready(), "-101");

        assertThat(provider.logins()).isEqualTo(2);
        assertThat(provider.closes()).isZero();
    }

    @Test
    void anOperatorsTryThatWorksOpensTheBlockForGood() {
        secrets.password("wrong", "v1");
        ready();
        provider.password("wrong");
        session.close(account, Deadline.in(Duration.ofSeconds(4), clock));

        key(ready());
        clock.move(Duration.ofDays(1));
        key(ready());

        assertThat(stored().block()).isNull();
    }

    @Test
    void anOperatorsTryIsNotUsedUpByABusyProvider() {
        secrets.password("wrong", "v1");
        ready();
        provider.password("wrong").next(new Every8dLoginResult.NoAnswer(false, "refused"));
        session.close(account, Deadline.in(Duration.ofSeconds(4), clock));

        assertThat(ready()).isInstanceOf(Readiness.NotYet.class);
        key(ready());
    }

    @Test
    void theProviderNeverBlocksWhateverIsTried() {
        secrets.password("wrong", "v1");
        for (int hour = 0; hour < 200; hour++) {
            assertThat(ready()).isNotInstanceOf(Readiness.Ready.class);
            clock.move(Duration.ofHours(1));
        }

        assertThat(provider.logins()).isEqualTo(1);
    }

    @Test
    void unansweredTriesAreFewerAndFewerUntilTheAccountBlocks() {
        var waits = new ArrayList<Long>();
        for (int n = 1; n <= 8; n++) {
            provider.next(LOST);
            var answer = ready();
            assertThat(provider.logins()).isEqualTo(n);
            if (answer instanceof Readiness.NotYet notYet && notYet.retryAt() != null) {
                waits.add(Duration.between(clock.instant(), notYet.retryAt()).toMinutes());
                clock.move(Duration.between(clock.instant(), notYet.retryAt()).minusMillis(5_000));
                assertThat(ready()).as("before the pause ends").isInstanceOf(Readiness.NotYet.class);
            }
            clock.move(Duration.ofMinutes(1));
        }

        assertThat(waits).containsExactly(10L, 60L, 60L, 60L, 60L);
        assertBlocked(ready(), "unanswered");
        clock.move(Duration.ofDays(30));
        assertBlocked(ready(), "unanswered");
        assertThat(provider.logins()).isEqualTo(8);
        secrets.password("right", "v2");
        key(ready());
        assertThat(stored().logins().unanswered()).isZero();
    }

    @Test
    void aBlockOfUnansweredTriesTakesOneTryOfEachNewVersion() {
        for (int n = 1; n <= 8; n++) {
            provider.next(LOST);
            ready();
            clock.move(Duration.ofHours(2));
        }
        secrets.password("right", "v2");
        provider.next(LOST);

        assertBlocked(ready(), "unanswered");
        clock.move(Duration.ofHours(2));
        assertBlocked(ready(), "unanswered");
        assertThat(provider.logins()).isEqualTo(9);
        secrets.password("right", "v1");
        assertBlocked(ready(), "unanswered");
        assertThat(provider.logins()).isEqualTo(9);
    }

    @Test
    void aSuccessClearsTheCount() {
        provider.next(LOST).next(LOST);
        ready();
        ready();
        session.dead(account, key(ready()));
        clock.move(Duration.ofMinutes(5));
        provider.next(LOST).next(LOST);
        ready();
        ready();

        key(ready());
    }

    @Test
    void anAnswerWithoutACodeCountsAsUnanswered() {
        provider.next(new Every8dLoginResult.MalformedLogin("html"))
                .next(new Every8dLoginResult.MalformedLogin("html"))
                .next(LOST);
        ready();
        ready();

        assertThat(retryAt(ready(), "unanswered")).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
    }

    @Test
    void whatNeverLeftDoesNotCount() {
        for (int n = 0; n < 20; n++) {
            provider.next(new Every8dLoginResult.NoAnswer(false, "refused"));
            assertThat(ready()).isInstanceOf(Readiness.NotYet.class);
            clock.move(Duration.ofMinutes(1));
        }

        key(ready());
    }

    @Test
    void aBusyProviderIsLeftAloneForAWhileAndDoesNotCount() {
        for (int n = 0; n < 60; n++) {
            provider.next(new Every8dLoginResult.LoginBusy("-97", "busy"));
        }
        for (int n = 0; provider.logins() < 20 && n < 1000; n++) {
            assertThat(ready()).isInstanceOf(Readiness.NotYet.class);
            assertThat(stored().logins().unanswered()).isZero();
            assertThat(stored().logins().pausedUntil())
                    .isBeforeOrEqualTo(clock.instant().plus(Duration.ofMinutes(1)));
            clock.move(Duration.ofSeconds(10));
        }
        assertThat(provider.logins())
                .isBetween(20, 22); // three logins a minute at most, and one wait for the session may make them all
        provider.unscripted();
        clock.move(Duration.ofMinutes(1));

        key(ready());
    }

    /** Twice as long at most each time, to a minute where it says it is busy, else to an hour; by chance, so that many come apart. */
    @ParameterizedTest
    @CsvSource({"-97, PT1M", "-12, PT1H"})
    void aBusyProviderIsLeftAloneLongerAndLonger(String code, Duration most) {
        for (int n = 0; n < 300; n++) {
            provider.next(new Every8dLoginResult.LoginBusy(code, "busy"));
        }
        var longest = Duration.ZERO;
        for (int n = 0; provider.logins() < 60 && n < 300; n++) {
            assertThat(ready()).isInstanceOf(Readiness.NotYet.class);
            var loginHistory = stored().logins();
            var pause = Duration.between(clock.instant(), loginHistory.pausedUntil());
            var bound = Duration.ofSeconds(1L << Math.min(loginHistory.busy() - 1, 20));
            assertThat(pause).isLessThanOrEqualTo(bound.compareTo(most) < 0 ? bound : most);
            longest = pause.compareTo(longest) > 0 ? pause : longest;
            clock.move(most.plusMinutes(1));
        }

        assertThat(provider.logins()).isEqualTo(60);
        assertThat(longest).isGreaterThan(most.dividedBy(2));
    }
}
