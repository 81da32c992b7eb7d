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
 * Cancels a batch: marks it, then does for each dispatch what can be done now. The rest is pending, and
 * the tick does it.
 */
@ApplicationScoped
public class BatchCancellation {

    /** How soon the tick looks at a pending dispatch again. */
    public static final Duration AGAIN = Duration.ofMinutes(1);

    /** No provider call begins with less: the adapter keeps part of it for what follows. */
    static final Duration ENOUGH = Duration.ofSeconds(3);

    /** Tries: a claim or its result may change a dispatch meanwhile. */
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
     * @return empty where other invocations keep writing the batch, or it is gone
     * @throws ProviderException.NotSupported where the account's provider cannot cancel
     */
    public Optional<CancelResult> erase(Batch asked, Deadline deadline) {
        accounts.find(asked.account())
                .ifPresent(
                        account -> providers.of(account).capabilities(account).demand(Feature.CANCEL));
        if (!cancellationRepository.mark(asked.id(), clock.instant())) {
            return Optional.empty();
        }
        // Read after the mark: a worker that creates or claims a dispatch later reads the mark.
        return batchRepository.find(asked.id()).map(batch -> {
            for (var dispatch : dispatchRepository.of(batch)) {
                if (CancelResult.isPending(batch, dispatch)) {
                    pending(batch, dispatch, deadline);
                }
            }
            return woken(batch);
        });
    }

    /** The result so far. */
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

    /** Whether the tick must still look at a dispatch every minute. */
    public static boolean isPending(Batch batch, Dispatch dispatch) {
        return batch.progress().erase() != null && CancelResult.isPending(batch, dispatch);
    }

    /** Cancels a dispatch whose batch was marked during its send or later. @return as it stands then */
    public Dispatch takenBack(Batch batch, Dispatch dispatch, Deadline deadline) {
        if (!isPending(batch, dispatch)) {
            return dispatch;
        }
        pending(batch, dispatch, deadline);
        return dispatchRepository.find(dispatch.id()).orElse(dispatch);
    }

    /**
     * Cancels a pending dispatch of a marked batch, as far as that can be done now. Never throws because of the provider.
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

    /** A dispatch in flight, or with a lost answer, has no reference yet by which the provider could cancel it. */
    private void atProvider(Batch batch, Dispatch dispatch, Deadline deadline) {
        var account = accounts.find(dispatch.account());
        if (dispatch.submission().reference() == null
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

    /** The provider's refund counts only where it is for as many messages as were deleted. */
    private static @Nullable BigDecimal refunded(CancelOutcome outcome, int deleted) {
        if (outcome instanceof CancelOutcome.CancelledMessages cancelledMessages
                && cancelledMessages.deleted() == deleted) {
            return cancelledMessages.refunded();
        }
        return deleted == 0 ? BigDecimal.ZERO : null;
    }

    /** A lost or unreadable answer is no result: the provider may have cancelled. */
    private static CancelOutcome asked(SmsProvider provider, Account account, Dispatch dispatch, Deadline deadline) {
        try {
            return provider.erase(account, dispatch.submission().reference(), deadline);
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
