package hoopoe.provider.text421;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.account.DuplicateAccountCheck;
import hoopoe.account.session.AccountBlocks;
import hoopoe.observability.Redactor;
import hoopoe.provider.Readiness;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.xml.XmlText;
import hoopoe.secret.Credentials;
import hoopoe.secret.MissingSecret;
import hoopoe.secret.SecretUnavailable;
import hoopoe.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Checks that an account has credentials that were not refused. Each call carries user, password and billing key. */
@ApplicationScoped
class Text421Login {

    private static final int LONGEST = 16;

    private final Secrets secrets;
    private final AccountBlocks accountBlocks;
    private final DuplicateAccountCheck duplicateAccountCheck;

    Text421Login(Secrets secrets, AccountBlocks accountBlocks, Accounts accounts) {
        this.secrets = secrets;
        this.accountBlocks = accountBlocks;
        this.duplicateAccountCheck = new DuplicateAccountCheck(accounts, Text421Client::base, this::user);
    }

    /** @return if {@code Ready}, its session is the {@link Credentials} */
    Readiness ready(Account account) {
        try {
            return ready(account, credentials(account));
        } catch (SecretUnavailable e) {
            return Readiness.NotYet.secretUnavailable();
        }
    }

    private Readiness ready(Account account, Optional<Credentials> credentials) {
        var objection = objection(credentials);
        if (objection.isPresent()) {
            return new Readiness.Blocked(Readiness.Blocked.MISCONFIGURED, objection.get());
        }
        var twin = duplicateAccountCheck.of(account);
        if (twin.isPresent()) {
            return new Readiness.Blocked(
                    "account_twice",
                    "the same user as account " + twin.get() + ": each could charge what the other has");
        }
        var moved = accountBlocks.of(account, place(account, credentials.get()));
        if (moved.isPresent()) {
            return moved.get();
        }
        var blocked = accountBlocks.of(account, credentials.get().version());
        return blocked.isPresent() ? renewed(account) : new Readiness.Ready(credentials.get());
    }

    /** Refused credentials may have been replaced since they were cached. */
    private Readiness renewed(Account account) {
        var fresh = told(() -> secrets.freshCredentials(account.name()));
        var objection = objection(fresh);
        return objection
                .map(said -> new Readiness.Blocked(Readiness.Blocked.MISCONFIGURED, said))
                .or(() -> accountBlocks.ofNewest(account, fresh.get().version()))
                .<Readiness>map(blocked -> blocked)
                .orElseGet(() -> new Readiness.Ready(fresh.get()));
    }

    private Optional<Credentials> credentials(Account account) {
        return told(() -> secrets.credentials(account.name()));
    }

    /** @throws SecretUnavailable where the secret cannot be read at this moment */
    private static Optional<Credentials> told(Supplier<Credentials> credentials) {
        try {
            return Optional.of(credentials.get());
        } catch (MissingSecret e) {
            return Optional.empty();
        }
    }

    private Optional<String> user(Account account) {
        try {
            return credentials(account).map(Credentials::user);
        } catch (SecretUnavailable e) {
            return Optional.empty();
        }
    }

    void refused(Account account, Credentials login, NotSent refusal) {
        accountBlocks.refused(account, login.version(), refusal.code(), refusal.text());
    }

    /**
     * Blocks the account at its old address after a redirect, because each send to it would leave a message unconfirmed. The
     * block ends with another address, another version of the secret, or an accepted message at the old address. When the
     * settings return to a blocked address, it is tried again.
     */
    void moved(Account account, Credentials login, String location) {
        var where = location.isBlank() ? "a place that is not named" : Redactor.text(location);
        accountBlocks.moved(
                account, place(account, login), Readiness.Blocked.MISCONFIGURED, "the address moved to " + where);
    }

    private static String place(Account account, Credentials login) {
        return login.version() + ' ' + Text421Client.base(account);
    }

    void accepted(Account account, Credentials login) {
        accountBlocks.accepted(account, login.version());
    }

    /** What the provider would refuse in every message, checked before a claim. */
    private static Optional<String> objection(Optional<Credentials> credentials) {
        if (credentials.isEmpty()) {
            return Optional.of("user and password are not set");
        }
        var login = credentials.get();
        if (login.user().length() > LONGEST || login.password().length() > LONGEST) {
            return Optional.of("user and password have at most " + LONGEST + " characters");
        }
        if (login.billingKey().isEmpty()) {
            return Optional.of("billing-key is not set");
        }
        if (!Stream.of(login.user(), login.password(), login.billingKey()).allMatch(XmlText::carries)) {
            return Optional.of("user, password or billing-key has a character that XML cannot carry");
        }
        return Optional.empty();
    }
}
