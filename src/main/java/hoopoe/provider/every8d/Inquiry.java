package hoopoe.provider.every8d;

import hoopoe.provider.Account;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.soap.SoapAnswer;
import hoopoe.provider.soap.SoapReply;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Asks a {@link Question} and has its answer, or says why there is none. */
@ApplicationScoped
class Inquiry {

    private final Every8dCalls calls;
    private final Every8dQuestions questions;

    Inquiry(Every8dCalls calls, Every8dSessions sessions) {
        this.calls = calls;
        this.questions = new Every8dQuestions(
                sessions, calls.limits().call().plus(calls.limits().margin()));
    }

    /** @throws ProviderException where no usable answer came */
    <T> T ask(Account account, Question<T> question, Deadline deadline) {
        return questions.ask(account, question.name(), deadline, key -> once(account, question, key, deadline));
    }

    /** @return empty where the provider does not know the key */
    private <T> Optional<T> once(Account account, Question<T> question, SessionKey key, Deadline deadline) {
        var result = result(question, calls.ask(account, question.message(key), deadline));
        try {
            return Optional.of(question.read(result.text()));
        } catch (Every8dRefusal refusal) {
            if (refusal.error().isDeadSession()) {
                return Optional.empty();
            }
            throw refusal.toException(question.name());
        }
    }

    private static SoapAnswer.Result result(Question<?> question, SoapReply reply) {
        if (reply instanceof SoapReply.NothingSent nothing) {
            throw new ProviderException.Unavailable(question.name(), nothing.why());
        }
        if (reply instanceof SoapReply.Lost lost) {
            throw new ProviderException.Unavailable(question.name(), lost.why());
        }
        return result(question, (SoapReply.Answered) reply);
    }

    private static SoapAnswer.Result result(Question<?> question, SoapReply.Answered answered) {
        if (answered.answer() instanceof SoapAnswer.Fault fault && SendVerdict.isUnknownOperation(fault)) {
            throw new ProviderException.NotSupported(question.name());
        }
        if (answered.status() != 200) {
            throw failure(question, answered.status());
        }
        if (answered.answer() instanceof SoapAnswer.Result result) {
            return result;
        }
        throw new ProviderException.Malformed(question.name(), "envelope");
    }

    private static ProviderException failure(Question<?> question, int status) {
        return status >= 500 || status == 429
                ? new ProviderException.Unavailable(question.name(), "http_" + status)
                : new ProviderException.Malformed(question.name(), "http_" + status);
    }
}
