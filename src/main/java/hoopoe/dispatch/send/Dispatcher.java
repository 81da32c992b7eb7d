package hoopoe.dispatch.send;

import hoopoe.access.Grant;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.batch.Batch;
import hoopoe.batch.Recipient;
import hoopoe.config.Timeouts;
import hoopoe.dispatch.ClaimResult;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.Lease;
import hoopoe.provider.Deadline;
import hoopoe.provider.Providers;
import hoopoe.provider.Readiness;
import hoopoe.store.batch.RecipientRepository;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Sends a dispatch at most once. All that a send needs is ready before its claim; between claim and send there is nothing, and
 * after the send only the writing of its result.
 */
@ApplicationScoped
public class Dispatcher {

    /** The received message was answered before. */
    public static final String RECEIVED_ID_USED = "received_id_used";

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private final Accounts accounts;
    private final Providers providers;
    private final WaitingDispatches waitingDispatches;
    private final DispatchRepository dispatchRepository;
    private final RecipientRepository recipientRepository;
    private final ProviderSend providerSend;
    private final Timeouts timeouts;

    public Dispatcher(
            Accounts accounts,
            Providers providers,
            WaitingDispatches waitingDispatches,
            DispatchRepository dispatchRepository,
            RecipientRepository recipientRepository,
            ProviderSend providerSend,
            Timeouts timeouts) {
        this.accounts = accounts;
        this.providers = providers;
        this.waitingDispatches = waitingDispatches;
        this.dispatchRepository = dispatchRepository;
        this.recipientRepository = recipientRepository;
        this.providerSend = providerSend;
        this.timeouts = timeouts;
    }

    /** Whether the account can send; waits a little for a session. */
    public Readiness ready(Account account, Deadline deadline) {
        return providers
                .of(account)
                .ready(account, deadline.keeping(timeouts.send()).within(timeouts.session()));
    }

    /** Whether a dispatch of that age may be claimed, and time is left to send it. */
    public boolean mayStart(Instant created, Deadline deadline) {
        return deadline.leaves(timeouts.send()) && !waitingDispatches.isFromBefore(created);
    }

    public Instant leaseEnd(Deadline deadline) {
        return deadline.at().plus(timeouts.lease());
    }

    /** Sends a dispatch that is claimed already; after a dead session once more, by a new claim. */
    public void send(Batch batch, Lease lease, List<Recipient> to, Readiness.Ready ready, Deadline deadline) {
        var account = accounts.find(batch.account()).orElseThrow();
        var sendAttempt = new SendAttempt(batch, lease, to, account, ready);
        if (providerSend.send(sendAttempt, deadline) == DispatchOutcome.AGAIN) {
            attempt(lease.dispatch(), deadline);
        }
    }

    /** Sends a dispatch that still waits; after a dead session once more, by a new claim. */
    public DispatchOutcome dispatch(DispatchId id, Deadline deadline) {
        var dispatchOutcome = attempt(id, deadline);
        if (dispatchOutcome != DispatchOutcome.AGAIN) {
            return dispatchOutcome;
        }
        return attempt(id, deadline) == DispatchOutcome.AGAIN ? DispatchOutcome.AWAY : DispatchOutcome.DONE;
    }

    private DispatchOutcome attempt(DispatchId id, Deadline deadline) {
        var waiting = dispatchRepository.find(id).filter(dispatch -> dispatch.state() == DispatchState.ACCEPTED);
        if (waiting.flatMap(waitingDispatches::batch).isEmpty()) {
            return DispatchOutcome.NOTHING;
        }
        var dispatch = waiting.get();
        var account = accounts.find(dispatch.account());
        if (account.isEmpty()) {
            waitingDispatches.hold(dispatch, "account_not_found", "not configured any more");
            return DispatchOutcome.AWAY;
        }
        var readiness = ready(account.get(), deadline);
        if (readiness instanceof Readiness.Ready ready) {
            return claim(dispatch, account.get(), ready, deadline);
        }
        waitingDispatches.hold(dispatch, readiness);
        return DispatchOutcome.AWAY;
    }

    /** Reads the batch again: a worker that begins to send after it was cancelled sends nothing. */
    private DispatchOutcome claim(Dispatch dispatch, Account account, Readiness.Ready ready, Deadline deadline) {
        var to = recipientRepository.of(dispatch.id().batch(), dispatch.id().n());
        var batch = waitingDispatches.batch(dispatch);
        if (batch.isEmpty()) {
            return DispatchOutcome.NOTHING;
        }
        if (!Grant.reaches(batch.get().caller(), account.simulated())) {
            waitingDispatches.hold(dispatch, "account_live_only", "not simulated any more");
            return DispatchOutcome.NOTHING;
        }
        if (!deadline.leaves(timeouts.send())) {
            return DispatchOutcome.AWAY;
        }
        var claimResult = staking(account)
                .claim(dispatchRepository, dispatch, to, deadline.clock().instant(), leaseEnd(deadline));
        if (claimResult instanceof ClaimResult.Claimed claimed) {
            return providerSend.send(new SendAttempt(batch.get(), claimed.lease(), to, account, ready), deadline);
        } else if (claimResult instanceof ClaimResult.ReceivedIdsTaken) {
            waitingDispatches.reject(dispatch, RECEIVED_ID_USED);
        }
        if (claimResult instanceof ClaimResult.Recalled) {
            LOG.infof("%s is not sent again: an earlier try was sent after all", dispatch.id());
        }
        return DispatchOutcome.NOTHING;
    }

    /** Makes the reservations for claims of this account. */
    public ReservationFactory staking(Account account) {
        return new ReservationFactory(account, providers.of(account).capabilities(account));
    }

    /** The outcome of a try to send a dispatch. */
    public enum DispatchOutcome {
        /** There was nothing to do, or another worker does it. */
        NOTHING,
        /** The try is over, whatever its result. */
        DONE,
        /** The session was dead: the dispatch may be claimed again at once. */
        AGAIN,
        /** The account cannot send now; trying its other dispatches would only take time. */
        AWAY
    }
}
