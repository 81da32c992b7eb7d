package hoopoe.local.every8d;

import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer of the service, with its credit, its one session and its wrong passwords. */
public final class Account {
    private final String user;
    private String password;
    private BigDecimal credit = new BigDecimal("10000");
    private BigDecimal price = BigDecimal.ONE;
    private boolean international;
    private @Nullable URI callback;
    private int wrongPasswords;
    private boolean locked;
    private String key = "";
    private LocalDate keyDay = LocalDate.MIN;

    Account(String user, String password) {
        this.user = user;
        this.password = password;
    }

    public String user() {
        return user;
    }

    public synchronized Account password(String other) {
        password = other;
        return this;
    }

    /** Points, ten thousand at the start. */
    public synchronized Account credit(String points) {
        credit = new BigDecimal(points);
        return this;
    }

    public synchronized BigDecimal credit() {
        return credit;
    }

    /** Points for each step of the price ladder, one at the start. */
    public synchronized Account price(String points) {
        price = new BigDecimal(points);
        return this;
    }

    synchronized BigDecimal price() {
        return price;
    }

    /** Whether it may send abroad; not at the start. */
    public synchronized Account international(boolean allowed) {
        international = allowed;
        return this;
    }

    synchronized boolean international() {
        return international;
    }

    /** Where reports and replies go; nowhere at the start. */
    public synchronized Account callback(URI url) {
        callback = url;
        return this;
    }

    synchronized Optional<URI> callback() {
        return Optional.ofNullable(callback);
    }

    public synchronized boolean locked() {
        return locked;
    }

    /** Unlocks the account, as the service desk does after a phone call. */
    public synchronized Account unlock() {
        locked = false;
        wrongPasswords = 0;
        return this;
    }

    /** The key dies, as if another system had closed the connection. */
    public synchronized void endSession() {
        key = "";
    }

    /** The living key, empty without one. */
    public synchronized String sessionKey() {
        return key;
    }

    synchronized void add(BigDecimal points) {
        credit = credit.add(points);
    }

    /** @return 0, or why not */
    synchronized int checkPassword(String given, Switch.Lock lock) {
        if (locked) {
            return Refusal.LOCKED;
        }
        if (password.equals(given)) {
            wrongPasswords = 0;
            return 0;
        }
        wrongPasswords++;
        boolean tooMany = wrongPasswords > 10;
        locked = tooMany || lock == Switch.Lock.AFTER_TENTH && wrongPasswords == 10;
        return tooMany ? Refusal.LOCKED : Refusal.WRONG_PASSWORD;
    }

    synchronized String openSession(LocalDate today, Switch.SecondLogin second) {
        if (!hasSession(today) || second == Switch.SecondLogin.NEW_KEY) {
            key = UUID.randomUUID().toString().replace("-", "");
            keyDay = today;
        }
        return key;
    }

    synchronized boolean owns(String otherKey, LocalDate today) {
        return hasSession(today) && key.equals(otherKey);
    }

    private boolean hasSession(LocalDate today) {
        return !key.isEmpty() && keyDay.equals(today);
    }
}
