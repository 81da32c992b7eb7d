package hoopoe.dispatch.decision;

import hoopoe.batch.Batch;
import hoopoe.dispatch.DecisionRecord;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.decision.DecisionOutcome.DecisionRefused;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.batch.IdempotencyStore;
import hoopoe.store.dispatch.DecisionRepository.DecisionResult;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Decides what only an operator can know (decision 15): an unconfirmed dispatch was sent, or it was not sent and shall
 * be. Nothing else is decided so. A decision is made once for a key, on the dispatch as it was read.
 */
@ApplicationScoped
public class DecisionLoop {

    private static final Logger LOG = Logger.getLogger(DecisionLoop.class);

    /** Tries: a callback or a check may change a dispatch meanwhile. */
    private static final int LOOKS = 3;

    private final IdempotencyStore idempotencyStore;
    private final DispatchRepository dispatchRepository;
    private final Clock clock;

    public DecisionLoop(IdempotencyStore idempotencyStore, DispatchRepository dispatchRepository, Clock clock) {
        this.idempotencyStore = idempotencyStore;
        this.dispatchRepository = dispatchRepository;
        this.clock = clock;
    }

    /** Before every other check: a decision once made stays made. */
    Optional<DecisionOutcome> earlier(Batch batch, Optional<IdempotencyKey> claim) {
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
    interface DispatchLook {
        /** @return empty where the dispatch changed meanwhile: it is read again */
        Optional<DecisionOutcome> at(Dispatch seen);
    }

    DecisionOutcome settle(Batch batch, int n, Optional<IdempotencyKey> claim, DispatchLook dispatchLook) {
        for (int looks = 0; looks < LOOKS; looks++) {
            var seen = dispatchRepository.find(batch.id(), n);
            if (seen.isEmpty()) {
                return new DecisionRefused("dispatch_not_found", "The batch has no such dispatch.");
            } else if (seen.get().state() != DispatchState.UNCONFIRMED) {
                var standing = standing(seen.get());
                // a call with the same key may have decided it since this one looked for the key
                return earlier(batch, claim).orElseGet(() -> new DecisionRefused("dispatch_not_unconfirmed", standing));
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

    Optional<DecisionOutcome> outcome(Batch batch, Optional<IdempotencyKey> claim, DecisionResult decisionResult) {
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

    static Optional<DecisionOutcome> refused(String code, String detail) {
        return Optional.of(new DecisionRefused(code, detail));
    }

    DecisionRecord audit(Dispatch seen, DecisionRecord.DecisionKind said, OperatorDecision operatorDecision) {
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
    DecisionResult logged(Dispatch seen, DecisionRecord decisionRecord, DecisionResult decisionResult) {
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

    static DecisionRefused takenBack() {
        return new DecisionRefused("batch_cancelled", "No message of the batch is sent any more.");
    }

    private static DecisionRefused contended() {
        return new DecisionRefused("contended", "Others change the dispatch, or ask about it, at this moment.");
    }
}
