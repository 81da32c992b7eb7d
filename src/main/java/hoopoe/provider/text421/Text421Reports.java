package hoopoe.provider.text421;

import hoopoe.account.Account;
import hoopoe.message.StatusFact;
import hoopoe.observability.Redactor;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportPage.ReportRow;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.http.ProviderHttpResponse;
import hoopoe.secret.Credentials;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Polls {@code deliveryJSON} for delivery reports, by our ids. */
@ApplicationScoped
class Text421Reports {

    private static final String OPERATION = "text421 deliveryJSON";
    private static final int ACCEPTED = 200;
    private static final int CREDENTIALS = 401;
    /** {@code unknown username/password}, as {@code smsSendBillXML} words it. */
    private static final String UNKNOWN_USER = "unknown username";

    private static final Logger LOG = Logger.getLogger(Text421Reports.class);

    private final Text421Client calls;
    private final Text421Login login;

    Text421Reports(Text421Client calls, Text421Login login) {
        this.calls = calls;
        this.login = login;
    }

    /**
     * @return a page without rows for a reference that the provider says nothing of
     * @throws ProviderException where no usable answer came
     */
    Map<String, ReportPage> of(Account account, List<ReportQuery> queries, Deadline deadline) {
        var credentials = credentials(account);
        var ids = queries.stream().map(ReportQuery::reference).toList();
        var facts = facts(
                account, credentials, calls.ask(account, Text421DeliveryJson.question(credentials, ids), deadline));
        var pages = new HashMap<String, ReportPage>();
        for (var id : ids) {
            pages.put(id, page(facts.getOrDefault(id.strip().toLowerCase(Locale.ROOT), List.of())));
        }
        return pages;
    }

    private Credentials credentials(Account account) {
        var readiness = login.ready(account);
        if (readiness instanceof Readiness.NotYet notYet) {
            throw new ProviderException.ProviderUnavailable(OPERATION, notYet.code());
        }
        if (!(readiness instanceof Readiness.Ready ready)) {
            throw new ProviderException.ProviderRefused(OPERATION, ((Readiness.Blocked) readiness).code());
        }
        return (Credentials) ready.session();
    }

    /** The page needs no recipient, because an id names one message. */
    private static ReportPage page(List<StatusFact> facts) {
        return new ReportPage(
                Math.min(1, facts.size()),
                facts.stream()
                        .map(statusFact -> new ReportRow(null, statusFact, null, List.of()))
                        .toList(),
                false);
    }

    private Map<String, List<StatusFact>> facts(Account account, Credentials credentials, ProviderHttpResponse answer) {
        var whole = answer.whole(OPERATION);
        return Optional.of(whole)
                .filter(said -> said.status() == ACCEPTED)
                .flatMap(said -> Text421DeliveryJson.read(said.body()))
                .orElseThrow(() -> failure(account, credentials, whole));
    }

    private ProviderException failure(
            Account account, Credentials credentials, ProviderHttpResponse.CompleteResponse completeResponse) {
        var said = Text421Response.read(completeResponse.body());
        int status = said.status()
                .map(body -> Text421Response.worse(completeResponse.status(), body))
                .orElse(completeResponse.status());
        if (status == CREDENTIALS) {
            learn(account, credentials, said);
            return new ProviderException.ProviderRefused(OPERATION, "http_" + status);
        }
        return status == ACCEPTED
                ? new ProviderException.MalformedAnswer(OPERATION, "malformed")
                : ProviderHttpResponse.failure(OPERATION, status);
    }

    /** A 401 without the provider's words does not block the account, which may lack permission for this call only. */
    private void learn(Account account, Credentials credentials, Text421Response said) {
        if (said.status().isPresent()
                && said.description().toLowerCase(Locale.ROOT).startsWith(UNKNOWN_USER)) {
            LOG.errorf("account %s: a question refused with %s, nothing is sent any more", account, CREDENTIALS);
            login.refused(
                    account,
                    credentials,
                    new NotSent(Cause.REFUSED, Integer.toString(CREDENTIALS), Redactor.text(said.description())));
        }
    }
}
