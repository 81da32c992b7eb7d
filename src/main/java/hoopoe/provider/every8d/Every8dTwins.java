package hoopoe.provider.every8d;

import hoopoe.provider.Account;
import hoopoe.provider.Accounts;
import hoopoe.secret.MissingSecret;
import hoopoe.secret.Secrets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds two names for one customer of the provider: each would log in on its own and kill the other's key. Only the secrets
 * tell, so it cannot be seen when the accounts are read; it is looked for once in each process.
 */
class Every8dTwins {

    private final Accounts accounts;
    private final Secrets secrets;
    private final Set<String> single = ConcurrentHashMap.newKeySet();

    Every8dTwins(Accounts accounts, Secrets secrets) {
        this.accounts = accounts;
        this.secrets = secrets;
    }

    /** The other account with the same provider, address and user. */
    Optional<Account> of(Account account) {
        if (single.contains(account.name())) {
            return Optional.empty();
        }
        var twin = accounts.all().stream()
                .filter(other -> !other.name().equals(account.name()))
                .filter(other -> other.provider().equals(account.provider()))
                .filter(other -> address(other).equals(address(account)))
                .filter(other -> user(other).isPresent() && user(other).equals(user(account)))
                .findFirst();
        if (twin.isEmpty()) {
            single.add(account.name());
        }
        return twin;
    }

    private static String address(Account account) {
        return Every8dCalls.endpoint(account).toString().toLowerCase(Locale.ROOT);
    }

    private Optional<String> user(Account account) {
        try {
            return Optional.of(secrets.credentials(account.name()).user());
        } catch (MissingSecret e) {
            return Optional.empty();
        }
    }
}
