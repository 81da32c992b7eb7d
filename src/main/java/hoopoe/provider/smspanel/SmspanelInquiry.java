package hoopoe.provider.smspanel;

import hoopoe.provider.Account;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import hoopoe.provider.soap.EncodedValue;
import hoopoe.provider.soap.RpcAnswer;
import hoopoe.provider.wire.WireAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Asks a method that does nothing and has what it returned, or says why there is nothing. */
@ApplicationScoped
class SmspanelInquiry {

    private static final int OK = 200;

    private final SmspanelCalls calls;
    private final SmspanelAccess access;

    SmspanelInquiry(SmspanelCalls calls, SmspanelAccess access) {
        this.calls = calls;
        this.access = access;
    }

    /**
     * @return with an {@code ErrCode} 0, or without any
     * @throws ProviderException where no usable answer came
     */
    EncodedValue ask(Account account, SmspanelMethod method, Map<String, Object> parameters, Deadline deadline) {
        var readiness = access.ready(account);
        if (readiness instanceof Readiness.NotYet notYet) {
            throw new ProviderException.Unavailable(method.label(), notYet.code());
        }
        if (!(readiness instanceof Readiness.Ready ready)) {
            throw new ProviderException.Refused(method.label(), ((Readiness.Latched) readiness).code());
        }
        var key = (SmspanelKey) ready.session();
        var value = value(method, calls.ask(key, method, parameters, deadline));
        var code = SmspanelError.code(value).orElse("0");
        if (!code.equals("0")) {
            throw refusal(account, key, method, SmspanelError.of(code, value));
        }
        access.accepted(account, key);
        return value;
    }

    /** Whether there is time for a call. */
    boolean hasTime(Deadline deadline) {
        var limit = calls.limits().within(deadline);
        return !limit.isNegative() && !limit.isZero();
    }

    private static EncodedValue value(SmspanelMethod method, WireAnswer answer) {
        if (answer instanceof WireAnswer.NothingSent nothing) {
            throw new ProviderException.Unavailable(method.label(), nothing.why());
        }
        if (answer instanceof WireAnswer.Lost lost) {
            throw new ProviderException.Unavailable(method.label(), lost.why());
        }
        var whole = (WireAnswer.Answer) answer;
        var read = RpcAnswer.read(whole.body(), whole.contentType());
        if (read instanceof RpcAnswer.Fault fault) {
            throw fault.isCallers()
                    ? new ProviderException.Malformed(method.label(), "fault")
                    : new ProviderException.Unavailable(method.label(), "fault");
        }
        if (whole.status() != OK) {
            throw failure(method, whole.status());
        }
        if (read instanceof RpcAnswer.Returned returned) {
            return returned.value();
        }
        throw new ProviderException.Malformed(method.label(), "envelope");
    }

    private static ProviderException failure(SmspanelMethod method, int status) {
        return status >= 500 || status == 429
                ? new ProviderException.Unavailable(method.label(), "http_" + status)
                : new ProviderException.Malformed(method.label(), "http_" + status);
    }

    private ProviderException refusal(Account account, SmspanelKey key, SmspanelMethod method, SmspanelError error) {
        if (error.isUnknownUser()) {
            access.refused(account, key.credentials().version(), error.code(), error.text());
        }
        return error.isUnknownUser() || error.isRefusal()
                ? new ProviderException.Refused(method.label(), error.code())
                : new ProviderException.Unavailable(method.label(), error.code());
    }
}
