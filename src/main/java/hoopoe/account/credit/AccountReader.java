package hoopoe.account.credit;

import hoopoe.access.Grant;
import hoopoe.access.Scope;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.account.session.SessionStore;
import hoopoe.provider.Capabilities;
import hoopoe.provider.Points;
import hoopoe.provider.Providers;
import hoopoe.provider.Readiness;
import hoopoe.store.inbox.InboxRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the accounts as the API shows them: their settings, and their health as far as the store knows. Asks no provider. */
@ApplicationScoped
public class AccountReader {

    private final Accounts accounts;
    private final Providers providers;
    private final SessionStore sessions;
    private final CreditReader creditReader;
    private final InboxRepository inboxRepository;

    public AccountReader(
            Accounts accounts,
            Providers providers,
            SessionStore sessions,
            CreditReader creditReader,
            InboxRepository inboxRepository) {
        this.accounts = accounts;
        this.providers = providers;
        this.sessions = sessions;
        this.creditReader = creditReader;
        this.inboxRepository = inboxRepository;
    }

    /** The accounts that the grant reaches, by name. */
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
                creditReader
                        .last(account)
                        .map(credit -> new AccountView.LastCredit(Points.of(credit.points()), credit.asOf()))
                        .orElse(null),
                inbox(account));
    }

    private AccountView.@Nullable Inbox inbox(Account account) {
        if (!providers.of(account).capabilities(account).has(Capabilities.Feature.INBOX)) {
            return null;
        }
        var inboxStatus = inboxRepository.standing(account.name());
        return new AccountView.Inbox(
                inboxStatus.emptied(),
                inboxStatus.failure(),
                inboxStatus.losses(),
                inboxStatus.lost(),
                inboxStatus.aside());
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
        var accountBlock = session.block();
        if (accountBlock != null && accountBlock.code().equals(Readiness.Blocked.MISCONFIGURED)) {
            return new AccountView.Health(accountBlock.code(), null, accountBlock.text(), accountBlock.since());
        } else if (accountBlock != null) {
            return new AccountView.Health("blocked", accountBlock.code(), accountBlock.text(), accountBlock.since());
        }
        var away = creditReader.unreachableSince(account);
        return away.isPresent() || session.logins().unanswered() > 0
                ? new AccountView.Health("unreachable", null, null, away.orElse(null))
                : new AccountView.Health("ok", null, null, null);
    }
}
