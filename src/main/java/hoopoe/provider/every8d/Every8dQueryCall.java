package hoopoe.provider.every8d;

import hoopoe.account.Account;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import hoopoe.provider.every8d.Every8dError.Every8dRefusal;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import hoopoe.provider.http.ProviderHttpResponse;
import hoopoe.provider.xml.SoapResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs an {@link Every8dQuery} and returns its answer, or throws the reason why there is none. Asks again with a new key if the
 * provider does not know the key. Not for sends, which need a new claim.
 */
@ApplicationScoped
class Every8dQueryCall {

    private static final String DEAD = "-301";

    private final Every8dClient calls;
    private final Every8dLogin sessions;
    /** The time of a login: none is started that the invocation would cut off. */
    private final Duration login;

    Every8dQueryCall(Every8dClient calls, Every8dLogin sessions) {
        this.calls = calls;
        this.sessions = sessions;
        this.login = calls.limits().call().plus(calls.limits().margin());
    }

    /** @throws ProviderException where no usable answer came */
    <T> T ask(Account account, Every8dQuery<T> every8dQuery, Deadline deadline) {
        return withKey(account, every8dQuery.name(), deadline, key -> once(account, every8dQuery, key, deadline));
    }

    /**
     * @param operation for exception messages
     * @param question returns empty where the provider answered -301
     * @throws ProviderException.ProviderBusy where the new key is dead too, or another login takes too long
     * @throws ProviderException.ProviderUnavailable where the provider does not answer the login
     * @throws ProviderException.ProviderRefused where the account is blocked
     */
    <T> T withKey(Account account, String operation, Deadline deadline, Function<SessionKey, Optional<T>> question) {
        return onceWithKey(account, operation, deadline, question)
                .or(() -> onceWithKey(account, operation, deadline, question))
                .orElseThrow(() -> new ProviderException.ProviderBusy(operation, DEAD));
    }

    private <T> Optional<T> onceWithKey(
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

    /** @return empty where the provider does not know the key */
    private <T> Optional<T> once(Account account, Every8dQuery<T> every8dQuery, SessionKey key, Deadline deadline) {
        var soapResult = result(every8dQuery, calls.ask(account, every8dQuery.message(key), deadline));
        try {
            return Optional.of(every8dQuery.read(soapResult.text()));
        } catch (Every8dRefusal refusal) {
            if (refusal.error().isDeadSession()) {
                return Optional.empty();
            }
            throw refusal.toException(every8dQuery.name());
        }
    }

    private static SoapResponse.SoapResult result(Every8dQuery<?> every8dQuery, ProviderHttpResponse answer) {
        var whole = answer.whole(every8dQuery.name());
        var soap = SoapResponse.read(whole.body(), every8dQuery.operation());
        if (soap instanceof SoapResponse.SoapFault soapFault && Every8dSendVerdict.isUnknownOperation(soapFault)) {
            throw new ProviderException.NotSupported(every8dQuery.name());
        }
        if (whole.status() != 200) {
            throw ProviderHttpResponse.failure(every8dQuery.name(), whole.status());
        }
        if (soap instanceof SoapResponse.SoapResult soapResult) {
            return soapResult;
        }
        throw new ProviderException.MalformedAnswer(every8dQuery.name(), "envelope");
    }
}
