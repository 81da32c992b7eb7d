package hoopoe.dispatch.send;

import hoopoe.access.Grant;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.batch.Batch;
import hoopoe.batch.Recipient;
import hoopoe.config.Timeouts;
import hoopoe.delivery.check.MessageMetrics;
import hoopoe.dispatch.ClaimResult;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.Lease;
import hoopoe.provider.Deadline;
import hoopoe.provider.Providers;
import hoopoe.provider.Readiness;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.batch.RecipientRepository;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

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
    private final BatchRepository batchRepository;
    private final DispatchRepository dispatchRepository;
    private final RecipientRepository recipientRepository;
    private final ProviderSend providerSend;
    private final Timeouts timeouts;
    private final MessageMetrics messageMetrics;
    private final Clock clock;

    public Dispatcher(
            Accounts accounts,
            Providers providers,
            BatchRepository batchRepository,
            DispatchRepository dispatchRepository,
            RecipientRepository recipientRepository,
            ProviderSend providerSend,
            Timeouts timeouts,
            MessageMetrics messageMetrics,
            Clock clock) {
        this.accounts = accounts;
        this.providers = providers;
        this.batchRepository = batchRepository;
        this.dispatchRepository = dispatchRepository;
        this.recipientRepository = recipientRepository;
        this.providerSend = providerSend;
        this.timeouts = timeouts;
        this.messageMetrics = messageMetrics;
        this.clock = clock;
    }

    /** Whether the account can send; waits a little for a session. */
    public Readiness ready(Account account, Deadline deadline) {
        return providers
                .of(account)
                .ready(account, deadline.keeping(timeouts.send()).within(timeouts.session()));
    }

    /** Whether a dispatch of that age may be claimed, and time is left to send it. */
    public boolean mayStart(Instant created, Deadline deadline) {
        return deadline.leaves(timeouts.send()) && !isFromBefore(created);
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

    /** Holds it for a pause: our own failure stopped the send, and may do so again. */
    void postpone(Dispatch seen) {
        hold(seen, clock.instant().plus(timeouts.retry(seen.claim().attempt() + 1)), "internal", "our own failure");
    }

    private DispatchOutcome attempt(DispatchId id, Deadline deadline) {
        var waiting = dispatchRepository.find(id).filter(dispatch -> dispatch.state() == DispatchState.ACCEPTED);
        if (waiting.flatMap(this::waits).isEmpty()) {
            return DispatchOutcome.NOTHING;
        }
        var dispatch = waiting.get();
        var account = accounts.find(dispatch.account());
        if (account.isEmpty()) {
            hold(dispatch, clock.instant().plus(timeouts.latched()), "account_not_found", "not configured any more");
            return DispatchOutcome.AWAY;
        }
        var readiness = ready(account.get(), deadline);
        if (readiness instanceof Readiness.Ready ready) {
            return claim(dispatch, account.get(), ready, deadline);
        }
        hold(dispatch, readiness);
        return DispatchOutcome.AWAY;
    }

    /** Reads the batch again: a worker that begins to send after it was cancelled sends nothing. */
    private DispatchOutcome claim(Dispatch dispatch, Account account, Readiness.Ready ready, Deadline deadline) {
        var to = recipientRepository.of(dispatch.id().batch(), dispatch.id().n());
        var batch = batchRepository.find(dispatch.id().batch());
        if (batch.isEmpty() || ended(dispatch, batch.get())) {
            return DispatchOutcome.NOTHING;
        }
        if (!Grant.reaches(batch.get().caller(), account.simulated())) {
            hold(dispatch, clock.instant().plus(timeouts.latched()), "account_live_only", "not simulated any more");
            return DispatchOutcome.NOTHING;
        }
        if (!deadline.leaves(timeouts.send())) {
            return DispatchOutcome.AWAY;
        }
        var claimResult = staking(account).claim(dispatchRepository, dispatch, to, clock.instant(), leaseEnd(deadline));
        if (claimResult instanceof ClaimResult.Claimed claimed) {
            return providerSend.send(new SendAttempt(batch.get(), claimed.lease(), to, account, ready), deadline);
        } else if (claimResult instanceof ClaimResult.ReceivedIdsTaken) {
            end(dispatch, DispatchState.REJECTED, RECEIVED_ID_USED, clock.instant());
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

    /** Ends a dispatch that will not be sent; needs no session. @return until when it waits; empty where it no longer does */
    public Optional<Instant> waits(Dispatch dispatch) {
        return batchRepository
                .find(dispatch.id().batch())
                .filter(batch -> !ended(dispatch, batch))
                .map(batch -> batch.window().notAfter());
    }

    private boolean ended(Dispatch dispatch, Batch batch) {
        var now = clock.instant();
        var ending = ending(dispatch, batch, now);
        ending.ifPresent(state -> end(dispatch, state, state == DispatchState.UNCONFIRMED ? "not_before" : null, now));
        return ending.isPresent();
    }

    private void end(Dispatch dispatch, DispatchState state, @Nullable String code, Instant now) {
        if (dispatchRepository.end(dispatch, state, code, now)) {
            messageMetrics.ended(dispatch, state, code);
        }
    }

    /** A dispatch from before a restore of the table may have been sent, so that comes first. */
    private Optional<DispatchState> ending(Dispatch dispatch, Batch batch, Instant now) {
        if (isFromBefore(wished(dispatch))) {
            return Optional.of(DispatchState.UNCONFIRMED);
        } else if (batch.progress().erase() != null) {
            return Optional.of(DispatchState.CANCELLED);
        } else if (!now.isBefore(batch.window().notAfter())) {
            return Optional.of(DispatchState.EXPIRED);
        }
        return Optional.empty();
    }

    /** A resend counts from its own time: the operator knew what they did. */
    private static Instant wished(Dispatch dispatch) {
        var resent = dispatch.tries().resent();
        return resent == null ? dispatch.lifetime().created() : resent;
    }

    private boolean isFromBefore(Instant wished) {
        return timeouts.notBefore().filter(wished::isBefore).isPresent();
    }

    private void hold(Dispatch dispatch, Readiness readiness) {
        var now = clock.instant();
        if (readiness instanceof Readiness.Blocked blocked) {
            hold(dispatch, now.plus(timeouts.latched()), blocked.code(), blocked.text());
        } else if (readiness instanceof Readiness.NotYet notYet) {
            var usual = now.plus(timeouts.retry(dispatch.claim().attempt() + 1));
            hold(dispatch, notYet.retryAt() == null ? usual : notYet.retryAt(), notYet.code(), notYet.text());
        }
    }

    /** Holds no longer than the validity, so that the dispatch expires in time. */
    private void hold(Dispatch dispatch, Instant until, String code, String text) {
        var notAfter = batchRepository
                .find(dispatch.id().batch())
                .map(batch -> batch.window().notAfter())
                .orElse(until);
        dispatchRepository.hold(dispatch, until.isBefore(notAfter) ? until : notAfter, code, text);
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
