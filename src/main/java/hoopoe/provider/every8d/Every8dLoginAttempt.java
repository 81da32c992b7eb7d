package hoopoe.provider.every8d;

import hoopoe.account.Account;
import hoopoe.account.session.LoginHistory;
import hoopoe.account.session.Session;
import hoopoe.account.session.SessionStore;
import hoopoe.provider.Deadline;
import hoopoe.provider.Readiness;
import hoopoe.provider.xml.XmlText;
import hoopoe.secret.Credentials;
import hoopoe.secret.MissingSecret;
import hoopoe.secret.SecretUnavailable;
import hoopoe.secret.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * One try to log in: lease, current secret, note of the try, login, note of the result. An invocation that dies between two of
 * these leaves a lease that ends, and after the note a try that counts as unanswered.
 */
class Every8dLoginAttempt {

    static final Readiness.NotYet UNDER_WAY =
            new Readiness.NotYet("login_under_way", "somebody else is logging in", null);

    /** Our codes for an unavailable provider or secret store. */
    static final Set<String> UNANSWERED =
            Set.of("unreachable", LoginHistory.UNANSWERED, Readiness.NotYet.SECRET_UNAVAILABLE);

    /** A started login is finished, whatever patience is left: 20 s of a call, and the 2 s margin of a call. */
    private static final Duration LIMIT = Duration.ofSeconds(22);

    private static final String BUSY = "-97";
    static final String BLOCKED = "-999";
    private static final Logger LOG = Logger.getLogger(Every8dLoginAttempt.class);

    private final SessionStore keys;
    private final Every8dClient calls;
    private final Secrets secrets;
    private final Clock clock;
    private final Supplier<? extends RandomGenerator> chance;

    Every8dLoginAttempt(
            SessionStore keys,
            Every8dClient calls,
            Secrets secrets,
            Clock clock,
            Supplier<? extends RandomGenerator> chance) {
        this.keys = keys;
        this.calls = calls;
        this.secrets = secrets;
        this.clock = clock;
        this.chance = chance;
    }

    /** The data that is written while one login runs. */
    private record LoginTry(String account, String holder, LocalDate day, Credentials credentials) {}

    /** @param seen the session without a key and without a lease, as just read */
    Readiness attempt(Account account, Session seen) {
        try {
            return objection(account.name(), seen).orElseGet(() -> lease(account));
        } catch (MissingSecret e) {
            return new Readiness.Blocked("credentials_missing", e.getMessage());
        } catch (SecretUnavailable e) {
            return Readiness.NotYet.secretUnavailable();
        }
    }

    /** Saves the lease, and mostly the secret, where a login would be useless. */
    private Optional<Readiness> objection(String account, Session seen) {
        return seen.block() == null || seen.logins().operatorTry()
                ? seen.logins().pause(clock.instant())
                : seen.objection(secrets.freshCredentials(account).version(), clock.instant());
    }

    private Readiness lease(Account account) {
        var holder = UUID.randomUUID().toString();
        var session = keys.change(account.name(), standing -> standing.leased(holder, today(), clock.instant()));
        return session.isLeasedTo(holder) ? announce(account, holder) : readyOrWait(session);
    }

    private Readiness announce(Account account, String holder) {
        var credentials = credentials(account.name(), holder);
        if (!XmlText.carries(credentials.user()) || !XmlText.carries(credentials.password())) {
            keys.change(account.name(), standing -> standing.freed(holder));
            return new Readiness.Blocked(
                    Readiness.Blocked.MISCONFIGURED, "user or password has a character that XML cannot carry");
        }
        var attempt = new LoginTry(account.name(), holder, today(), credentials);
        var version = credentials.version();
        var session = keys.change(
                account.name(), standing -> standing.trying(holder, version, attempt.day(), clock.instant()));
        if (session.isTrying(holder)) {
            return logIn(account, attempt);
        }
        return session.objection(version, clock.instant()).orElseGet(() -> readyOrWait(session));
    }

    private Credentials credentials(String account, String holder) {
        try {
            return secrets.freshCredentials(account);
        } catch (RuntimeException | VirtualMachineError e) {
            keys.change(account, standing -> standing.freed(holder));
            throw e;
        }
    }

    private Readiness logIn(Account account, LoginTry attempt) {
        var answer = calls.getConnection(
                account, attempt.credentials().user(), attempt.credentials().password(), Deadline.in(LIMIT, clock));
        if (answer instanceof Every8dLoginResult.LoggedIn loggedIn) {
            return readyOrWait(keys.change(
                    attempt.account(),
                    standing -> standing.loggedIn(attempt.holder(), loggedIn.value(), attempt.day())));
        }
        if (answer instanceof Every8dLoginResult.LoginRefused loginRefused) {
            return refused(attempt, loginRefused);
        }
        if (answer instanceof Every8dLoginResult.LoginBusy loginBusy) {
            return busy(attempt, loginBusy);
        }
        return answer instanceof Every8dLoginResult.NoAnswer none && !none.bodyMayHaveLeft()
                ? unreached(attempt, none)
                : unanswered(attempt);
    }

    private Readiness refused(LoginTry attempt, Every8dLoginResult.LoginRefused loginRefused) {
        var version = attempt.credentials().version();
        var session = keys.change(
                attempt.account(),
                standing -> loginRefused.code().equals(BLOCKED)
                        ? standing.blocked(
                                attempt.holder(), version, loginRefused.code(), loginRefused.text(), clock.instant())
                        : standing.refused(
                                attempt.holder(), version, loginRefused.code(), loginRefused.text(), clock.instant()));
        LOG.errorf("account %s: login refused with %s, no further login", attempt.account(), loginRefused.code());
        return session.objection(version, clock.instant())
                .orElse(new Readiness.Blocked(loginRefused.code(), loginRefused.text()));
    }

    private Readiness busy(LoginTry attempt, Every8dLoginResult.LoginBusy loginBusy) {
        var session =
                keys.change(attempt.account(), standing -> standing.busy(attempt.holder(), later(standing, loginBusy)));
        return new Readiness.NotYet(
                loginBusy.code(), loginBusy.text(), session.logins().pausedUntil());
    }

    /** Full jitter. A code that the contract does not list may mean worse than "busy", so the wait is far longer. */
    private Instant later(Session standing, Every8dLoginResult.LoginBusy loginBusy) {
        var most = loginBusy.code().equals(BUSY) ? Duration.ofMinutes(1) : Duration.ofHours(1);
        var ceiling = Math.min(
                most.toMillis(), 1_000L << Math.min(12, standing.logins().busy()));
        return clock.instant().plusMillis(chance.get().nextInt((int) ceiling + 1));
    }

    private Readiness unreached(LoginTry attempt, Every8dLoginResult.NoAnswer none) {
        keys.change(attempt.account(), standing -> standing.unreached(attempt.holder()));
        return new Readiness.NotYet("unreachable", none.why(), null);
    }

    private Readiness unanswered(LoginTry attempt) {
        var session =
                keys.change(attempt.account(), standing -> standing.unanswered(attempt.holder(), clock.instant()));
        var objection = session.objection(attempt.credentials().version(), clock.instant());
        objection
                .filter(Readiness.Blocked.class::isInstance)
                .ifPresent(
                        blocked -> LOG.errorf("account %s: blocked, the provider answers no login", attempt.account()));
        return objection.orElse(
                new Readiness.NotYet(LoginHistory.UNANSWERED, "the provider did not answer the login", null));
    }

    private Readiness readyOrWait(Session session) {
        return Every8dLogin.ready(session, clock.instant())
                .map(Readiness.class::cast)
                .orElse(UNDER_WAY);
    }

    private LocalDate today() {
        return Every8dLogin.day(clock.instant());
    }
}
