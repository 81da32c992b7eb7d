package hoopoe.provider;

import hoopoe.account.Account;
import hoopoe.message.PhoneNumber;
import hoopoe.observability.Metric;
import hoopoe.observability.Metrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** An adapter with metrics: counts failed calls and logs the result of every send. */
final class InstrumentedProvider implements SmsProvider {

    private static final Logger LOG = Logger.getLogger(SmsProvider.class);

    /** Codes of calls that were not made, for reasons of our own. */
    private static final Set<String> OURS = Set.of("no_time", "login_under_way", "login_rate");

    private final SmsProvider adapter;
    private final Metrics metrics;

    InstrumentedProvider(SmsProvider adapter, Metrics metrics) {
        this.adapter = adapter;
        this.metrics = metrics;
    }

    @Override
    public String type() {
        return adapter.type();
    }

    @Override
    public Optional<String> objection(Account account) {
        return adapter.objection(account);
    }

    @Override
    public Capabilities capabilities(Account account) {
        return adapter.capabilities(account);
    }

    @Override
    public Optional<PhoneNumber> number(String written) {
        return adapter.number(written);
    }

    @Override
    public List<ValidationError> check(Account account, SendOrder order) {
        return adapter.check(account, order);
    }

    @Override
    public PriceEstimate estimate(Account account, PhoneNumber to, String text) {
        return adapter.estimate(account, to, text);
    }

    @Override
    public Readiness ready(Account account, Deadline deadline) {
        var readiness = adapter.ready(account, deadline);
        if (readiness instanceof Readiness.Blocked) {
            refused(account);
        }
        if (readiness instanceof Readiness.Blocked
                || readiness instanceof Readiness.NotYet notYet && !OURS.contains(notYet.code())) {
            failed(account);
        }
        return readiness;
    }

    @Override
    public SendOutcome send(Account account, Readiness.Ready ready, SendOrder order, Deadline deadline) {
        var outcome = watched(account, () -> adapter.send(account, ready, order, deadline));
        if (outcome instanceof SendOutcome.Unconfirmed
                || outcome instanceof SendOutcome.NotSent none && isFailure(none)) {
            failed(account);
        }
        if (outcome instanceof SendOutcome.NotSent none && none.cause() == SendOutcome.Cause.REFUSED) {
            refused(account);
        }
        // Logged before anything is written: if the table fails, this line is the only record of the send.
        LOG.infof("provider call send: %s", word(outcome));
        return outcome;
    }

    @Override
    public Credit credit(Account account, Deadline deadline) {
        return watched(account, () -> adapter.credit(account, deadline));
    }

    @Override
    public ReportPage report(Account account, ReportQuery query, int page, Deadline deadline) {
        return watched(account, () -> adapter.report(account, query, page, deadline));
    }

    @Override
    public Map<String, ReportPage> reports(Account account, List<ReportQuery> queries, Deadline deadline) {
        return watched(account, () -> adapter.reports(account, queries, deadline));
    }

    @Override
    public CancelOutcome erase(Account account, String reference, Deadline deadline) {
        return watched(account, () -> adapter.erase(account, reference, deadline));
    }

    @Override
    public boolean closeSession(Account account, Deadline deadline) {
        return watched(account, () -> adapter.closeSession(account, deadline));
    }

    @Override
    public CallbackContent callback(Account account, CallbackRequest request) {
        return adapter.callback(account, request);
    }

    @Override
    public InboxResponse drain(Account account, Readiness.Ready ready, Deadline deadline) {
        var answer = watched(account, () -> adapter.drain(account, ready, deadline));
        if (answer instanceof InboxResponse.ResponseLost
                || answer instanceof InboxResponse.NotAsked none && !OURS.contains(none.code())) {
            failed(account);
        }
        return answer;
    }

    @Override
    public InboxContent read(Account account, InboxResponse.RawResponse rawResponse) {
        return adapter.read(account, rawResponse);
    }

    /** A missing feature is not a failure of the provider; an exception that the adapter should not throw is. */
    private <T> T watched(Account account, Supplier<T> call) {
        try {
            return call.get();
        } catch (ProviderException.NotSupported e) {
            throw e;
        } catch (RuntimeException | VirtualMachineError e) {
            failed(account);
            if (e instanceof ProviderException.ProviderRefused || e instanceof ProviderException.AccountMisconfigured) {
                refused(account);
            }
            throw e;
        }
    }

    private void failed(Account account) {
        metrics.count(Metric.PROVIDER_ERRORS, account.name(), 1);
    }

    private void refused(Account account) {
        metrics.count(Metric.ACCOUNT_REFUSALS, account.name(), 1);
    }

    private static boolean isFailure(SendOutcome.NotSent none) {
        return none.cause() == SendOutcome.Cause.UNREACHABLE || none.cause() == SendOutcome.Cause.REFUSED;
    }

    private static String word(SendOutcome outcome) {
        if (outcome instanceof SendOutcome.Accepted accepted) {
            return "accepted, " + accepted.trace();
        } else if (outcome instanceof SendOutcome.Rejected rejected) {
            return "rejected, " + rejected.code();
        } else if (outcome instanceof SendOutcome.Unconfirmed unconfirmed) {
            return "unconfirmed, " + unconfirmed.code()
                    + unconfirmed.reference().map(reference -> ", " + reference).orElse("");
        } else if (outcome instanceof SendOutcome.NotSent none) {
            return "not sent, " + none.code();
        }
        throw new IllegalStateException("a fifth way for a send to end");
    }
}
