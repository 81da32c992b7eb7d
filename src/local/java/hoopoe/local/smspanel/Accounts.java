package hoopoe.local.smspanel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The accounts of the panel. */
final class Accounts {
    private final Map<String, Account> byUser = new ConcurrentHashMap<>();

    Account open(String user, String password) {
        Account account = new Account(user, password);
        byUser.put(user, account);
        return account;
    }

    Optional<Account> find(String user) {
        return Optional.ofNullable(byUser.get(user));
    }

    Optional<Account> find(String user, String password) {
        return find(user).filter(account -> account.isOpenedBy(password));
    }

    List<Account> all() {
        return List.copyOf(byUser.values());
    }
}
