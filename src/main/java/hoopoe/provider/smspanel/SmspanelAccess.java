package hoopoe.provider.smspanel;

import hoopoe.provider.Account;
import hoopoe.provider.Accounts;
import hoopoe.provider.Latches;
import hoopoe.provider.Readiness;
import hoopoe.provider.Twins;
import hoopoe.provider.soap.XmlText;
import hoopoe.secret.Credentials;
import hoopoe.secret.MissingSecret;
import hoopoe.secret.SecretUnavailable;
import hoopoe.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Whether an account may call: its settings are whole, and its credentials not refused before. */
@ApplicationScoped
class SmspanelAccess {

    private static final String MISCONFIGURED = "misconfigured";
    private static final Logger LOG = Logger.getLogger(SmspanelAccess.class);

    private final Secrets secrets;
    private final Latches latches;
    private final Twins twins;

    SmspanelAccess(Secrets secrets, Latches latches, Accounts accounts) {
        this.secrets = secrets;
        this.latches = latches;
        this.twins = new Twins(accounts, SmspanelDialect::address, this::user);
    }

    /** {@code Ready} with a {@link SmspanelKey}, {@code Latched}, or {@code NotYet} where its secret cannot be read. */
    Readiness ready(Account account) {
        var objection = SmspanelDialect.objection(account);
        if (objection.isPresent()) {
            return new Readiness.Latched(MISCONFIGURED, objection.get());
        }
        var twin = twins.of(account);
        if (twin.isPresent()) {
            return new Readiness.Latched(
                    "account_twice", "the same user as account " + twin.get() + ": each would empty the other's inbox");
        }
        try {
            return ready(account, secrets.credentials(account.name()));
        } catch (MissingSecret e) {
            return new Readiness.Latched("credentials_missing", e.getMessage());
        } catch (SecretUnavailable e) {
            return Readiness.NotYet.secretUnavailable();
        }
    }

    private Readiness ready(Account account, Credentials cached) {
        var latched = latches.of(account, cached.version());
        if (latched.isEmpty()) {
            return key(account, cached);
        }
        // What was refused may have been replaced since it was cached.
        var fresh = secrets.freshCredentials(account.name());
        return latches.ofNewest(account, fresh.version())
                .<Readiness>map(still -> still)
                .orElseGet(() -> key(account, fresh));
    }

    private static Readiness key(Account account, Credentials credentials) {
        return XmlText.carries(credentials.user()) && XmlText.carries(credentials.password())
                ? new Readiness.Ready(new SmspanelKey(SmspanelDialect.of(account), credentials))
                : new Readiness.Latched(MISCONFIGURED, "user and password are texts that XML can carry");
    }

    private Optional<String> user(Account account) {
        try {
            return Optional.of(secrets.credentials(account.name()).user());
        } catch (MissingSecret | SecretUnavailable e) {
            return Optional.empty();
        }
    }

    /** The panel does not know the user. */
    void refused(Account account, String version, String code, String text) {
        LOG.errorf("account %s: refused with %s, nothing is sent with this password again", account.name(), code);
        latches.refused(account, version, code, text);
    }

    /** The panel does know the user. */
    void accepted(Account account, SmspanelKey key) {
        latches.accepted(account, key.credentials().version());
    }
}
