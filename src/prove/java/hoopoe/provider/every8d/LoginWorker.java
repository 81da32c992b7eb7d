package hoopoe.provider.every8d;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.account.session.SessionStore;
import hoopoe.provider.Deadline;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import hoopoe.provider.http.HttpLimits;
import hoopoe.secret.Secrets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/** A process that shares the key of an account with others: the real classes, over a provider that somebody else plays. */
public final class LoginWorker {

    private final Account account;
    private final Every8dLogin login;
    private final Every8dQueryCall call;
    private final Calls calls;

    /** The provider's side. */
    public interface Calls {

        LoginAnswer logIn(String password);

        /** Ends a key. @return whether it was confirmed */
        boolean close(String key);

        /** @return whether the provider knows the key */
        boolean ask(String key);
    }

    /** What became of a login. */
    public enum LoginEnd {
        LOGGED_IN,
        REFUSED,
        BUSY,
        /** The password may have arrived. */
        UNANSWERED,
        /** It never left. */
        UNREACHED
    }

    /** @param key where there is one */
    public record LoginAnswer(LoginEnd end, String key) {

        private Every8dLoginResult result() {
            return switch (end) {
                case LOGGED_IN -> new Every8dLoginResult.LoggedIn(key);
                case REFUSED -> new Every8dLoginResult.LoginRefused("-101", "password");
                case BUSY -> new Every8dLoginResult.LoginBusy("-97", "busy");
                case UNANSWERED, UNREACHED -> new Every8dLoginResult.NoAnswer(end == LoginEnd.UNANSWERED, "lost");
            };
        }
    }

    /**
     * @param accounts of which the first is used
     * @param sleep waits so many milliseconds
     */
    public LoginWorker(
            SessionStore keys,
            Secrets secrets,
            Accounts accounts,
            Clock clock,
            RandomGenerator chance,
            LongConsumer sleep,
            Calls calls) {
        this.calls = calls;
        var client = new PlayedClient();
        account = accounts.all().iterator().next();
        login = new Every8dLogin(keys, client, secrets, accounts, clock, sleep::accept, () -> chance);
        call = new Every8dQueryCall(client, login);
    }

    /** Makes a call with the account's key. @throws ProviderException where it is left for later */
    public void ask(Deadline deadline) {
        call.withKey(account, "ask", deadline, key -> calls.ask(key.value()) ? Optional.of(key) : Optional.empty());
    }

    /** As an operator does. */
    public void close(Deadline deadline) {
        login.close(account, deadline);
    }

    private final class PlayedClient extends Every8dClient {

        PlayedClient() {
            super(null);
        }

        @Override
        HttpLimits limits() {
            return HttpLimits.DEFAULT;
        }

        @Override
        Every8dLoginResult getConnection(Account of, String user, String password, Deadline deadline) {
            return calls.logIn(password).result();
        }

        @Override
        boolean closeConnection(Account of, SessionKey key, Deadline deadline) {
            return calls.close(key.value());
        }
    }
}
