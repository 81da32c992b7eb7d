package hoopoe.account;

import java.net.URI;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Finds two accounts for one customer of a provider. Neither sees what the other does, so each would end the other's session,
 * empty its inbox or charge again what it has charged. Only the secrets show it, so it cannot be seen when the accounts are
 * read; each process looks once, as long as the user stays the same.
 */
public final class DuplicateAccountCheck {

    private final Accounts accounts;
    private final Function<Account, URI> address;
    private final Function<Account, Optional<String>> user;
    private final Set<KnownCustomer> single = ConcurrentHashMap.newKeySet();

    /** A secret can get another user while a process lives. */
    private record KnownCustomer(String account, String user) {}

    /**
     * @param address where the provider of an account answers
     * @param user the account's user there; empty where no secret is set
     */
    public DuplicateAccountCheck(
            Accounts accounts, Function<Account, URI> address, Function<Account, Optional<String>> user) {
        this.accounts = accounts;
        this.address = address;
        this.user = user;
    }

    /** The other account with the same provider, address and user. */
    public Optional<Account> of(Account account) {
        return user.apply(account).flatMap(own -> of(account, new KnownCustomer(account.name(), own)));
    }

    private Optional<Account> of(Account account, KnownCustomer knownCustomer) {
        if (single.contains(knownCustomer)) {
            return Optional.empty();
        }
        var users = new HashMap<Account, Optional<String>>();
        accounts.all().stream()
                .filter(other -> !other.name().equals(account.name()))
                .filter(other -> other.provider().equals(account.provider()))
                .filter(other -> written(other).equals(written(account)))
                .forEach(other -> users.put(other, user.apply(other)));
        var twin = users.keySet().stream()
                .filter(other ->
                        users.get(other).filter(knownCustomer.user()::equals).isPresent())
                .min(Comparator.comparing(Account::name));
        if (twin.isEmpty() && users.values().stream().allMatch(Optional::isPresent)) {
            single.add(knownCustomer);
        }
        return twin;
    }

    private String written(Account account) {
        return address.apply(account).toString().toLowerCase(Locale.ROOT).replaceFirst("/+$", "");
    }
}
