package hoopoe.provider.text421;

import hoopoe.account.Account;
import hoopoe.config.AccountOption;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.CallbackRequest;
import hoopoe.provider.Capabilities;
import hoopoe.provider.Capabilities.Feature;
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
import hoopoe.provider.SendOutcome.Rejected;
import hoopoe.provider.SmsProvider;
import hoopoe.provider.ValidationError;
import hoopoe.provider.http.ProviderHttpResponse;
import hoopoe.secret.Credentials;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** The text421 adapter: the only class that other packages use, by its interface. Every send charges its recipient. */
@ApplicationScoped
class Text421Provider implements SmsProvider {

    private static final Logger LOG = Logger.getLogger(Text421Provider.class);
    private static final Set<Feature> FEATURES = EnumSet.of(
            Feature.BINARY,
            Feature.CALLBACKS,
            Feature.DELIVERY_REPORTS,
            Feature.PERSONALISED,
            Feature.RECEIVED_ID,
            Feature.REPLIES,
            Feature.SCHEDULE);
    private static final int MAX_RECIPIENTS = 1_000;
    private static final int ONE_A_CALL = 1;
    private static final int LONGEST_ID = 14;
    private static final int REPORTS_AT_ONCE = 100;
    /** No document gives a validity; delivery reports are pushed for this long. */
    private static final Duration DEFAULT_VALIDITY = Duration.ofHours(24);

    private final Text421Client calls;
    private final Text421Login login;
    private final Text421Reports reports;

    Text421Provider(Text421Client calls, Text421Login login, Text421Reports reports) {
        this.calls = calls;
        this.login = login;
        this.reports = reports;
    }

    @Override
    public String type() {
        return "text421";
    }

    @Override
    public Optional<String> objection(Account account) {
        return Text421Client.objection(account);
    }

    @Override
    public Capabilities capabilities(Account account) {
        return new Capabilities(
                FEATURES,
                MAX_RECIPIENTS,
                ONE_A_CALL,
                Text421Validator.LONGEST_TEXT,
                DEFAULT_VALIDITY,
                LONGEST_ID,
                REPORTS_AT_ONCE);
    }

    @Override
    public Optional<PhoneNumber> number(String written) {
        return Text421Numbers.read(written);
    }

    @Override
    public List<ValidationError> check(Account account, SendOrder order) {
        return Text421Validator.of(order, transliterates(account));
    }

    /** Unknown: the price is agreed with the provider by billing key. */
    @Override
    public PriceEstimate estimate(Account account, PhoneNumber to, String text) {
        return PriceEstimate.unpriced("domestic");
    }

    @Override
    public Readiness ready(Account account, Deadline deadline) {
        return objection(account)
                .<Readiness>map(objection -> new Readiness.Blocked("misconfigured", objection))
                .orElseGet(() -> login.ready(account));
    }

    @Override
    public SendOutcome send(Account account, Readiness.Ready ready, SendOrder order, Deadline deadline) {
        if (!calls.limits().leaveAWholeCall(deadline)) {
            return new NotSent(Cause.NO_TIME, "no_time", "");
        }
        var credentials = (Credentials) ready.session();
        var xml = Text421Orders.of(
                credentials,
                account.option(AccountOption.FROM),
                order,
                text(account, order),
                deadline.clock().instant());
        var answer = calls.send(account, xml);
        var outcome = Text421SendVerdict.of(answer, Objects.requireNonNull(order.reference()));
        learn(account, credentials, answer, outcome);
        return outcome;
    }

    private static String text(Account account, SendOrder order) {
        var text = order.textOf(Text421Orders.only(order));
        return order.binary() == null ? Transliteration.normal(text, transliterates(account)) : text;
    }

    private void learn(Account account, Credentials credentials, ProviderHttpResponse answer, SendOutcome outcome) {
        try {
            if (answer instanceof ProviderHttpResponse.CompleteResponse whole && whole.isRedirect()) {
                LOG.errorf("account %s: its address moved, nothing is sent any more", account);
                login.moved(account, credentials, whole.location());
            } else if (outcome instanceof NotSent notSent && notSent.cause() == Cause.REFUSED) {
                LOG.errorf("account %s: send refused with %s, nothing is sent any more", account, notSent.code());
                login.refused(account, credentials, notSent);
            } else if (outcome instanceof Accepted) {
                login.accepted(account, credentials);
            } else if (outcome instanceof Rejected rejected && Text421Error.isOurs(rejected.code())) {
                LOG.errorf("account %s: the provider finds a mistake of ours: %s", account, rejected.code());
            }
        } catch (RuntimeException | VirtualMachineError e) {
            // An exception must not lose the outcome of the send: the next send learns the same.
            LOG.warnf(e, "account %s: a block could not be written", account);
        }
    }

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
    public CallbackContent callback(Account account, CallbackRequest request) {
        return Text421Callbacks.read(request);
    }

    private static boolean transliterates(Account account) {
        return Boolean.parseBoolean(account.option(AccountOption.TRANSLITERATE));
    }
}
