package hoopoe.batch.create;

import hoopoe.account.Account;
import hoopoe.batch.InvalidRecipient;
import hoopoe.batch.create.CreateBatchResult.BatchCreated;
import hoopoe.batch.create.CreateBatchResult.CreateBusy;
import hoopoe.batch.create.CreateBatchResult.CreateRefused;
import hoopoe.batch.create.CreateBatchResult.CreateReplayed;
import hoopoe.config.Timeouts;
import hoopoe.delivery.check.MessageMetrics;
import hoopoe.dispatch.send.DispatchCreator;
import hoopoe.dispatch.send.Dispatcher;
import hoopoe.provider.Deadline;
import hoopoe.provider.Readiness;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.batch.IdempotencyStore;
import hoopoe.store.batch.NewBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Accepts a prepared batch: stores it once, and begins to send it. From then on it is sent, whatever fails here. */
@ApplicationScoped
public class BatchAcceptance {

    private static final Logger LOG = Logger.getLogger(BatchCreator.class); // the category that operators know

    private final BatchRepository batchRepository;
    private final Dispatcher dispatcher;
    private final DispatchCreator dispatchCreator;
    private final Timeouts timeouts;
    private final MessageMetrics messageMetrics;

    public BatchAcceptance(
            BatchRepository batchRepository,
            Dispatcher dispatcher,
            DispatchCreator dispatchCreator,
            Timeouts timeouts,
            MessageMetrics messageMetrics) {
        this.batchRepository = batchRepository;
        this.dispatcher = dispatcher;
        this.dispatchCreator = dispatchCreator;
        this.timeouts = timeouts;
        this.messageMetrics = messageMetrics;
    }

    /** Stores the batch once, and sends it at once where that is possible. */
    CreateBatchResult store(
            PreparedBatch preparedBatch, Account account, Optional<IdempotencyKey> claim, Deadline deadline) {
        var readiness = dispatcher.ready(account, deadline);
        if (readiness instanceof Readiness.Blocked blocked && blocked.isMisconfigured()) {
            return CreateRefused.misconfigured();
        } else if (readiness instanceof Readiness.Blocked blocked) {
            return new CreateRefused(
                    "provider_refused", "The provider refuses the account: " + blocked.code() + '.', List.of());
        }
        var inline = inline(preparedBatch, readiness, deadline);
        var added = inline.isPresent()
                ? preparedBatch.claimed(dispatcher.leaseEnd(deadline), dispatcher.staking(account))
                : preparedBatch.waiting(untouched(preparedBatch));
        return store(preparedBatch, added, inline, claim, deadline);
    }

    private CreateBatchResult store(
            PreparedBatch preparedBatch,
            NewBatch added,
            Optional<Readiness.Ready> inline,
            Optional<IdempotencyKey> claim,
            Deadline deadline) {
        var storeResult = batchRepository.add(added, claim, untouched(preparedBatch));
        if (storeResult instanceof BatchRepository.StoreResult.StoredEarlier storedEarlier) {
            return replay(claim.orElseThrow(), storedEarlier.earlier());
        } else if (storeResult instanceof BatchRepository.StoreResult.StoreBusy) {
            return new CreateBusy();
        } else if (storeResult instanceof BatchRepository.StoreResult.ReceivedIdsUsed used) {
            return CreateRefused.of(preparedBatch.pointers(used.ids()).stream()
                    .map(pointer -> new InvalidRecipient(
                            pointer,
                            Dispatcher.RECEIVED_ID_USED,
                            "It was answered before, by a message that was sent, may have been sent, or was refused."))
                    .toList());
        } else if (storeResult instanceof BatchRepository.StoreResult.ReferenceHeld) {
            // The worker that sends it makes another reference.
            return store(
                    preparedBatch, preparedBatch.waiting(untouched(preparedBatch)), Optional.empty(), claim, deadline);
        }
        messageMetrics.accepted(added.batch());
        follow(added, inline, deadline);
        return new BatchCreated(preparedBatch.batch(), preparedBatch.rejected());
    }

    private Instant untouched(PreparedBatch preparedBatch) {
        return preparedBatch.batch().lifetime().created().plus(timeouts.untouched());
    }

    /** Whether the batch can be sent in this invocation. */
    private Optional<Readiness.Ready> inline(PreparedBatch preparedBatch, Readiness readiness, Deadline deadline) {
        return preparedBatch.isOneDispatch()
                        && readiness instanceof Readiness.Ready ready
                        && dispatcher.mayStart(preparedBatch.batch().lifetime().created(), deadline)
                ? Optional.of(ready)
                : Optional.empty();
    }

    /** The batch is stored, and its caller is told so. If sending fails now, the tick sends it. */
    private void follow(NewBatch added, Optional<Readiness.Ready> inline, Deadline deadline) {
        try {
            if (!added.batch().progress().spread()) {
                dispatchCreator.start(added);
            } else if (inline.isPresent()) {
                dispatcher.send(
                        added.batch(), added.first().lease(), added.recipients().get(0), inline.get(), deadline);
            }
        } catch (RuntimeException | VirtualMachineError e) {
            messageMetrics.internal();
            LOG.errorf(
                    e, "batch %s is stored and left to the tick", added.batch().id());
        }
    }

    /** The batch that was stored for the same key before. */
    CreateBatchResult replay(IdempotencyKey idempotencyKey, IdempotencyStore.IdempotencyRecord idempotencyRecord) {
        if (!idempotencyRecord.isSame(idempotencyKey)) {
            return new CreateRefused("idempotency_key_reused", "The key was used for another request.", List.of());
        }
        return batchRepository
                .find(idempotencyRecord.target())
                .<CreateBatchResult>map(CreateReplayed::new)
                .orElseThrow(() -> new IllegalStateException("a claim without its batch"));
    }
}
