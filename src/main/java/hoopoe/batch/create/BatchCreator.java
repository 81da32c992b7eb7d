package hoopoe.batch.create;

import hoopoe.access.Grant;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.batch.Batch;
import hoopoe.batch.InvalidRecipient;
import hoopoe.batch.create.CreateBatchResult.BatchCreated;
import hoopoe.batch.create.CreateBatchResult.CreateBusy;
import hoopoe.batch.create.CreateBatchResult.CreateRefused;
import hoopoe.batch.create.CreateBatchResult.CreateReplayed;
import hoopoe.batch.create.CreateBatchResult.DryRun;
import hoopoe.config.Timeouts;
import hoopoe.delivery.check.MessageMetrics;
import hoopoe.dispatch.send.DispatchCreator;
import hoopoe.dispatch.send.Dispatcher;
import hoopoe.message.Ulid;
import hoopoe.provider.Deadline;
import hoopoe.provider.Providers;
import hoopoe.provider.Readiness;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.batch.IdempotencyStore;
import hoopoe.store.batch.NewBatch;
import hoopoe.store.inbox.ReplyRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Creates a batch: validates all of it, stores it once, and sends it at once where it has one dispatch. */
@ApplicationScoped
public class BatchCreator {

    private static final Logger LOG = Logger.getLogger(BatchCreator.class);

    private final Accounts accounts;
    private final Providers providers;
    private final IdempotencyStore idempotencyStore;
    private final BatchRepository batchRepository;
    private final ReplyRepository replyRepository;
    private final Dispatcher dispatcher;
    private final DispatchCreator dispatchCreator;
    private final Timeouts timeouts;
    private final MessageMetrics messageMetrics;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public BatchCreator(
            Accounts accounts,
            Providers providers,
            IdempotencyStore idempotencyStore,
            BatchRepository batchRepository,
            ReplyRepository replyRepository,
            Dispatcher dispatcher,
            DispatchCreator dispatchCreator,
            Timeouts timeouts,
            MessageMetrics messageMetrics,
            Clock clock) {
        this.accounts = accounts;
        this.providers = providers;
        this.idempotencyStore = idempotencyStore;
        this.batchRepository = batchRepository;
        this.replyRepository = replyRepository;
        this.dispatcher = dispatcher;
        this.dispatchCreator = dispatchCreator;
        this.timeouts = timeouts;
        this.messageMetrics = messageMetrics;
        this.clock = clock;
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
            return replay(effective.orElseThrow(), earlier.get());
        }
        var account = request.account() == null ? unnamed(by) : accounts.find(request.account());
        if (account.isEmpty()) {
            return request.account() == null
                    ? nameless(by)
                    : refused("account_not_found", "There is no such account.", "/account");
        } else if (!by.reaches(account.get().simulated())) {
            return liveOnly("this account");
        }
        return providers.objection(account.get()).isPresent()
                ? misconfigured()
                : admit(request, by.owner(), account.get(), effective, deadline);
    }

    /** The caller can name an account only where they reach one. */
    private CreateRefused nameless(Grant by) {
        var all = accounts.all();
        return all.isEmpty() || all.stream().anyMatch(account -> by.reaches(account.simulated()))
                ? refused("account_required", "Name the account that sends.", "/account")
                : liveOnly("any account here");
    }

    private static CreateRefused misconfigured() {
        return new CreateRefused("account_misconfigured", "The settings of the account are wrong.", List.of());
    }

    private static CreateRefused liveOnly(String which) {
        return refused("account_live_only", "A test key does not send with " + which + '.', "/account");
    }

    /**
     * The account where a batch names none: the default, or for a test key the only simulated one where the default is real.
     */
    private Optional<Account> unnamed(Grant by) {
        var usual = accounts.defaultAccount();
        if (usual.filter(account -> by.reaches(account.simulated())).isPresent()) {
            return usual;
        }
        var reached = accounts.all().stream()
                .filter(account -> by.reaches(account.simulated()))
                .toList();
        return reached.size() == 1 ? Optional.of(reached.get(0)) : reached.isEmpty() ? usual : Optional.empty();
    }

    private CreateBatchResult admit(
            BatchRequest request, String caller, Account account, Optional<IdempotencyKey> claim, Deadline deadline) {
        var provider = providers.of(account);
        var now = clock.instant();
        var id = Batch.PREFIX + Ulid.next(now, random);
        var batchValidator =
                new BatchValidator(provider, account, request, now).read(id.substring(Batch.PREFIX.length()) + "-0");
        if (!batchValidator.errors().isEmpty()) {
            return refused(batchValidator.errors());
        }
        batchValidator.answering(receivedId -> replyRepository.writer(account.name(), receivedId));
        if (batchValidator.accepted().isEmpty()) {
            return nobody(batchValidator.rejected());
        }
        var preparedBatch =
                PreparedBatch.of(id, caller, account, provider.capabilities(account), request, batchValidator);
        return request.dryRun()
                ? new DryRun(preparedBatch.batch(), preparedBatch.rejected())
                : store(preparedBatch, account, claim, deadline);
    }

    private CreateBatchResult store(
            PreparedBatch preparedBatch, Account account, Optional<IdempotencyKey> claim, Deadline deadline) {
        var readiness = dispatcher.ready(account, deadline);
        if (readiness instanceof Readiness.Blocked blocked && blocked.isMisconfigured()) {
            return misconfigured();
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
            return refused(preparedBatch.pointers(used.ids()).stream()
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

    private CreateBatchResult replay(
            IdempotencyKey idempotencyKey, IdempotencyStore.IdempotencyRecord idempotencyRecord) {
        if (!idempotencyRecord.isSame(idempotencyKey)) {
            return new CreateRefused("idempotency_key_reused", "The key was used for another request.", List.of());
        }
        return batchRepository
                .find(idempotencyRecord.target())
                .<CreateBatchResult>map(CreateReplayed::new)
                .orElseThrow(() -> new IllegalStateException("a claim without its batch"));
    }

    /** What the provider supports for no recipient, it does not support at all. */
    private static CreateRefused nobody(List<InvalidRecipient> rejected) {
        return rejected.stream().allMatch(one -> one.code().equals(BatchValidator.NOT_SUPPORTED))
                ? new CreateRefused(
                        BatchValidator.NOT_SUPPORTED, rejected.get(0).detail(), rejected)
                : new CreateRefused("no_valid_recipient", "No recipient is valid.", rejected);
    }

    private static CreateRefused refused(String code, String detail, String pointer) {
        return new CreateRefused(code, detail, List.of(new InvalidRecipient(pointer, code, detail)));
    }

    /** The code that all errors share, if they share one. */
    private static CreateRefused refused(List<InvalidRecipient> errors) {
        var codes = errors.stream().map(InvalidRecipient::code).collect(Collectors.toSet());
        return codes.size() == 1
                ? new CreateRefused(errors.get(0).code(), errors.get(0).detail(), errors)
                : new CreateRefused("invalid_request", "Several members are wrong.", errors);
    }
}
