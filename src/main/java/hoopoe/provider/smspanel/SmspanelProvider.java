package hoopoe.provider.smspanel;

import hoopoe.account.Account;
import hoopoe.config.AccountOption;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.Capabilities;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Credit;
import hoopoe.provider.Deadline;
import hoopoe.provider.InboxContent;
import hoopoe.provider.InboxResponse;
import hoopoe.provider.PriceEstimate;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SmsProvider;
import hoopoe.provider.ValidationError;
import hoopoe.provider.http.ProviderHttpResponse;
import hoopoe.provider.smspanel.SmspanelLogin.SmspanelCredentials;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** The smspanel adapter: the only class of this package that other packages use, by its interface. */
@ApplicationScoped
class SmspanelProvider implements SmsProvider {

    private static final Logger LOG = Logger.getLogger(SmspanelProvider.class);
    private static final Set<Feature> FEATURES =
            EnumSet.of(Feature.CREDIT, Feature.DELIVERY_REPORTS, Feature.INBOX, Feature.PERSONALISED);
    private static final int MAX_RECIPIENTS = 10_000;
    /** More than 60 numbers are refused with -2. */
    private static final int DISPATCH_SIZE = 60;
    /** No document says how long the panel tries. */
    private static final Duration DEFAULT_VALIDITY = Duration.ofDays(1);

    private final SmspanelClient calls;
    private final SmspanelLogin access;
    private final SmspanelQueryCall inquiry;
    private final SmspanelReports reports;

    SmspanelProvider(SmspanelClient calls, SmspanelLogin access, SmspanelQueryCall inquiry, SmspanelReports reports) {
        this.calls = calls;
        this.access = access;
        this.inquiry = inquiry;
        this.reports = reports;
    }

    @Override
    public String type() {
        return "smspanel";
    }

    @Override
    public Optional<String> objection(Account account) {
        return SmspanelDialect.objection(account);
    }

    @Override
    public Capabilities capabilities(Account account) {
        var size = account.option(AccountOption.DISPATCH_SIZE, DISPATCH_SIZE);
        return new Capabilities(
                FEATURES,
                MAX_RECIPIENTS,
                Math.max(1, Math.min(size, DISPATCH_SIZE)),
                SmspanelValidator.LONGEST_TEXT,
                DEFAULT_VALIDITY,
                0,
                SmspanelReports.MOST_IDS);
    }

    @Override
    public Optional<PhoneNumber> number(String written) {
        return SmspanelNumbers.read(written);
    }

    @Override
    public List<ValidationError> check(Account account, SendOrder order) {
        return SmspanelValidator.of(order);
    }

    @Override
    public PriceEstimate estimate(Account account, PhoneNumber to, String text) {
        return PriceEstimate.unpriced("domestic");
    }

    @Override
    public Readiness ready(Account account, Deadline deadline) {
        return access.ready(account);
    }

    @Override
    public SendOutcome send(Account account, Readiness.Ready ready, SendOrder order, Deadline deadline) {
        if (!calls.limits().leaveAWholeCall(deadline)) {
            return new NotSent(Cause.NO_TIME, "no_time", "");
        }
        var key = (SmspanelCredentials) ready.session();
        var written = new SmspanelOrders(order, key.dialect());
        var outcome = SmspanelSendVerdict.of(calls.send(key, written), written.recipients());
        if (outcome instanceof NotSent notSent && notSent.cause() == Cause.REFUSED) {
            block(account, key, notSent);
        }
        return outcome;
    }

    private void block(Account account, SmspanelCredentials key, NotSent notSent) {
        try {
            access.refused(account, key.credentials().version(), notSent.code(), notSent.text());
        } catch (RuntimeException | VirtualMachineError e) {
            // An exception must not lose the proof that nothing was sent: the next refusal blocks the account.
            LOG.warnf(e, "account %s: could not be blocked after %s", account.name(), notSent.code());
        }
    }

    @Override
    public Credit credit(Account account, Deadline deadline) {
        var value = inquiry.ask(account, SmspanelMethod.GET_CREDIT, Map.of(), deadline);
        var points = SmspanelCredit.read(value)
                .orElseThrow(
                        () -> new ProviderException.MalformedAnswer(SmspanelMethod.GET_CREDIT.label(), "malformed"));
        return new Credit(points, deadline.clock().instant());
    }

    /** There is only one page, because a dispatch is never larger than a call. */
    @Override
    public ReportPage report(Account account, ReportQuery query, int page, Deadline deadline) {
        return reports(account, List.of(query), deadline)
                .getOrDefault(query.reference(), new ReportPage(0, List.of(), false));
    }

    @Override
    public Map<String, ReportPage> reports(Account account, List<ReportQuery> queries, Deadline deadline) {
        return reports.of(account, queries, deadline);
    }

    @Override
    public InboxResponse drain(Account account, Readiness.Ready ready, Deadline deadline) {
        if (!calls.limits().leaveAWholeCall(deadline)) {
            return new InboxResponse.NotAsked("no_time", "");
        }
        var key = (SmspanelCredentials) ready.session();
        var answer = calls.take(key);
        if (answer instanceof ProviderHttpResponse.NothingSent nothing) {
            return new InboxResponse.NotAsked(nothing.why(), "");
        }
        if (answer instanceof ProviderHttpResponse.LostResponse lostResponse) {
            return new InboxResponse.ResponseLost(lostResponse.why(), "");
        }
        var whole = (ProviderHttpResponse.CompleteResponse) answer;
        return new InboxResponse.RawResponse(
                whole.status(),
                whole.contentType(),
                whole.body(),
                key.credentials().version());
    }

    @Override
    public InboxContent read(Account account, InboxResponse.RawResponse rawResponse) {
        var read = SmspanelInbox.read(rawResponse);
        if (read instanceof InboxContent.InboxRefused inboxRefused
                && inboxRefused.code().equals(SmspanelError.UNKNOWN_USER)) {
            access.refused(account, rawResponse.version(), inboxRefused.code(), inboxRefused.text());
        }
        return read;
    }
}
