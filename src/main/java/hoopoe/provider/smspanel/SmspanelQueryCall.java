package hoopoe.provider.smspanel;

import hoopoe.account.Account;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import hoopoe.provider.http.ProviderHttpResponse;
import hoopoe.provider.smspanel.SmspanelLogin.SmspanelCredentials;
import hoopoe.provider.xml.RpcResponse;
import hoopoe.provider.xml.RpcValue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Calls a query method and returns its value, or throws with the reason why there is none. */
@ApplicationScoped
class SmspanelQueryCall {

    private static final int OK = 200;

    private final SmspanelClient calls;
    private final SmspanelLogin access;

    SmspanelQueryCall(SmspanelClient calls, SmspanelLogin access) {
        this.calls = calls;
        this.access = access;
    }

    /**
     * @return a value with {@code ErrCode} 0, or without one
     * @throws ProviderException where no usable answer came
     */
    RpcValue ask(Account account, SmspanelMethod method, Map<String, Object> parameters, Deadline deadline) {
        var readiness = access.ready(account);
        if (readiness instanceof Readiness.NotYet notYet) {
            throw new ProviderException.ProviderUnavailable(method.label(), notYet.code());
        }
        if (!(readiness instanceof Readiness.Ready ready)) {
            throw new ProviderException.ProviderRefused(method.label(), ((Readiness.Blocked) readiness).code());
        }
        var key = (SmspanelCredentials) ready.session();
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

    private static RpcValue value(SmspanelMethod method, ProviderHttpResponse answer) {
        var whole = answer.whole(method.label());
        var read = RpcResponse.read(whole.body(), whole.contentType());
        if (read instanceof RpcResponse.RpcFault rpcFault) {
            throw rpcFault.isCallers()
                    ? new ProviderException.MalformedAnswer(method.label(), "fault")
                    : new ProviderException.ProviderUnavailable(method.label(), "fault");
        }
        if (whole.status() != OK) {
            throw ProviderHttpResponse.failure(method.label(), whole.status());
        }
        if (read instanceof RpcResponse.RpcResult rpcResult) {
            return rpcResult.value();
        }
        throw new ProviderException.MalformedAnswer(method.label(), "envelope");
    }

    private ProviderException refusal(
            Account account, SmspanelCredentials key, SmspanelMethod method, SmspanelError error) {
        if (error.isUnknownUser()) {
            access.refused(account, key.credentials().version(), error.code(), error.text());
        }
        return error.isUnknownUser() || error.isRefusal()
                ? new ProviderException.ProviderRefused(method.label(), error.code())
                : new ProviderException.ProviderUnavailable(method.label(), error.code());
    }
}
