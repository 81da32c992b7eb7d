package hoopoe.provider.every8d;

import hoopoe.account.Account;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Runs a query, and again with a new key if the provider does not know the key. Not for sends, which need a new claim. */
class Every8dSessionQueries {

    private static final String DEAD = "-301";

    private final Every8dLogin sessions;
    private final Duration login;

    /** @param login the time of a login: none is started that the invocation would cut off */
    Every8dSessionQueries(Every8dLogin sessions, Duration login) {
        this.sessions = sessions;
        this.login = login;
    }

    /**
     * @param operation for exception messages
     * @param question returns empty where the provider answered -301
     * @throws ProviderException.ProviderBusy where the new key is dead too, or another login takes too long
     * @throws ProviderException.ProviderUnavailable where the provider does not answer the login
     * @throws ProviderException.ProviderRefused where the account is blocked
     */
    <T> T ask(Account account, String operation, Deadline deadline, Function<SessionKey, Optional<T>> question) {
        return once(account, operation, deadline, question)
                .or(() -> once(account, operation, deadline, question))
                .orElseThrow(() -> new ProviderException.ProviderBusy(operation, DEAD));
    }

    private <T> Optional<T> once(
            Account account, String operation, Deadline deadline, Function<SessionKey, Optional<T>> question) {
        var key = key(account, operation, deadline);
        var answer = question.apply(key);
        if (answer.isEmpty()) {
            sessions.dead(account, key);
        }
        return answer;
    }

    private SessionKey key(Account account, String operation, Deadline deadline) {
        var readiness = sessions.ready(account, deadline.keeping(login));
        if (readiness instanceof Readiness.Ready ready) {
            return (SessionKey) ready.session();
        }
        if (readiness instanceof Readiness.Blocked blocked) {
            throw new ProviderException.ProviderRefused(operation, blocked.code());
        }
        var code = ((Readiness.NotYet) readiness).code();
        throw Every8dLoginAttempt.UNANSWERED.contains(code)
                ? new ProviderException.ProviderUnavailable(operation, code)
                : new ProviderException.ProviderBusy(operation, code);
    }
}
