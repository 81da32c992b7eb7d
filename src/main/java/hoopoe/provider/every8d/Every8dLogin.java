package hoopoe.provider.every8d;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.account.DuplicateAccountCheck;
import hoopoe.account.session.Session;
import hoopoe.account.session.SessionStore;
import hoopoe.provider.Deadline;
import hoopoe.provider.Readiness;
import hoopoe.secret.MissingSecret;
import hoopoe.secret.SecretUnavailable;
import hoopoe.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Shares one session key per account between all invocations: finds it, or has one invocation log in while the others wait. */
@ApplicationScoped
class Every8dLogin {

    /** A key is valid for a single day (document §1.1), which we take to end at midnight in this zone. */
    static final ZoneId TAIPEI = ZoneId.of("Asia/Taipei");

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LEAST_MILLIS = 50;
    private static final int MOST_MILLIS = 400;

    private final SessionStore keys;
    private final Every8dClient calls;
    private final Every8dLoginAttempt login;
    private final DuplicateAccountCheck duplicateAccountCheck;
    private final Clock clock;
    private final Sleep sleep;
    private final Supplier<? extends RandomGenerator> chance;

    @Inject
    Every8dLogin(SessionStore keys, Every8dClient calls, Secrets secrets, Accounts accounts, Clock clock) {
        this(keys, calls, secrets, accounts, clock, Thread::sleep);
    }

    Every8dLogin(SessionStore keys, Every8dClient calls, Secrets secrets, Accounts accounts, Clock clock, Sleep sleep) {
        this(keys, calls, secrets, accounts, clock, sleep, ThreadLocalRandom::current);
    }

    Every8dLogin(
            SessionStore keys,
            Every8dClient calls,
            Secrets secrets,
            Accounts accounts,
            Clock clock,
            Sleep sleep,
            Supplier<? extends RandomGenerator> chance) {
        this.keys = keys;
        this.calls = calls;
        this.login = new Every8dLoginAttempt(keys, calls, secrets, clock, chance);
        this.duplicateAccountCheck =
                new DuplicateAccountCheck(accounts, Every8dClient::endpoint, account -> user(secrets, account));
        this.clock = clock;
        this.sleep = sleep;
        this.chance = chance;
    }

    private static Optional<String> user(Secrets secrets, Account account) {
        try {
            return Optional.of(secrets.credentials(account.name()).user());
        } catch (MissingSecret | SecretUnavailable e) {
            return Optional.empty();
        }
    }

    /**
     * The session key: permits sends from an account until the end of a Taipei day, and therefore masks itself.
     *
     * @param value as the provider gave it
     * @param generation distinguishes one key of the account from the next
     */
    record SessionKey(String value, long generation) {

        @Override
        public String toString() {
            return "SessionKey[********, " + generation + ']';
        }
    }

    /** How to sleep; tests with a moved clock replace it. */
    interface Sleep {
        void forMillis(long millis) throws InterruptedException;
    }

    /** @return if {@code Ready}, its session is a {@link SessionKey} */
    Readiness ready(Account account, Deadline deadline) {
        var twin = duplicateAccountCheck.of(account);
        if (twin.isPresent()) {
            return new Readiness.Blocked(
                    "account_twice", "the same user as account " + twin.get() + ": one key cannot serve both");
        }
        return seek(account, deadline.within(PATIENCE));
    }

    private Readiness seek(Account account, Deadline patience) {
        while (true) {
            var readiness = readyOrLogIn(account, patience);
            var wait = wait(readiness, patience);
            if (wait.isEmpty()) {
                return readiness;
            }
            try {
                sleep.forMillis(wait.get().toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return readiness;
            }
        }
    }

    private Readiness readyOrLogIn(Account account, Deadline patience) {
        var session = keys.read(account.name());
        var now = clock.instant();
        var ready = ready(session, now);
        if (ready.isPresent()) {
            return ready.get();
        }
        if (session.isLeasedAt(now)) {
            return Every8dLoginAttempt.UNDER_WAY;
        }
        return patience.left().isZero()
                ? new Readiness.NotYet("no_time", "no time left to log in", null)
                : login.attempt(account, session);
    }

    /** How long to wait before the next look; empty where the answer is final or patience would end first. */
    private Optional<Duration> wait(Readiness readiness, Deadline patience) {
        if (!(readiness instanceof Readiness.NotYet notYet)) {
            return Optional.empty();
        }
        var jitter = Duration.ofMillis(LEAST_MILLIS + chance.get().nextInt(MOST_MILLIS - LEAST_MILLIS + 1));
        if (notYet.equals(Every8dLoginAttempt.UNDER_WAY)) {
            return patience.left().isZero() ? Optional.empty() : Optional.of(jitter);
        }
        return Optional.ofNullable(notYet.retryAt())
                .map(at -> Duration.between(clock.instant(), at).plus(jitter))
                .filter(patience::leaves);
    }

    /** Drops a key to which the provider answered -301. A key of another generation stays. */
    void dead(Account account, SessionKey key) {
        keys.change(account.name(), session -> session.withoutKey(key.generation()));
    }

    /** Blocks the account as a refused login does: the provider refused it with this key. A key of another generation stays. */
    void refused(Account account, SessionKey key, String code, String text) {
        var isBlocked = code.equals(Every8dLoginAttempt.BLOCKED);
        keys.change(
                account.name(),
                session -> session.refusedKey(key.generation(), isBlocked, code, text, clock.instant()));
    }

    /** On an operator decision only: closes the key for everything and lifts a block for one try. @return whether confirmed */
    boolean close(Account account, Deadline deadline) {
        var session = keys.read(account.name());
        var ready = ready(session, clock.instant());
        if (ready.isEmpty()) {
            keys.change(account.name(), standing -> standing.opened(clock.instant()));
            return false;
        }
        try {
            return calls.closeConnection(account, (SessionKey) ready.get().session(), deadline);
        } finally {
            keys.change(account.name(), standing -> standing.withoutKey(session.generation())
                    .opened(clock.instant()));
        }
    }

    static Optional<Readiness.Ready> ready(Session session, Instant now) {
        return session.keyOn(day(now))
                .map(storedKey -> new Readiness.Ready(new SessionKey(storedKey.value(), session.generation())));
    }

    static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, TAIPEI);
    }
}
