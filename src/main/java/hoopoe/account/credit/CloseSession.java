package hoopoe.account.credit;

import hoopoe.account.Account;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Providers;
import hoopoe.store.Calls;
import hoopoe.store.Calls.Claimed;
import hoopoe.store.Claim;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Ends an account's session at its provider, for everybody: only because an operator says so. */
@ApplicationScoped
public class CloseSession {

    private static final String BEGUN = "session";
    private static final String CONFIRMED = "session closed";
    private static final String UNCONFIRMED = "session dropped";

    private final Providers providers;
    private final Calls calls;

    public CloseSession(Providers providers, Calls calls) {
        this.providers = providers;
        this.calls = calls;
    }

    /**
     * @throws ProviderException.NotSupported where the account's provider has no sessions
     * @throws ProviderException.AccountMisconfigured where its settings are wrong: nothing was claimed
     */
    public CloseSessionResult close(Account account, Optional<Claim> claim, Deadline deadline) {
        if (providers.objection(account).isPresent()) {
            throw new ProviderException.AccountMisconfigured();
        }
        providers.of(account).capabilities(account).demand(Feature.SESSION);
        return claim.isEmpty()
                ? new CloseSessionResult.SessionClosed(close(account, deadline))
                : once(account, claim.get(), deadline);
    }

    private CloseSessionResult once(Account account, Claim claim, Deadline deadline) {
        var claimed = calls.claim(claim, BEGUN);
        if (claimed instanceof Claimed.Lost lost) {
            return lost.earlier().isSame(claim)
                    ? new CloseSessionResult.CloseReplayed(confirmed(lost.earlier().target()))
                    : new CloseSessionResult.KeyReused();
        } else if (claimed instanceof Claimed.Busy) {
            return new CloseSessionResult.CloseBusy();
        }
        var confirmed = close(account, deadline);
        calls.note(claim, confirmed ? CONFIRMED : UNCONFIRMED);
        return new CloseSessionResult.SessionClosed(confirmed);
    }

    private boolean close(Account account, Deadline deadline) {
        return providers.of(account).closeSession(account, deadline);
    }

    private static Optional<Boolean> confirmed(String target) {
        return target.equals(BEGUN) ? Optional.empty() : Optional.of(target.equals(CONFIRMED));
    }
}
