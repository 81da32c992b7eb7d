package hoopoe.provider.every8d;

import hoopoe.provider.Account;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Asks with a key, and once more with a new one where the provider does not know it. Never for sends: their repeat is a new claim. */
class Every8dQuestions {

    private static final String DEAD = "-301";

    private final Every8dSessions sessions;
    private final Duration login;

    /** @param login what a login may take: none is begun that the invocation would cut off */
    Every8dQuestions(Every8dSessions sessions, Duration login) {
        this.sessions = sessions;
        this.login = login;
    }

    /**
     * @param operation for messages
     * @param question answers empty where the provider said -301
     * @throws ProviderException.Busy where the new key is dead too, or a login is under way for too long
     * @throws ProviderException.Unavailable where the provider does not answer the login
     * @throws ProviderException.Refused where the account is latched
     */
    <T> T ask(Account account, String operation, Deadline deadline, Function<SessionKey, Optional<T>> question) {
        return once(account, operation, deadline, question)
                .or(() -> once(account, operation, deadline, question))
                .orElseThrow(() -> new ProviderException.Busy(operation, DEAD));
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
        if (readiness instanceof Readiness.Latched latched) {
            throw new ProviderException.Refused(operation, latched.code());
        }
        var code = ((Readiness.NotYet) readiness).code();
        throw Every8dLogin.UNANSWERED.contains(code)
                ? new ProviderException.Unavailable(operation, code)
                : new ProviderException.Busy(operation, code);
    }
}
