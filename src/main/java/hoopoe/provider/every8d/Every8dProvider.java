package hoopoe.provider.every8d;

import hoopoe.account.Account;
import hoopoe.config.AccountOption;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.CallbackRequest;
import hoopoe.provider.CancelOutcome;
import hoopoe.provider.Capabilities;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Credit;
import hoopoe.provider.Deadline;
import hoopoe.provider.PriceEstimate;
import hoopoe.provider.Readiness;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SmsProvider;
import hoopoe.provider.ValidationError;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** The EVERY8D adapter: the only class of this package that other packages use, by its interface. */
@ApplicationScoped
class Every8dProvider implements SmsProvider {

    private static final Logger LOG = Logger.getLogger(Every8dProvider.class);
    private static final Set<Feature> FEATURES =
            EnumSet.complementOf(EnumSet.of(Feature.BINARY, Feature.INBOX, Feature.RECEIVED_ID));
    private static final int MAX_RECIPIENTS = 10_000;
    private static final int DISPATCH_SIZE = 500;
    private static final int MAX_DISPATCH_SIZE = 2_000;
    private static final Duration DEFAULT_VALIDITY = Duration.ofMinutes(1440);

    private final Every8dClient calls;
    private final Every8dQueryCall every8dQueryCall;
    private final Every8dLogin sessions;

    Every8dProvider(Every8dClient calls, Every8dQueryCall every8dQueryCall, Every8dLogin sessions) {
        this.calls = calls;
        this.every8dQueryCall = every8dQueryCall;
        this.sessions = sessions;
    }

    @Override
    public String type() {
        return "every8d";
    }

    @Override
    public Optional<String> objection(Account account) {
        return Every8dClient.objection(account);
    }

    @Override
    public Capabilities capabilities(Account account) {
        var size = account.option(AccountOption.DISPATCH_SIZE, DISPATCH_SIZE);
        return new Capabilities(
                FEATURES,
                MAX_RECIPIENTS,
                Math.max(1, Math.min(size, MAX_DISPATCH_SIZE)),
                Every8dValidator.LONGEST_TEXT,
                DEFAULT_VALIDITY);
    }

    @Override
    public Optional<PhoneNumber> number(String written) {
        return Every8dNumbers.read(written);
    }

    @Override
    public List<ValidationError> check(Account account, SendOrder order) {
        return Every8dValidator.of(order);
    }

    @Override
    public PriceEstimate estimate(Account account, PhoneNumber to, String text) {
        return Every8dPrice.of(to, SendOrder.normalized(text));
    }

    @Override
    public Readiness ready(Account account, Deadline deadline) {
        return Every8dClient.objection(account)
                .<Readiness>map(objection -> new Readiness.Blocked("misconfigured", objection))
                .orElseGet(() -> sessions.ready(account, deadline));
    }

    @Override
    public SendOutcome send(Account account, Readiness.Ready ready, SendOrder order, Deadline deadline) {
        if (!calls.limits().leaveAWholeCall(deadline)) {
            return new NotSent(Cause.NO_TIME, "no_time", "");
        }
        var key = (SessionKey) ready.session();
        var message = new Every8dOrders(order, deadline.clock().instant()).message(key);
        var outcome = Every8dSendVerdict.of(
                calls.send(account, message),
                message.operation(),
                order.recipients().size());
        if (outcome instanceof NotSent notSent) {
            drop(account, key, notSent);
        }
        if (outcome instanceof Accepted accepted && !Every8dSendResultParser.isGuid(accepted.reference())) {
            LOG.warnf("account %s: a batch id that is no GUID", account.name());
        }
        return outcome;
    }

    private void drop(Account account, SessionKey key, NotSent notSent) {
        try {
            if (notSent.cause() == Cause.SESSION_DEAD) {
                sessions.dead(account, key);
            } else if (notSent.cause() == Cause.REFUSED) {
                LOG.errorf("account %s: send refused with %s, no further login", account.name(), notSent.code());
                sessions.refused(account, key, notSent.code(), notSent.text());
            }
        } catch (RuntimeException | VirtualMachineError e) {
            // An exception must not lose the proof that nothing was sent: the next call with this key drops it.
            LOG.warnf(e, "account %s: a key could not be dropped after %s", account.name(), notSent.code());
        }
    }

    @Override
    public Credit credit(Account account, Deadline deadline) {
        var points = every8dQueryCall.ask(account, new Every8dCredit(), deadline);
        return new Credit(points, deadline.clock().instant());
    }

    @Override
    public ReportPage report(Account account, ReportQuery query, int page, Deadline deadline) {
        var question = new Every8dReports(query.reference(), page, Every8dClient.isLenient(account));
        return every8dQueryCall.ask(account, question, deadline);
    }

    @Override
    public CancelOutcome erase(Account account, String reference, Deadline deadline) {
        return every8dQueryCall.ask(account, new Every8dCancel(reference), deadline);
    }

    @Override
    public boolean closeSession(Account account, Deadline deadline) {
        return sessions.close(account, deadline);
    }

    @Override
    public CallbackContent callback(Account account, CallbackRequest request) {
        return Every8dCallbacks.read(request);
    }
}
