package hoopoe.batch.create;

import hoopoe.access.Grant;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.batch.create.CreateBatchResult.CreateRefused;
import hoopoe.provider.Providers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Selects the account that sends a batch: the one that its caller names, or the one that is meant where they name none. */
@ApplicationScoped
public class AccountSelector {

    private final Accounts accounts;
    private final Providers providers;

    public AccountSelector(Accounts accounts, Providers providers) {
        this.accounts = accounts;
        this.providers = providers;
    }

    /** @param name null where the batch names none */
    Optional<Account> find(@Nullable String name, Grant by) {
        return name == null ? unnamed(by) : accounts.find(name);
    }

    /**
     * Why the batch is refused; empty where the account may send it.
     *
     * @param account the one that was found
     */
    Optional<CreateRefused> refusal(@Nullable String name, Optional<Account> account, Grant by) {
        if (account.isEmpty()) {
            return Optional.of(
                    name == null
                            ? nameless(by)
                            : CreateRefused.of("account_not_found", "There is no such account.", "/account"));
        } else if (!by.reaches(account.get().simulated())) {
            return Optional.of(liveOnly("this account"));
        }
        return account.flatMap(providers::objection).map(objection -> CreateRefused.misconfigured());
    }

    /** The caller can name an account only where they reach one. */
    private CreateRefused nameless(Grant by) {
        var all = accounts.all();
        return all.isEmpty() || all.stream().anyMatch(account -> by.reaches(account.simulated()))
                ? CreateRefused.of("account_required", "Name the account that sends.", "/account")
                : liveOnly("any account here");
    }

    private static CreateRefused liveOnly(String which) {
        return CreateRefused.of("account_live_only", "A test key does not send with " + which + '.', "/account");
    }

    /**
     * The account where a batch names none: the default, or for a test key the only simulated one where the default is real.
     */
    private Optional<Account> unnamed(Grant by) {
        var usual = accounts.defaultAccount();
        if (usual.filter(account -> by.reaches(account.simulated())).isPresent()) {
            return usual;
        }
        var reached = accounts.all().stream()
                .filter(account -> by.reaches(account.simulated()))
                .toList();
        return reached.size() == 1 ? Optional.of(reached.get(0)) : reached.isEmpty() ? usual : Optional.empty();
    }
}
