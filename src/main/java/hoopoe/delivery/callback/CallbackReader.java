package hoopoe.delivery.callback;

import hoopoe.account.Account;
import hoopoe.message.Surrogates;
import hoopoe.observability.Metrics;
import hoopoe.observability.SafeStackTrace;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.CallbackRequest;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Providers;
import hoopoe.store.delivery.CallbackQuarantine;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jboss.logging.Logger;

/** Reads callbacks by the adapter of their account, and quarantines those that nobody can read. */
@ApplicationScoped
public class CallbackReader {

    /** Real callbacks have some hundred bytes; API Gateway lets 10 MB through. */
    static final int LONGEST_QUERY = 16 * 1024;

    static final int LONGEST_BODY = 64 * 1024;

    /** How much of an unreadable callback is kept for operators. */
    private static final int KEPT = 4096;

    private static final Logger LOG = Logger.getLogger(CallbackHandler.class); // the category that operators know

    private final Providers providers;
    private final CallbackQuarantine callbackQuarantine;
    private final Metrics metrics;

    public CallbackReader(Providers providers, CallbackQuarantine callbackQuarantine, Metrics metrics) {
        this.providers = providers;
        this.callbackQuarantine = callbackQuarantine;
        this.metrics = metrics;
    }

    /** @throws hoopoe.provider.ProviderException.NotSupported where the account's provider never calls back */
    public void demand(Account account) {
        providers.of(account).capabilities(account).demand(Feature.CALLBACKS);
    }

    /** An adapter that throws would throw again, so such a callback is unreadable: it is kept for operators. */
    CallbackContent read(Account account, CallbackRequest request) {
        if (request.query().length() > LONGEST_QUERY || request.body().length > LONGEST_BODY) {
            return new CallbackContent.UnreadableCallback("too long");
        }
        try {
            return providers.of(account).callback(account, request);
        } catch (ProviderException.AccountMisconfigured e) {
            // It can be read when the settings are right.
            throw e;
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf("callback of account %s: the adapter threw %s", account, SafeStackTrace.of(e));
            return new CallbackContent.UnreadableCallback(
                    "threw " + e.getClass().getName());
        }
    }

    void quarantine(Account account, CallbackRequest request, String reason) {
        LOG.warnf("callback of account %s kept aside: %s", account, reason);
        callbackQuarantine.keep(account.name(), reason, raw(request));
    }

    private static String raw(CallbackRequest request) {
        var query = request.query();
        var body = request.body();
        return request.method()
                + " ?"
                + Surrogates.cut(query, KEPT)
                + '\n'
                + new String(Arrays.copyOf(body, Math.min(KEPT, body.length)), StandardCharsets.UTF_8);
    }
}
