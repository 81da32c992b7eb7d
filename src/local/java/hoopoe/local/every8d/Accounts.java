package hoopoe.local.every8d;

import hoopoe.local.stage.Switches;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The customers, and the session key that each of them has today. */
final class Accounts {
    private final Map<String, Account> byUser = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Switches switches;

    Accounts(Clock clock, Switches switches) {
        this.clock = clock;
        this.switches = switches;
    }

    Account open(String user, String password) {
        Account account = new Account(user, password);
        byUser.put(user, account);
        return account;
    }

    Optional<Account> find(String user) {
        return Optional.ofNullable(byUser.get(user));
    }

    Collection<Account> all() {
        return byUser.values();
    }

    /** The account whose living key this is. */
    Optional<Account> holder(String key) {
        LocalDate today = today();
        return byUser.values().stream()
                .filter(account -> account.owns(key, today))
                .findFirst();
    }

    String login(String user, String password) {
        return find(user)
                .map(account -> login(account, password))
                .orElseGet(() -> LoginText.refused(Refusal.of(Refusal.NO_SUCH_ACCOUNT)));
    }

    private String login(Account account, String password) {
        int refused = account.checkPassword(password, switches.get(Switch.Lock.class));
        return refused == 0
                ? LoginText.granted(
                        account.openSession(today(), switches.get(Switch.SecondLogin.class)),
                        switches.get(Switch.LoginXml.class))
                : LoginText.refused(Refusal.of(refused));
    }

    String close(String key) {
        Optional<Account> holder = holder(key);
        holder.ifPresent(Account::endSession);
        return holder.isPresent() ? "1" : "-1";
    }

    private LocalDate today() {
        return TaipeiTime.day(clock.instant());
    }
}
