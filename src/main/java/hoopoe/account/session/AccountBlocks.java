package hoopoe.account.session;

import hoopoe.account.Account;
import hoopoe.provider.Readiness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/**
 * Blocks accounts whose provider has no sessions, so that a refused password is not tried again and again. A block is stored
 * with the sessions; a new version of the secret lifts it.
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
        return sessions.read(account.name()).blockOf(version);
    }

    /** The same for the version in force: if it was refused before, it blocks again what another version lifted since. */
    public Optional<Readiness.Blocked> ofNewest(Account account, String version) {
        return sessions.change(account.name(), session -> session.blockedAgain(version, clock.instant()))
                .blockOf(version);
    }

    /** The provider refused the credentials: this version is bad for ever. */
    public void refused(Account account, String version, String code, String text) {
        sessions.change(account.name(), session -> session.refusedSecret(version, code, text, clock.instant()));
    }

    /**
     * The provider has left this place. Nothing is sent there while the account is blocked: credentials that the provider
     * takes lift the block.
     *
     * @param place a version of the secret and an address, for {@link #of}
     */
    public void moved(Account account, String place, String code, String text) {
        sessions.change(account.name(), session -> session.movedFrom(place, code, text, clock.instant()));
    }

    /**
     * The provider took the credentials: a block by an earlier version, or by a place that was left, is lifted. Writes only
     * where there is one.
     */
    public void accepted(Account account, String version) {
        sessions.change(account.name(), session -> session.acceptedSecret(version));
    }
}
