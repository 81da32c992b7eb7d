package hoopoe.dispatch.decision;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.batch.Batch;
import hoopoe.delivery.ProviderReference;
import hoopoe.dispatch.DecisionRecord;
import hoopoe.dispatch.Dispatch;
import hoopoe.provider.Providers;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.dispatch.DecisionRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Confirms by the word of an operator that an unconfirmed dispatch was sent. */
@ApplicationScoped
public class DispatchConfirmation {

    private final DecisionLoop decisionLoop;
    private final DecisionRepository decisionRepository;
    private final Accounts accounts;
    private final Providers providers;

    public DispatchConfirmation(
            DecisionLoop decisionLoop, DecisionRepository decisionRepository, Accounts accounts, Providers providers) {
        this.decisionLoop = decisionLoop;
        this.decisionRepository = decisionRepository;
        this.accounts = accounts;
        this.providers = providers;
    }

    /** It was sent. With a reference it is polled like any other; without one, a timeout makes its messages unknown. */
    public DecisionOutcome confirm(
            Batch batch, int n, OperatorDecision operatorDecision, Optional<IdempotencyKey> claim) {
        return decisionLoop
                .earlier(batch, claim)
                .orElseGet(() ->
                        decisionLoop.settle(batch, n, claim, seen -> confirm(batch, seen, operatorDecision, claim)));
    }

    private Optional<DecisionOutcome> confirm(
            Batch batch, Dispatch seen, OperatorDecision operatorDecision, Optional<IdempotencyKey> claim) {
        var written = operatorDecision.reference();
        if (written == null || isSame(written, seen.submission().reference())) {
            return confirm(batch, seen, null, null, operatorDecision, claim);
        } else if (seen.submission().reference() != null) {
            return DecisionLoop.refused(
                    "reference_differs",
                    "It already has the reference " + seen.submission().reference() + '.');
        }
        var account = accounts.find(seen.account());
        if (account.isEmpty()) {
            return DecisionLoop.refused("account_not_found", "Its account is not configured any more.");
        } else if (providers.objection(account.get()).isPresent()) {
            return DecisionLoop.refused("account_misconfigured", "The settings of its account are wrong.");
        }
        var providerReference = new ProviderReference(account.get().provider(), seen.account(), written);
        if (!isAskedByMessage(account.get())) {
            return confirm(batch, seen, providerReference, null, operatorDecision, claim);
        }
        return seen.size() == 1
                ? confirm(
                        batch,
                        seen,
                        providerReference,
                        batch.ranges().get(seen.id().n()).first(),
                        operatorDecision,
                        claim)
                : DecisionLoop.refused(
                        "not_supported_by_provider",
                        "The provider has a reference for each message, and none for all of them.");
    }

    /** @param message number of the only message, where the reference is that message's; else null */
    private Optional<DecisionOutcome> confirm(
            Batch batch,
            Dispatch seen,
            @Nullable ProviderReference providerReference,
            @Nullable Integer message,
            OperatorDecision operatorDecision,
            Optional<IdempotencyKey> claim) {
        var decisionRecord = decisionLoop.audit(seen, DecisionRecord.DecisionKind.CONFIRMED, operatorDecision);
        return decisionLoop.outcome(
                batch,
                claim,
                decisionLoop.logged(
                        seen,
                        decisionRecord,
                        decisionRepository.confirm(seen, providerReference, message, decisionRecord, claim)));
    }

    private boolean isAskedByMessage(Account account) {
        return providers.of(account).capabilities(account).isAskedByMessage();
    }

    /** Providers write a reference in upper case here and in lower case there. */
    private static boolean isSame(String written, @Nullable String known) {
        return known != null
                && written.strip().toLowerCase(Locale.ROOT).equals(known.strip().toLowerCase(Locale.ROOT));
    }
}
