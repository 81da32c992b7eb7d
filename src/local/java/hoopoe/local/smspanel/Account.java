package hoopoe.local.smspanel;

import java.math.BigDecimal;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** A customer of the panel, with its sender numbers and its credit. */
public final class Account {
    private final String user;
    private final Set<String> numbers = new CopyOnWriteArraySet<>();
    private String password;
    private BigDecimal credit = new BigDecimal("12345.5");

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

    synchronized boolean isOpenedBy(String given) {
        return password.equals(given);
    }

    /** Another number that it may send from. */
    public Account number(String sender) {
        numbers.add(sender);
        return this;
    }

    boolean owns(String sender) {
        return numbers.contains(sender);
    }

    Set<String> numbers() {
        return numbers;
    }

    public synchronized Account credit(String points) {
        credit = new BigDecimal(points);
        return this;
    }

    public synchronized BigDecimal credit() {
        return credit;
    }

    synchronized void take(int points) {
        credit = credit.subtract(BigDecimal.valueOf(points));
    }
}
