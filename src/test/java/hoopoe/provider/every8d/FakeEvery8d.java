package hoopoe.provider.every8d;

import hoopoe.account.Account;
import hoopoe.provider.Deadline;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import hoopoe.provider.http.ProviderHttpClient;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The provider's side of a session (document §1.1): one key an account, dead at Taipei midnight, the eleventh wrong password
 * blocks. Answers can be put in before, and what happens while it answers. It takes no time of the test's clock: what a deadline
 * does to a call is {@code DeadlineContract}'s, over a socket.
 */
final class FakeEvery8d extends Every8dClient {

    private static final ProviderHttpClient NEVER_CALLED = new ProviderHttpClient(Adapter.LIMITS);

    private final Clock clock;
    private final Deque<Scripted> scripted = new ArrayDeque<>();
    private String password = "right";
    private boolean sameKeyWhileValid = true;
    private String live = "";
    private LocalDate day = LocalDate.EPOCH;
    private int issued;
    private int wrong;
    private int logins;
    private int closes;

    private record Scripted(boolean looked, Supplier<Every8dLoginResult> answer) {}

    FakeEvery8d(Clock clock) {
        super(NEVER_CALLED);
        this.clock = clock;
    }

    synchronized FakeEvery8d password(String now) {
        password = now;
        return this;
    }

    synchronized FakeEvery8d newKeyAtEachLogin() {
        sameKeyWhileValid = false;
        return this;
    }

    /** The next login is answered so, and never looked at. */
    synchronized FakeEvery8d next(Every8dLoginResult answer) {
        scripted.add(new Scripted(false, () -> answer));
        return this;
    }

    /** The next login is taken, and then this answers in its place. */
    synchronized FakeEvery8d nextAfterLogin(Supplier<Every8dLoginResult> answer) {
        scripted.add(new Scripted(true, answer));
        return this;
    }

    /** From now on as it really is. */
    synchronized void unscripted() {
        scripted.clear();
    }

    synchronized int logins() {
        return logins;
    }

    synchronized int closes() {
        return closes;
    }

    /** The session ends: another system closed it, or the provider forgot it. */
    synchronized void forget() {
        live = "";
    }

    synchronized boolean honours(SessionKey key) {
        return key.value().equals(live) && Every8dLogin.day(clock.instant()).equals(day);
    }

    @Override
    Every8dLoginResult getConnection(Account account, String user, String tried, Deadline deadline) {
        Scripted next;
        @Nullable Every8dLoginResult real;
        synchronized (this) {
            logins++;
            next = scripted.poll();
            real = next == null || next.looked ? answer(tried) : null;
        }
        return next == null ? real : next.answer.get();
    }

    private Every8dLoginResult answer(String tried) {
        if (wrong > 10) {
            return new Every8dLoginResult.LoginRefused("-999", "blocked");
        }
        if (!tried.equals(password)) {
            wrong++;
            return wrong > 10
                    ? new Every8dLoginResult.LoginRefused("-999", "blocked")
                    : new Every8dLoginResult.LoginRefused("-101", "password");
        }
        wrong = 0;
        var today = Every8dLogin.day(clock.instant());
        if (live.isEmpty() || !sameKeyWhileValid || !today.equals(day)) {
            issued++;
            live = "key-" + issued;
            day = today;
        }
        return new Every8dLoginResult.LoggedIn(live);
    }

    @Override
    synchronized boolean closeConnection(Account account, SessionKey key, Deadline deadline) {
        closes++;
        var known = key.value().equals(live);
        live = known ? "" : live;
        return known;
    }
}
