package hoopoe.account.credit;

import hoopoe.account.Account;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Providers;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.batch.IdempotencyStore;
import hoopoe.store.batch.IdempotencyStore.IdempotencyClaim;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Ends an account's session at its provider, for all workers: only when an operator asks for it. */
@ApplicationScoped
public class CloseSession {

    private static final String BEGUN = "session";
    private static final String CONFIRMED = "session closed";
    private static final String UNCONFIRMED = "session dropped";

    private final Providers providers;
    private final IdempotencyStore idempotencyStore;

    public CloseSession(Providers providers, IdempotencyStore idempotencyStore) {
        this.providers = providers;
        this.idempotencyStore = idempotencyStore;
    }

    /**
     * @throws ProviderException.NotSupported where the account's provider has no sessions
     * @throws ProviderException.AccountMisconfigured where its settings are wrong: no idempotency key was claimed
     */
    public CloseSessionResult close(Account account, Optional<IdempotencyKey> claim, Deadline deadline) {
        if (providers.objection(account).isPresent()) {
            throw new ProviderException.AccountMisconfigured();
        }
        providers.of(account).capabilities(account).demand(Feature.SESSION);
        return claim.isEmpty()
                ? new CloseSessionResult.SessionClosed(close(account, deadline))
                : once(account, claim.get(), deadline);
    }

    private CloseSessionResult once(Account account, IdempotencyKey idempotencyKey, Deadline deadline) {
        var idempotencyClaim = idempotencyStore.claim(idempotencyKey, BEGUN);
        if (idempotencyClaim instanceof IdempotencyClaim.RepeatedCall repeatedCall) {
            return repeatedCall.earlier().isSame(idempotencyKey)
                    ? new CloseSessionResult.CloseReplayed(
                            confirmed(repeatedCall.earlier().target()))
                    : new CloseSessionResult.KeyReused();
        } else if (idempotencyClaim instanceof IdempotencyClaim.ClaimBusy) {
            return new CloseSessionResult.CloseBusy();
        }
        var confirmed = close(account, deadline);
        idempotencyStore.note(idempotencyKey, confirmed ? CONFIRMED : UNCONFIRMED);
        return new CloseSessionResult.SessionClosed(confirmed);
    }

    private boolean close(Account account, Deadline deadline) {
        return providers.of(account).closeSession(account, deadline);
    }

    private static Optional<Boolean> confirmed(String target) {
        return target.equals(BEGUN) ? Optional.empty() : Optional.of(target.equals(CONFIRMED));
    }

    /** The result of an operator's request to end a session. */
    public sealed interface CloseSessionResult {

        /** @param confirmed whether the provider confirmed it; false also where there was nothing to end */
        record SessionClosed(boolean confirmed) implements CloseSessionResult {}

        /** The same request was made before. @param confirmed empty where it has not finished */
        record CloseReplayed(Optional<Boolean> confirmed) implements CloseSessionResult {}

        /** The idempotency key belongs to another request. */
        record KeyReused() implements CloseSessionResult {}

        /** Another invocation is handling the same request. */
        record CloseBusy() implements CloseSessionResult {}
    }
}
