package hoopoe.dispatch.decision;

import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.batch.Batch;
import hoopoe.config.Timeouts;
import hoopoe.delivery.ProviderReference;
import hoopoe.delivery.check.StatusEvidence;
import hoopoe.dispatch.DecisionRecord;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.decision.DecisionOutcome.DecisionRefused;
import hoopoe.dispatch.send.Dispatcher;
import hoopoe.observability.Metrics;
import hoopoe.provider.Deadline;
import hoopoe.provider.Providers;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.batch.IdempotencyStore;
import hoopoe.store.dispatch.DecisionRepository;
import hoopoe.store.dispatch.DecisionResult;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Decides what only an operator can know (design.md section 4): an unconfirmed dispatch was sent, or it was not sent and shall
 * be. Nothing else is decided so.
 */
@ApplicationScoped
public class OperatorDecisions {

    private static final Logger LOG = Logger.getLogger(OperatorDecisions.class);

    /** Tries: a callback or a check may change a dispatch meanwhile. */
    private static final int LOOKS = 3;

    private final Accounts accounts;
    private final Providers providers;
    private final IdempotencyStore idempotencyStore;
    private final DispatchRepository dispatchRepository;
    private final DecisionRepository decisionRepository;
    private final StatusEvidence statusEvidence;
    private final Dispatcher dispatcher;
    private final Timeouts timeouts;
    private final Metrics metrics;
    private final Clock clock;

    public OperatorDecisions(
            Accounts accounts,
            Providers providers,
            IdempotencyStore idempotencyStore,
            DispatchRepository dispatchRepository,
            DecisionRepository decisionRepository,
            StatusEvidence statusEvidence,
            Dispatcher dispatcher,
            Timeouts timeouts,
            Metrics metrics,
            Clock clock) {
        this.accounts = accounts;
        this.providers = providers;
        this.idempotencyStore = idempotencyStore;
        this.dispatchRepository = dispatchRepository;
        this.decisionRepository = decisionRepository;
        this.statusEvidence = statusEvidence;
        this.dispatcher = dispatcher;
        this.timeouts = timeouts;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** It was sent. With a reference it is polled like any other; without one, a timeout makes its messages unknown. */
    public DecisionOutcome confirm(
            Batch batch, int n, OperatorDecision operatorDecision, Optional<IdempotencyKey> claim) {
        return earlier(batch, claim)
                .orElseGet(() -> settle(batch, n, seen -> confirm(batch, seen, operatorDecision, claim)));
    }

    /**
     * It was not sent, and shall be: at once, if possible.
     *
     * @param deadline the end of the invocation
     */
    public DecisionOutcome resend(
            Batch batch, int n, OperatorDecision operatorDecision, Optional<IdempotencyKey> claim, Deadline deadline) {
        return earlier(batch, claim).orElseGet(() -> {
            var outcome = settle(batch, n, seen -> resend(batch, seen, operatorDecision, claim));
            if (outcome instanceof DecisionOutcome.DecisionMade) {
                follow(new DispatchId(batch.id(), n), deadline);
            }
            return outcome;
        });
    }

    /** Before every other check: a decision once made stays made. */
    private Optional<DecisionOutcome> earlier(Batch batch, Optional<IdempotencyKey> claim) {
        return claim.flatMap(idempotencyStore::find)
                .map(idempotencyRecord -> replayed(batch, claim.orElseThrow(), idempotencyRecord));
    }

    private static DecisionOutcome replayed(
            Batch batch, IdempotencyKey idempotencyKey, IdempotencyStore.IdempotencyRecord idempotencyRecord) {
        return idempotencyRecord.isSame(idempotencyKey)
                ? new DecisionOutcome.DecisionReplayed(batch)
                : new DecisionRefused("idempotency_key_reused", "The key was used for another request.");
    }

    /** A decision on the dispatch as it was read. */
    private interface DispatchLook {
        /** @return empty where the dispatch changed meanwhile: it is read again */
        Optional<DecisionOutcome> at(Dispatch seen);
    }

    private DecisionOutcome settle(Batch batch, int n, DispatchLook dispatchLook) {
        for (int looks = 0; looks < LOOKS; looks++) {
            var seen = dispatchRepository.find(batch.id(), n);
            if (seen.isEmpty()) {
                return new DecisionRefused("dispatch_not_found", "The batch has no such dispatch.");
            } else if (seen.get().state() != DispatchState.UNCONFIRMED) {
                return new DecisionRefused("dispatch_not_unconfirmed", standing(seen.get()));
            }
            var outcome = dispatchLook.at(seen.get());
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return contended();
    }

    private static String standing(Dispatch seen) {
        var deleted = seen.cancellation().deleted();
        var since = deleted == null || deleted == 0
                ? ""
                : ", and the provider has cancelled " + deleted + " of its " + seen.size() + " messages since";
        return "The dispatch is " + seen.state().label() + since + '.';
    }

    private static Optional<DecisionOutcome> outcome(
            Batch batch, Optional<IdempotencyKey> claim, DecisionResult decisionResult) {
        if (decisionResult instanceof DecisionResult.DispatchChanged) {
            return Optional.empty();
        } else if (decisionResult instanceof DecisionResult.DecisionStored) {
            return Optional.of(new DecisionOutcome.DecisionMade(batch));
        } else if (decisionResult instanceof DecisionResult.DecidedEarlier decidedEarlier) {
            return Optional.of(replayed(batch, claim.orElseThrow(), decidedEarlier.earlier()));
        } else if (decisionResult instanceof DecisionResult.ReferenceUsed) {
            return refused("reference_held", "Another dispatch has this reference.");
        } else if (decisionResult instanceof DecisionResult.BatchCancelled) {
            return Optional.of(takenBack());
        }
        return Optional.of(contended());
    }

    private static Optional<DecisionOutcome> refused(String code, String detail) {
        return Optional.of(new DecisionRefused(code, detail));
    }

    private Optional<DecisionOutcome> confirm(
            Batch batch, Dispatch seen, OperatorDecision operatorDecision, Optional<IdempotencyKey> claim) {
        var written = operatorDecision.reference();
        if (written == null || isSame(written, seen.submission().reference())) {
            return confirm(batch, seen, null, null, operatorDecision, claim);
        } else if (seen.submission().reference() != null) {
            return refused(
                    "reference_differs",
                    "It already has the reference " + seen.submission().reference() + '.');
        }
        var account = accounts.find(seen.account());
        if (account.isEmpty()) {
            return refused("account_not_found", "Its account is not configured any more.");
        } else if (providers.objection(account.get()).isPresent()) {
            return refused("account_misconfigured", "The settings of its account are wrong.");
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
                : refused(
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
        var decisionRecord = audit(seen, DecisionRecord.DecisionKind.CONFIRMED, operatorDecision);
        return outcome(
                batch,
                claim,
                logged(
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

    private Optional<DecisionOutcome> resend(
            Batch batch, Dispatch seen, OperatorDecision operatorDecision, Optional<IdempotencyKey> claim) {
        var now = clock.instant();
        var free = free(seen);
        if (batch.progress().erase() != null) {
            return Optional.of(takenBack());
        } else if (!now.isBefore(batch.window().notAfter())) {
            return refused(
                    "too_late_to_resend",
                    "It would have had to be sent before " + batch.window().notAfter() + '.');
        } else if (now.isBefore(free)) {
            return Optional.of(new DecisionRefused(
                    "too_early_to_resend",
                    "Until " + free + " the earlier try may still be in progress.",
                    Duration.between(now, free)));
        } else if (statusEvidence.isTold(seen)) {
            return refused("provider_has_it", "The provider has reported it; the next check will show its state.");
        }
        var decisionRecord = audit(seen, DecisionRecord.DecisionKind.RESENT, operatorDecision);
        return outcome(
                batch, claim, logged(seen, decisionRecord, decisionRepository.resend(seen, decisionRecord, claim)));
    }

    /** From then on no function can still be sending it, whichever claimed it last. */
    private Instant free(Dispatch seen) {
        var claimed = Objects.requireNonNullElse(
                seen.tries().claimed(), seen.lifetime().created());
        return claimed.plus(timeouts.longestFunction()).plus(timeouts.lease());
    }

    private DecisionRecord audit(Dispatch seen, DecisionRecord.DecisionKind said, OperatorDecision operatorDecision) {
        return new DecisionRecord(
                clock.instant(),
                said,
                seen.tries().unconfirmed(),
                operatorDecision.caller(),
                operatorDecision.by(),
                operatorDecision.reference(),
                operatorDecision.note());
    }

    /** Does not log the note: it may name people. */
    private static DecisionResult logged(Dispatch seen, DecisionRecord decisionRecord, DecisionResult decisionResult) {
        if (decisionResult instanceof DecisionResult.DecisionStored) {
            LOG.infof(
                    "%s is %s by the word of %s (key %s)",
                    seen.id(),
                    decisionRecord.word().name().toLowerCase(Locale.ROOT),
                    decisionRecord.caller(),
                    decisionRecord.by());
        }
        return decisionResult;
    }

    /** The decision is stored. If sending fails now, the tick sends it. */
    private void follow(DispatchId id, Deadline deadline) {
        try {
            dispatcher.dispatch(id, deadline);
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf(e, "%s is left to the tick", id);
        }
    }

    private static DecisionRefused takenBack() {
        return new DecisionRefused("batch_cancelled", "No message of the batch is sent any more.");
    }

    private static DecisionRefused contended() {
        return new DecisionRefused("contended", "Others change the dispatch, or ask about it, at this moment.");
    }
}
