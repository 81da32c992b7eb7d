package hoopoe.provider.text421;

import hoopoe.message.StatusFact;
import hoopoe.provider.Account;
import hoopoe.provider.Deadline;
import hoopoe.observability.Redactor;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportPage.Row;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.wire.WireAnswer;
import hoopoe.secret.Credentials;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Asks {@code deliveryJSON} what became of messages, by our ids. */
@ApplicationScoped
class Text421Reports {

    private static final String OPERATION = "text421 deliveryJSON";
    private static final int ACCEPTED = 200;
    private static final int CREDENTIALS = 401;
    /** {@code unknown username/password} (providers.md A2). */
    private static final String UNKNOWN_USER = "unknown username";

    private static final Logger LOG = Logger.getLogger(Text421Reports.class);

    private final Text421Calls calls;
    private final Text421Login login;

    Text421Reports(Text421Calls calls, Text421Login login) {
        this.calls = calls;
        this.login = login;
    }

    /**
     * @return a page without rows for a reference of which it says nothing
     * @throws ProviderException where no usable answer came
     */
    Map<String, ReportPage> of(Account account, List<ReportQuery> queries, Deadline deadline) {
        var credentials = credentials(account);
        var ids = queries.stream().map(ReportQuery::reference).toList();
        var facts = facts(account, credentials, calls.ask(account, DeliveryJson.question(credentials, ids), deadline));
        var pages = new HashMap<String, ReportPage>();
        for (var id : ids) {
            pages.put(id, page(facts.getOrDefault(id.strip().toLowerCase(Locale.ROOT), List.of())));
        }
        return pages;
    }

    private Credentials credentials(Account account) {
        var readiness = login.ready(account);
        if (readiness instanceof Readiness.NotYet notYet) {
            throw new ProviderException.Unavailable(OPERATION, notYet.code());
        }
        if (!(readiness instanceof Readiness.Ready ready)) {
            throw new ProviderException.Refused(OPERATION, ((Readiness.Latched) readiness).code());
        }
        return (Credentials) ready.session();
    }

    /** One message has one id: who it went to need not be said. */
    private static ReportPage page(List<StatusFact> facts) {
        return new ReportPage(
                Math.min(1, facts.size()),
                facts.stream().map(statusFact -> new Row(null, statusFact, null, List.of())).toList(),
                false);
    }

    private Map<String, List<StatusFact>> facts(Account account, Credentials credentials, WireAnswer answer) {
        if (answer instanceof WireAnswer.NothingSent nothing) {
            throw new ProviderException.Unavailable(OPERATION, nothing.why());
        }
        if (answer instanceof WireAnswer.Lost lost) {
            throw new ProviderException.Unavailable(OPERATION, lost.why());
        }
        var whole = (WireAnswer.Answer) answer;
        return Optional.of(whole)
                .filter(said -> said.status() == ACCEPTED)
                .flatMap(said -> DeliveryJson.read(said.body()))
                .orElseThrow(() -> failure(account, credentials, whole));
    }

    private ProviderException failure(Account account, Credentials credentials, WireAnswer.Answer answer) {
        var said = Text421Answer.read(answer.body());
        int status = said.status()
                .map(body -> Text421Answer.worse(answer.status(), body))
                .orElse(answer.status());
        var code = status == ACCEPTED ? "malformed" : "http_" + status;
        if (status == CREDENTIALS) {
            learn(account, credentials, said);
            return new ProviderException.Refused(OPERATION, code);
        }
        return status >= 500 || status == 429
                ? new ProviderException.Unavailable(OPERATION, code)
                : new ProviderException.Malformed(OPERATION, code);
    }

    /** A 401 without the provider's words latches nothing: the account may only lack this one call. */
    private void learn(Account account, Credentials credentials, Text421Answer said) {
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
