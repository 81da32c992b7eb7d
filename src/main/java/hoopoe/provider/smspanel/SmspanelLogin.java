package hoopoe.provider.smspanel;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.account.DuplicateAccountCheck;
import hoopoe.account.session.AccountBlocks;
import hoopoe.provider.Readiness;
import hoopoe.provider.xml.XmlText;
import hoopoe.secret.Credentials;
import hoopoe.secret.MissingSecret;
import hoopoe.secret.SecretUnavailable;
import hoopoe.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Checks that an account may call: its settings are complete, and its credentials were not refused before. */
@ApplicationScoped
class SmspanelLogin {

    private static final String MISCONFIGURED = "misconfigured";
    private static final Logger LOG = Logger.getLogger(SmspanelLogin.class);

    private final Secrets secrets;
    private final AccountBlocks accountBlocks;
    private final DuplicateAccountCheck duplicateAccountCheck;

    SmspanelLogin(Secrets secrets, AccountBlocks accountBlocks, Accounts accounts) {
        this.secrets = secrets;
        this.accountBlocks = accountBlocks;
        this.duplicateAccountCheck = new DuplicateAccountCheck(accounts, SmspanelDialect::address, this::user);
    }

    /** The data of every call. There is no session: with it a call is ready. */
    record SmspanelCredentials(SmspanelDialect dialect, Credentials credentials) {}

    /** {@code Ready} with {@link SmspanelCredentials}, {@code Blocked}, or {@code NotYet} where the secret cannot be read. */
    Readiness ready(Account account) {
        var objection = SmspanelDialect.objection(account);
        if (objection.isPresent()) {
            return new Readiness.Blocked(MISCONFIGURED, objection.get());
        }
        var twin = duplicateAccountCheck.of(account);
        if (twin.isPresent()) {
            return new Readiness.Blocked(
                    "account_twice", "the same user as account " + twin.get() + ": each would empty the other's inbox");
        }
        try {
            return ready(account, secrets.credentials(account.name()));
        } catch (MissingSecret e) {
            return new Readiness.Blocked("credentials_missing", e.getMessage());
        } catch (SecretUnavailable e) {
            return Readiness.NotYet.secretUnavailable();
        }
    }

    private Readiness ready(Account account, Credentials cached) {
        var blocked = accountBlocks.of(account, cached.version());
        if (blocked.isEmpty()) {
            return key(account, cached);
        }
        // Refused credentials may have been replaced since they were cached.
        var fresh = secrets.freshCredentials(account.name());
        return accountBlocks
                .ofNewest(account, fresh.version())
                .<Readiness>map(still -> still)
                .orElseGet(() -> key(account, fresh));
    }

    private static Readiness key(Account account, Credentials credentials) {
        return XmlText.carries(credentials.user()) && XmlText.carries(credentials.password())
                ? new Readiness.Ready(new SmspanelCredentials(SmspanelDialect.of(account), credentials))
                : new Readiness.Blocked(MISCONFIGURED, "user and password are texts that XML can carry");
    }

    private Optional<String> user(Account account) {
        try {
            return Optional.of(secrets.credentials(account.name()).user());
        } catch (MissingSecret | SecretUnavailable e) {
            return Optional.empty();
        }
    }

    /** Blocks the account, because the panel does not know the user. */
    void refused(Account account, String version, String code, String text) {
        LOG.errorf("account %s: refused with %s, nothing is sent with this password again", account.name(), code);
        accountBlocks.refused(account, version, code, text);
    }

    /** Records that the panel knows the user. */
    void accepted(Account account, SmspanelCredentials key) {
        accountBlocks.accepted(account, key.credentials().version());
    }
}
