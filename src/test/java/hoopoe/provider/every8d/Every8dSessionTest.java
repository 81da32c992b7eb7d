package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.provider.Account;
import hoopoe.provider.Accounts;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import hoopoe.provider.Session;
import hoopoe.secret.AwaySecrets;
import hoopoe.secret.Credentials;
import hoopoe.secret.Secrets;
import hoopoe.testing.MovableClock;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Every8dSessionTest {

    private static final LoginAnswer LOST = new LoginAnswer.NoAnswer(true, "timeout");

    private final MovableClock clock = MovableClock.at("2026-11-23T02:00:00Z");
    private final MemorySessionKeys keys = new MemorySessionKeys();
    private final FakeEvery8d provider = new FakeEvery8d(clock);
    private final FakeSecrets secrets = new FakeSecrets();
    private final Accounts accounts = accounts(Map.of("hoopoe.accounts.taipei.provider", "every8d"));
    private final Account account = accounts.find("taipei").orElseThrow();
    private final Every8dSession session = worker();

    private static Accounts accounts(Map<String, String> properties) {
        return new Accounts(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build());
    }

    private Every8dSession worker() {
        return new Every8dSession(
                keys, provider, secrets, accounts, clock, millis -> clock.move(Duration.ofMillis(millis)));
    }

    private Readiness ready() {
        return session.ready(account, Deadline.in(Duration.ofSeconds(4), clock));
    }

    private SessionKey key(Readiness readiness) {
        assertThat(readiness).isInstanceOf(Readiness.Ready.class);
        return (SessionKey) ((Readiness.Ready) readiness).session();
    }

    private Session stored() {
        return keys.read("taipei");
    }

    private static void assertLatched(Readiness readiness, String code) {
        assertThat(readiness).isInstanceOfSatisfying(Readiness.Latched.class, latched -> assertThat(latched.code())
                .isEqualTo(code));
    }

    private static Instant retryAt(Readiness readiness, String code) {
        assertThat(readiness).isInstanceOfSatisfying(Readiness.NotYet.class, notYet -> assertThat(notYet.code())
                .isEqualTo(code));
        return Optional.ofNullable(((Readiness.NotYet) readiness).retryAt()).orElseThrow();
    }

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

    @ParameterizedTest
    @ValueSource(strings = {"-100", "-101", "-999"})
    void aRefusedVersionIsTriedOnce(String code) {
        provider.next(new LoginAnswer.Refused(code, "no"));

        assertLatched(ready(), code);
        clock.move(Duration.ofDays(40));
        var writes = keys.writes();
        assertLatched(ready(), code);
        assertLatched(worker().ready(account, Deadline.in(Duration.ofSeconds(4), clock)), code);

        assertThat(provider.logins()).isEqualTo(1);
        assertThat(keys.writes()).isEqualTo(writes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-100", "-101", "-999"})
    void aNewVersionOpensTheLatch(String code) {
        provider.next(new LoginAnswer.Refused(code, "no"));
        ready();
        secrets.password("right", "v2");

        key(ready());

        assertThat(stored().latch()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-100", "-101", "-999"})
    void aRefusedKeyLatchesAsARefusedLoginDoes(String code) {
        session.refused(account, key(ready()), code, "no");

        assertLatched(ready(), code);
        clock.move(Duration.ofDays(40));
        assertLatched(ready(), code);
        assertThat(stored().key()).isNull();
        assertThat(stored().latch()).isNotNull();
        assertThat(provider.logins()).isEqualTo(1);
        secrets.password("right", "v2");
        key(ready());
        assertThat(stored().latch()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-100", "-101", "-999"})
    void anOperatorGetsOneTryAfterARefusedKey(String code) {
        session.refused(account, key(ready()), code, "no");
        session.close(account, Deadline.in(Duration.ofSeconds(4), clock));
        provider.next(new LoginAnswer.Refused(code, "no"));

        assertLatched(ready(), code);
        assertLatched(ready(), code);
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
        assertThat(stored().latch()).isNull();
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

        assertLatched(ready(), "credentials_refused");

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
        assertLatched(ready(), "-101");
        assertLatched(ready(), "-101");

        assertThat(provider.logins()).isEqualTo(2);
        assertThat(provider.closes()).isZero();
    }

    @Test
    void anOperatorsTryThatWorksOpensTheLatchForGood() {
        secrets.password("wrong", "v1");
        ready();
        provider.password("wrong");
        session.close(account, Deadline.in(Duration.ofSeconds(4), clock));

        key(ready());
        clock.move(Duration.ofDays(1));
        key(ready());

        assertThat(stored().latch()).isNull();
    }

    @Test
    void anOperatorsTryIsNotUsedUpByABusyProvider() {
        secrets.password("wrong", "v1");
        ready();
        provider.password("wrong").next(new LoginAnswer.NoAnswer(false, "refused"));
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
    void unansweredTriesAreFewerAndFewerUntilTheAccountLatches() {
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
        assertLatched(ready(), "unanswered");
        clock.move(Duration.ofDays(30));
        assertLatched(ready(), "unanswered");
        assertThat(provider.logins()).isEqualTo(8);
        secrets.password("right", "v2");
        key(ready());
        assertThat(stored().logins().unanswered()).isZero();
    }

    @Test
    void aLatchOfUnansweredTriesTakesOneTryOfEachNewVersion() {
        for (int n = 1; n <= 8; n++) {
            provider.next(LOST);
            ready();
            clock.move(Duration.ofHours(2));
        }
        secrets.password("right", "v2");
        provider.next(LOST);

        assertLatched(ready(), "unanswered");
        clock.move(Duration.ofHours(2));
        assertLatched(ready(), "unanswered");
        assertThat(provider.logins()).isEqualTo(9);
        secrets.password("right", "v1");
        assertLatched(ready(), "unanswered");
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
        provider.next(new LoginAnswer.Malformed("html"))
                .next(new LoginAnswer.Malformed("html"))
                .next(LOST);
        ready();
        ready();

        assertThat(retryAt(ready(), "unanswered")).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
    }

    @Test
    void whatNeverLeftDoesNotCount() {
        for (int n = 0; n < 20; n++) {
            provider.next(new LoginAnswer.NoAnswer(false, "refused"));
            assertThat(ready()).isInstanceOf(Readiness.NotYet.class);
            clock.move(Duration.ofMinutes(1));
        }

        key(ready());
    }

    @Test
    void aBusyProviderIsLeftAloneForAWhileAndDoesNotCount() {
        for (int n = 0; n < 60; n++) {
            provider.next(new LoginAnswer.Busy("-97", "busy"));
        }
        while (provider.logins() < 20) {
            assertThat(ready()).isInstanceOf(Readiness.NotYet.class);
            assertThat(stored().logins().unanswered()).isZero();
            assertThat(stored().logins().pausedUntil())
                    .isBeforeOrEqualTo(clock.instant().plus(Duration.ofMinutes(1)));
            clock.move(Duration.ofSeconds(10));
        }
        provider.unscripted();
        clock.move(Duration.ofMinutes(1));

        key(ready());
    }

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
            return new LoginAnswer.Key("key-1");
        });

        key(ready());

        assertThat(seen).containsExactly(Every8dLogin.UNDER_WAY);
        assertThat(provider.logins()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "60, 10"})
    void patienceEnds(int deadline, int seconds) {
        keys.change(
                "taipei", standing -> standing.leased("other", Every8dSession.day(clock.instant()), clock.instant()));
        var start = clock.instant();

        assertThat(session.ready(account, Deadline.in(Duration.ofSeconds(deadline), clock)))
                .isEqualTo(Every8dLogin.UNDER_WAY);

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
            return new LoginAnswer.Key("late");
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
            return new LoginAnswer.Key("key-1");
        });

        assertThat(key(ready()).value()).isEqualTo("key-1");
    }

    @Test
    void aLateRefusalMarksItsVersionAndDoesNotLatchWhatWorks() {
        secrets.password("old", "v1");
        provider.nextAfterLogin(() -> {
            clock.move(Duration.ofSeconds(41));
            secrets.password("right", "v2");
            key(worker().ready(account, Deadline.in(Duration.ofSeconds(4), clock)));
            return new LoginAnswer.Refused("-101", "password");
        });

        assertLatched(ready(), "credentials_refused");

        assertThat(stored().latch()).isNull();
        assertThat(stored().logins().bad()).containsExactly("v1");
        key(ready());
    }

    private void otherTakesTheLease() {
        keys.change(
                "taipei", standing -> standing.leased("other", Every8dSession.day(clock.instant()), clock.instant()));
    }

    @Test
    void whoeverLosesTheRaceForTheLeaseWaits() {
        keys.before(1, this::otherTakesTheLease);

        assertThat(ready()).isEqualTo(Every8dLogin.UNDER_WAY);

        assertThat(provider.logins()).isZero();
    }

    @Test
    void whoeverLosesItsLeaseDoesNotLogIn() {
        keys.before(2, () -> {
            clock.move(Duration.ofSeconds(41));
            otherTakesTheLease();
        });

        assertThat(ready()).isEqualTo(Every8dLogin.UNDER_WAY);

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
            return new LoginAnswer.Key("key-1");
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
        assertThatThrownBy(this::ready).isInstanceOf(MemorySessionKeys.Crash.class);
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
            assertThatThrownBy(this::ready).isInstanceOf(MemorySessionKeys.Crash.class);
            clock.move(Duration.ofHours(2));
        }

        assertLatched(ready(), "unanswered");
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
        var refusing = new Every8dSession(keys, provider, secrets, twins, clock, millis -> {});
        var deadline = Deadline.in(Duration.ofSeconds(4), clock);

        assertLatched(refusing.ready(twins.find("one").orElseThrow(), deadline), "account_twice");
        assertLatched(refusing.ready(twins.find("two").orElseThrow(), deadline), "account_twice");
        key(refusing.ready(twins.find("else").orElseThrow(), deadline));
        assertThat(provider.logins()).isEqualTo(1);
    }

    @Test
    void whileSecretsAreAwayNobodyLogsInAndNothingIsLatched() {
        var waiting = new Every8dSession(keys, provider, new AwaySecrets(), accounts, clock, millis -> {});
        var deadline = Deadline.in(Duration.ofSeconds(4), clock);

        assertThat(waiting.ready(account, deadline)).isEqualTo(Readiness.NotYet.secretUnavailable());
        assertThatThrownBy(() -> new Every8dQuestions(waiting, Duration.ZERO)
                        .ask(account, "credit", deadline, sessionKey -> Optional.of("never")))
                .isInstanceOf(ProviderException.Unavailable.class);

        assertThat(provider.logins()).isZero();
        assertThat(stored().lease()).isNull();
        assertThat(stored().latch()).isNull();
        key(ready());
        assertThat(waiting.ready(account, deadline)).isInstanceOf(Readiness.Ready.class);
    }

    @Test
    void aVaultThatFailsGivesTheLeaseBack() {
        var broken = new Every8dSession(
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
    void aQuestionIsAskedAgainWithANewKey() {
        key(ready());
        provider.forget();
        var asked = new ArrayList<SessionKey>();

        var answer = new Every8dQuestions(session, Duration.ofSeconds(22))
                .ask(account, "credit", Deadline.in(Duration.ofSeconds(28), clock), key -> {
                    asked.add(key);
                    return provider.honours(key) ? Optional.of("2310.00") : Optional.empty();
                });

        assertThat(answer).isEqualTo("2310.00");
        assertThat(asked).extracting(SessionKey::generation).containsExactly(1L, 2L);
    }

    @Test
    void aQuestionIsAskedTwiceAtMost() {
        var asked = new ArrayList<SessionKey>();

        assertThatThrownBy(() -> new Every8dQuestions(session, Duration.ofSeconds(22))
                        .ask(account, "credit", Deadline.in(Duration.ofSeconds(28), clock), key -> {
                            asked.add(key);
                            return Optional.empty();
                        }))
                .isInstanceOf(ProviderException.Busy.class)
                .hasMessage("credit: -301");

        assertThat(asked).hasSize(2);
    }

    @Test
    void aQuestionBeginsNoLoginThatWouldBeCutOff() {
        var questions = new Every8dQuestions(session, Duration.ofSeconds(22));
        var late = Deadline.in(Duration.ofSeconds(21), clock);

        assertThatThrownBy(() -> questions.ask(account, "credit", late, key -> Optional.of(1)))
                .isInstanceOf(ProviderException.Busy.class)
                .hasMessage("credit: no_time");
        assertThat(provider.logins()).isZero();
        key(ready());
        assertThat(questions.<Integer>ask(account, "credit", late, key -> Optional.of(1)))
                .isEqualTo(1);
    }

    @Test
    void aQuestionWithoutAKeySaysWhy() {
        var questions = new Every8dQuestions(session, Duration.ofSeconds(22));
        var deadline = Deadline.in(Duration.ofSeconds(28), clock);
        provider.next(LOST).next(new LoginAnswer.Refused("-999", "blocked"));

        assertThatThrownBy(() -> questions.ask(account, "credit", deadline, key -> Optional.of(1)))
                .isInstanceOf(ProviderException.Unavailable.class);
        assertThatThrownBy(() -> questions.ask(account, "credit", deadline, key -> Optional.of(1)))
                .isInstanceOf(ProviderException.Refused.class)
                .hasMessage("credit: -999");
    }

    @Test
    void nothingPrintsAKeyOrAPassword() {
        var found = key(ready());

        assertThat(found + " " + stored() + " " + ready() + " " + secrets.credentials("taipei"))
                .doesNotContain("key-1")
                .doesNotContain("right");
    }
}
