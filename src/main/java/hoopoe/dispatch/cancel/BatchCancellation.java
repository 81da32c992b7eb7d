package hoopoe.dispatch.cancel;

import hoopoe.access.Grant;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.batch.Batch;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.observability.Metrics;
import hoopoe.provider.CancelOutcome;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Providers;
import hoopoe.provider.SmsProvider;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.dispatch.CancellationRepository;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Cancels a batch (product.md, routes): first the mark, then dispatch by dispatch what can be done now. What cannot is
 * pending, and done by the tick.
 */
@ApplicationScoped
public class BatchCancellation {

    /** How soon a pending dispatch is looked at again. */
    public static final Duration AGAIN = Duration.ofMinutes(1);

    /** No call is begun with less: the adapter keeps some of it back for what follows. */
    static final Duration ENOUGH = Duration.ofSeconds(3);

    /** Others may change a dispatch while it is looked at: a claim, its answer. */
    private static final int LOOKS = 4;

    private static final Logger LOG = Logger.getLogger(BatchCancellation.class);

    private final BatchRepository batchRepository;
    private final DispatchRepository dispatchRepository;
    private final CancellationRepository cancellationRepository;
    private final Accounts accounts;
    private final Providers providers;
    private final Metrics metrics;
    private final Clock clock;

    public BatchCancellation(
            BatchRepository batchRepository,
            DispatchRepository dispatchRepository,
            CancellationRepository cancellationRepository,
            Accounts accounts,
            Providers providers,
            Metrics metrics,
            Clock clock) {
        this.batchRepository = batchRepository;
        this.dispatchRepository = dispatchRepository;
        this.cancellationRepository = cancellationRepository;
        this.accounts = accounts;
        this.providers = providers;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Marks the batch and does what can be done in time.
     *
     * @return empty where others write it all the time, or it is gone
     * @throws ProviderException.NotSupported where its account's provider cancels nothing
     */
    public Optional<CancelResult> erase(Batch asked, Deadline deadline) {
        accounts.find(asked.account())
                .ifPresent(
                        account -> providers.of(account).capabilities(account).demand(Feature.CANCEL));
        if (!cancellationRepository.mark(asked.id(), clock.instant())) {
            return Optional.empty();
        }
        // Read after the mark: whoever creates or claims later reads the mark.
        return batchRepository.find(asked.id()).map(batch -> {
            for (var dispatch : dispatchRepository.of(batch)) {
                if (CancelResult.isPending(batch, dispatch)) {
                    pending(batch, dispatch, deadline);
                }
            }
            return woken(batch);
        });
    }

    /** What came of it so far. */
    public CancelResult standing(Batch batch) {
        return CancelResult.of(batch, dispatchRepository.of(batch));
    }

    private CancelResult woken(Batch batch) {
        var there = dispatchRepository.of(batch);
        there.stream()
                .filter(dispatch -> CancelResult.isPending(batch, dispatch))
                .forEach(dispatch -> cancellationRepository.wake(
                        dispatch.id(), clock.instant().plus(AGAIN)));
        return CancelResult.of(batch, there);
    }

    /** Whether a dispatch of a marked batch has still to be looked at every minute. */
    public static boolean isPending(Batch batch, Dispatch dispatch) {
        return batch.erase() != null && CancelResult.isPending(batch, dispatch);
    }

    /**
     * Cancels one dispatch of a marked batch that is pending, as far as that can be done now. Never throws for what the
     * provider does.
     *
     * @param batch read after it was marked
     */
    public void pending(Batch batch, Dispatch seen, Deadline deadline) {
        var dispatch = Optional.of(seen);
        for (int look = 0; look < LOOKS && dispatch.isPresent(); look++) {
            if (dispatch.get().state() != DispatchState.ACCEPTED) {
                atProvider(batch, dispatch.get(), deadline);
                return;
            }
            if (dispatchRepository.end(dispatch.get(), DispatchState.CANCELLED, null, clock.instant())) {
                return;
            }
            dispatch = dispatchRepository.find(seen.id());
        }
    }

    /** One in flight, and one whose answer was lost, have nothing yet that the provider could be asked with. */
    private void atProvider(Batch batch, Dispatch dispatch, Deadline deadline) {
        var account = accounts.find(dispatch.account());
        if (dispatch.reference() == null
                || dispatch.state().isEndedUnsent()
                || account.isEmpty()
                || !Grant.reaches(batch.caller(), account.get().simulated())
                || !deadline.leaves(ENOUGH)) {
            return;
        }
        try {
            erase(providers.of(account.get()), account.get(), dispatch, deadline);
        } catch (ProviderException e) {
            LOG.warnf("cancelling of %s is pending: %s", dispatch.id(), e.getMessage());
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf(e, "cancelling of %s is pending", dispatch.id());
        }
    }

    private void erase(SmsProvider provider, Account account, Dispatch dispatch, Deadline deadline) {
        var outcome = asked(provider, account, dispatch, deadline);
        if (outcome instanceof CancelOutcome.CancelledMessages cancelledMessages
                && cancelledMessages.deleted() == CancellationReport.most(dispatch)) {
            keep(dispatch, cancelledMessages);
        } else if (deadline.leaves(ENOUGH)) {
            CancellationReport.reported(provider, account, dispatch, deadline)
                    .ifPresent(deleted -> cancellationRepository.keep(
                            dispatch.id(), deleted, refunded(outcome, deleted), clock.instant()));
        }
    }

    /** What the provider said it gave back counts only for as many as it said it deleted. */
    private static @Nullable BigDecimal refunded(CancelOutcome outcome, int deleted) {
        if (outcome instanceof CancelOutcome.CancelledMessages cancelledMessages
                && cancelledMessages.deleted() == deleted) {
            return cancelledMessages.refunded();
        }
        return deleted == 0 ? BigDecimal.ZERO : null;
    }

    /** An answer that was lost or cannot be read is no result: it may have been done. */
    private static CancelOutcome asked(SmsProvider provider, Account account, Dispatch dispatch, Deadline deadline) {
        try {
            return provider.erase(account, dispatch.reference(), deadline);
        } catch (ProviderException.ProviderUnavailable | ProviderException.MalformedAnswer e) {
            LOG.warnf("cancelling of %s without a result: %s", dispatch.id(), e.getMessage());
            return new CancelOutcome.NoResult(e.code(), "");
        }
    }

    private void keep(Dispatch dispatch, CancelOutcome.CancelledMessages cancelledMessages) {
        cancellationRepository.keep(
                dispatch.id(), cancelledMessages.deleted(), cancelledMessages.refunded(), clock.instant());
    }
}
