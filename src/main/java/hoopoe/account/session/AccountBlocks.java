package hoopoe.account.session;

import hoopoe.account.Account;
import hoopoe.provider.Readiness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/**
 * The latches of accounts whose provider has no sessions, so that a refused password is not tried again and again. Kept where
 * sessions are; a new version of the secret opens one.
 */
@ApplicationScoped
public class AccountBlocks {

    private final SessionStore sessions;
    private final Clock clock;

    public AccountBlocks(SessionStore sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Why nothing may be sent with this version of the secret; empty where it may. */
    public Optional<Readiness.Blocked> of(Account account, String version) {
        return sessions.read(account.name()).latched(version);
    }

    /** The same, where this is the version in force: one that was refused closes the latch again that another one opened since. */
    public Optional<Readiness.Blocked> ofNewest(Account account, String version) {
        return sessions.change(account.name(), session -> session.latchedAgain(version, clock.instant()))
                .latched(version);
    }

    /** The provider refused the credentials: this version is bad for ever. */
    public void refused(Account account, String version, String code, String text) {
        sessions.change(account.name(), session -> session.refusedSecret(version, code, text, clock.instant()));
    }

    /**
     * The provider has left this place. Nothing is sent there while the latch is closed: whatever the provider takes opens it.
     *
     * @param place a version of the secret and an address, for {@link #of}
     */
    public void moved(Account account, String place, String code, String text) {
        sessions.change(account.name(), session -> session.movedFrom(place, code, text, clock.instant()));
    }

    /**
     * The provider took the credentials: a latch that an earlier version closed, or a place that was left, is open. Writes only
     * where there is one.
     */
    public void accepted(Account account, String version) {
        sessions.change(account.name(), session -> session.acceptedSecret(version));
    }
}
