package hoopoe.account;

import hoopoe.access.Grant;
import hoopoe.access.Scope;
import hoopoe.provider.Account;
import hoopoe.provider.Accounts;
import hoopoe.provider.Capabilities;
import hoopoe.provider.Points;
import hoopoe.provider.Providers;
import hoopoe.provider.Readiness;
import hoopoe.provider.SessionKeys;
import hoopoe.store.Inboxes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The accounts as the API shows them: what is configured, and how they are as far as the store knows. Asks no provider. */
@ApplicationScoped
public class AccountReader {

    private final Accounts accounts;
    private final Providers providers;
    private final SessionKeys sessions;
    private final Credits credits;
    private final Inboxes inboxes;

    public AccountReader(
            Accounts accounts, Providers providers, SessionKeys sessions, Credits credits, Inboxes inboxes) {
        this.accounts = accounts;
        this.providers = providers;
        this.sessions = sessions;
        this.credits = credits;
        this.inboxes = inboxes;
    }

    /** Those that somebody reaches, by name. */
    public List<AccountView> all(Grant by) {
        return accounts.all().stream()
                .filter(account -> by.reaches(account.simulated()))
                .map(this::view)
                .map(view -> by.allows(Scope.ACCOUNTS_ADMIN) ? view : view.outline())
                .toList();
    }

    private AccountView view(Account account) {
        var objection = providers.objection(account);
        return new AccountView(
                account.name(),
                account.provider(),
                accounts.defaultAccount().filter(account::equals).isPresent(),
                objection.isPresent() ? null : abilities(providers.of(account).capabilities(account)),
                objection
                        .map(words -> new AccountView.Health("misconfigured", null, words, null))
                        .orElseGet(() -> health(account)),
                credits.last(account)
                        .map(credit -> new AccountView.LastCredit(Points.of(credit.points()), credit.asOf()))
                        .orElse(null),
                inbox(account));
    }

    private AccountView.@Nullable Inbox inbox(Account account) {
        if (!providers.of(account).capabilities(account).has(Capabilities.Feature.INBOX)) {
            return null;
        }
        var standing = inboxes.standing(account.name());
        return new AccountView.Inbox(
                standing.emptied(), standing.failure(), standing.losses(), standing.lost(), standing.aside());
    }

    private static AccountView.Abilities abilities(Capabilities capabilities) {
        return new AccountView.Abilities(
                capabilities.features().stream()
                        .map(Capabilities.Feature::label)
                        .sorted()
                        .toList(),
                capabilities.maxRecipients(),
                capabilities.dispatchSize(),
                capabilities.maxText(),
                capabilities.defaultValidity().toSeconds(),
                capabilities.has(Capabilities.Feature.VALIDITY)
                        ? capabilities.maxValidity().toSeconds()
                        : null);
    }

    private AccountView.Health health(Account account) {
        var session = sessions.read(account.name());
        var latch = session.latch();
        if (latch != null && latch.code().equals(Readiness.Latched.MISCONFIGURED)) {
            return new AccountView.Health(latch.code(), null, latch.text(), latch.since());
        } else if (latch != null) {
            return new AccountView.Health("blocked", latch.code(), latch.text(), latch.since());
        }
        var away = credits.unreachableSince(account);
        return away.isPresent() || session.logins().unanswered() > 0
                ? new AccountView.Health("unreachable", null, null, away.orElse(null))
                : new AccountView.Health("ok", null, null, null);
    }
}
