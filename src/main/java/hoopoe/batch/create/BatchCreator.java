package hoopoe.batch.create;

import hoopoe.access.Grant;
import hoopoe.account.Account;
import hoopoe.batch.Batch;
import hoopoe.batch.InvalidRecipient;
import hoopoe.batch.create.CreateBatchResult.CreateRefused;
import hoopoe.batch.create.CreateBatchResult.DryRun;
import hoopoe.message.Ulid;
import hoopoe.provider.Deadline;
import hoopoe.provider.Providers;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.batch.IdempotencyStore;
import hoopoe.store.inbox.ReplyRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Creates a batch: validates all of it, stores it once, and sends it at once where it has one dispatch. */
@ApplicationScoped
public class BatchCreator {

    private static final Logger LOG = Logger.getLogger(BatchCreator.class);

    private final AccountSelector accountSelector;
    private final Providers providers;
    private final IdempotencyStore idempotencyStore;
    private final ReplyRepository replyRepository;
    private final BatchAcceptance batchAcceptance;
    private final Clock clock;
    private final SecureRandom random;

    public BatchCreator(
            AccountSelector accountSelector,
            Providers providers,
            IdempotencyStore idempotencyStore,
            ReplyRepository replyRepository,
            BatchAcceptance batchAcceptance,
            Clock clock,
            SecureRandom random) {
        this.accountSelector = accountSelector;
        this.providers = providers;
        this.idempotencyStore = idempotencyStore;
        this.replyRepository = replyRepository;
        this.batchAcceptance = batchAcceptance;
        this.clock = clock;
        this.random = random;
    }

    /**
     * @param by the caller's grant
     * @param claim the request's idempotency key, if any; a dry run has no effect, so it ignores the key
     * @param deadline the end of the invocation
     */
    public CreateBatchResult admit(BatchRequest request, Grant by, Optional<IdempotencyKey> claim, Deadline deadline) {
        var effective = request.dryRun() ? Optional.<IdempotencyKey>empty() : claim;
        // Before every other check: a batch once created stays created, even if the request would be refused now.
        var earlier = effective.flatMap(idempotencyStore::find);
        if (earlier.isPresent()) {
            return batchAcceptance.replay(effective.orElseThrow(), earlier.get());
        }
        var account = accountSelector.find(request.account(), by);
        var refusal = accountSelector.refusal(request.account(), account, by);
        return refusal.isPresent()
                ? refusal.get()
                : admit(request, by.owner(), account.orElseThrow(), effective, deadline);
    }

    private CreateBatchResult admit(
            BatchRequest request, String caller, Account account, Optional<IdempotencyKey> claim, Deadline deadline) {
        var provider = providers.of(account);
        var now = clock.instant();
        var id = Batch.PREFIX + Ulid.next(now, random);
        var batchValidator =
                new BatchValidator(provider, account, request, now).read(id.substring(Batch.PREFIX.length()) + "-0");
        if (!batchValidator.errors().isEmpty()) {
            return CreateRefused.of(batchValidator.errors());
        }
        batchValidator.answering(receivedId -> replyRepository.writer(account.name(), receivedId));
        if (batchValidator.accepted().isEmpty()) {
            return nobody(batchValidator.rejected());
        }
        var preparedBatch =
                PreparedBatch.of(id, caller, account, provider.capabilities(account), request, batchValidator);
        return request.dryRun()
                ? new DryRun(preparedBatch.batch(), preparedBatch.rejected())
                : batchAcceptance.store(preparedBatch, account, claim, deadline);
    }

    /** What the provider supports for no recipient, it does not support at all. */
    private static CreateRefused nobody(List<InvalidRecipient> rejected) {
        return rejected.stream().allMatch(one -> one.code().equals(BatchValidator.NOT_SUPPORTED))
                ? new CreateRefused(
                        BatchValidator.NOT_SUPPORTED, rejected.get(0).detail(), rejected)
                : new CreateRefused("no_valid_recipient", "No recipient is valid.", rejected);
    }
}
