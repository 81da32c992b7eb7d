package hoopoe.provider.every8d;

import hoopoe.account.Account;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.xml.SoapCallResult;
import hoopoe.provider.xml.SoapResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Runs an {@link Every8dQuery} and returns its answer, or throws the reason why there is none. */
@ApplicationScoped
class Every8dQueryCall {

    private final Every8dClient calls;
    private final Every8dSessionQueries questions;

    Every8dQueryCall(Every8dClient calls, Every8dLogin sessions) {
        this.calls = calls;
        this.questions = new Every8dSessionQueries(
                sessions, calls.limits().call().plus(calls.limits().margin()));
    }

    /** @throws ProviderException where no usable answer came */
    <T> T ask(Account account, Every8dQuery<T> every8dQuery, Deadline deadline) {
        return questions.ask(account, every8dQuery.name(), deadline, key -> once(account, every8dQuery, key, deadline));
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

    private static SoapResponse.SoapResult result(Every8dQuery<?> every8dQuery, SoapCallResult reply) {
        if (reply instanceof SoapCallResult.SoapNotSent nothing) {
            throw new ProviderException.ProviderUnavailable(every8dQuery.name(), nothing.why());
        }
        if (reply instanceof SoapCallResult.SoapLost soapLost) {
            throw new ProviderException.ProviderUnavailable(every8dQuery.name(), soapLost.why());
        }
        return result(every8dQuery, (SoapCallResult.SoapAnswered) reply);
    }

    private static SoapResponse.SoapResult result(
            Every8dQuery<?> every8dQuery, SoapCallResult.SoapAnswered soapAnswered) {
        if (soapAnswered.answer() instanceof SoapResponse.SoapFault soapFault
                && Every8dSendVerdict.isUnknownOperation(soapFault)) {
            throw new ProviderException.NotSupported(every8dQuery.name());
        }
        if (soapAnswered.status() != 200) {
            throw failure(every8dQuery, soapAnswered.status());
        }
        if (soapAnswered.answer() instanceof SoapResponse.SoapResult soapResult) {
            return soapResult;
        }
        throw new ProviderException.MalformedAnswer(every8dQuery.name(), "envelope");
    }

    private static ProviderException failure(Every8dQuery<?> every8dQuery, int status) {
        return status >= 500 || status == 429
                ? new ProviderException.ProviderUnavailable(every8dQuery.name(), "http_" + status)
                : new ProviderException.MalformedAnswer(every8dQuery.name(), "http_" + status);
    }
}
