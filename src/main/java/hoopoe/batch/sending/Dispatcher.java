package hoopoe.batch.sending;

import hoopoe.access.Grant;
import hoopoe.batch.Counting;
import hoopoe.config.Timeouts;
import hoopoe.observability.Metrics;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.provider.Deadline;
import hoopoe.provider.Providers;
import hoopoe.provider.Readiness;
import hoopoe.store.Batch;
import hoopoe.store.Batches;
import hoopoe.store.Claimed;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchId;
import hoopoe.store.DispatchState;
import hoopoe.store.Dispatches;
import hoopoe.store.Lease;
import hoopoe.store.Recipient;
import hoopoe.store.Recipients;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends a dispatch at most once. All that a send needs is ready before its claim; between claim and send there is nothing,
 * and after it only the writing of how it ended.
 */
@ApplicationScoped
public class Dispatcher {

    /** What it would have answered was answered before. */
    public static final String RECEIVED_ID_USED = "received_id_used";

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private final Accounts accounts;
    private final Providers providers;
    private final Batches batches;
    private final Dispatches dispatches;
    private final Recipients recipients;
    private final Sending sending;
    private final Timeouts timeouts;
    private final Counting counting;
    private final Clock clock;

    public Dispatcher(
            Accounts accounts,
            Providers providers,
            Batches batches,
            Dispatches dispatches,
            Recipients recipients,
            Sending sending,
            Timeouts timeouts,
            Metrics metrics,
            Clock clock) {
        this.accounts = accounts;
        this.providers = providers;
        this.batches = batches;
        this.dispatches = dispatches;
        this.recipients = recipients;
        this.sending = sending;
        this.timeouts = timeouts;
        this.counting = new Counting(metrics, clock);
        this.clock = clock;
    }

    /** Whether the account can send; waits a little for a session. */
    public Readiness ready(Account account, Deadline deadline) {
        return providers
                .of(account)
                .ready(account, deadline.keeping(timeouts.send()).within(timeouts.session()));
    }

    /** Whether a dispatch of that age may be claimed, and a send begin. */
    public boolean mayStart(Instant created, Deadline deadline) {
        return deadline.leaves(timeouts.send()) && !isFromBefore(created);
    }

    public Instant leaseEnd(Deadline deadline) {
        return deadline.at().plus(timeouts.lease());
    }

    /** Sends what is claimed already; after a dead session once more, by a new claim. */
    public void send(Batch batch, Lease lease, List<Recipient> to, Readiness.Ready ready, Deadline deadline) {
        var account = accounts.find(batch.account()).orElseThrow();
        if (sending.send(batch, lease, to, account, ready, deadline) == Sent.AGAIN) {
            attempt(lease.dispatch(), deadline);
        }
    }

    /** Sends it if it still waits to be sent; after a dead session once more, by a new claim. */
    public Sent dispatch(DispatchId id, Deadline deadline) {
        var sent = attempt(id, deadline);
        if (sent != Sent.AGAIN) {
            return sent;
        }
        return attempt(id, deadline) == Sent.AGAIN ? Sent.AWAY : Sent.DONE;
    }

    /** Looks again after a pause: our own failure kept it from being sent, and may do so again. */
    void postpone(Dispatch seen) {
        hold(seen, clock.instant().plus(timeouts.retry(seen.attempt() + 1)), "internal", "our own failure");
    }

    private Sent attempt(DispatchId id, Deadline deadline) {
        var waiting = dispatches.find(id).filter(dispatch -> dispatch.state() == DispatchState.ACCEPTED);
        if (waiting.flatMap(this::waits).isEmpty()) {
            return Sent.NOTHING;
        }
        var dispatch = waiting.get();
        var account = accounts.find(dispatch.account());
        if (account.isEmpty()) {
            hold(dispatch, clock.instant().plus(timeouts.latched()), "account_not_found", "not configured any more");
            return Sent.AWAY;
        }
        var readiness = ready(account.get(), deadline);
        if (readiness instanceof Readiness.Ready ready) {
            return claim(dispatch, account.get(), ready, deadline);
        }
        hold(dispatch, readiness);
        return Sent.AWAY;
    }

    /** The batch is read again: whoever begins to send after it was cancelled sends nothing. */
    private Sent claim(Dispatch dispatch, Account account, Readiness.Ready ready, Deadline deadline) {
        var to = recipients.of(dispatch.batch(), dispatch.n());
        var batch = batches.find(dispatch.batch());
        if (batch.isEmpty() || ended(dispatch, batch.get())) {
            return Sent.NOTHING;
        }
        if (!Grant.reaches(batch.get().caller(), account.simulated())) {
            hold(dispatch, clock.instant().plus(timeouts.latched()), "account_live_only", "not simulated any more");
            return Sent.NOTHING;
        }
        if (!deadline.leaves(timeouts.send())) {
            return Sent.AWAY;
        }
        var claimed = staking(account).claim(dispatches, dispatch, to, clock.instant(), leaseEnd(deadline));
        if (claimed instanceof Claimed.Won won) {
            return sending.send(batch.get(), won.lease(), to, account, ready, deadline);
        } else if (claimed instanceof Claimed.ReceivedIdsUsed) {
            end(dispatch, DispatchState.REJECTED, RECEIVED_ID_USED, clock.instant());
        }
        if (claimed instanceof Claimed.Recalled) {
            LOG.infof("%s is not sent again: an earlier try was sent after all", dispatch.id());
        }
        return Sent.NOTHING;
    }

    /** What a claim for this account takes with it. */
    public Staking staking(Account account) {
        return new Staking(account, providers.of(account).capabilities(account));
    }

    /** Ends what will not be sent, which needs no session. @return until when it waits; empty where it does no more */
    public Optional<Instant> waits(Dispatch dispatch) {
        return batches.find(dispatch.batch())
                .filter(batch -> !ended(dispatch, batch))
                .map(Batch::notAfter);
    }

    private boolean ended(Dispatch dispatch, Batch batch) {
        var now = clock.instant();
        var ending = ending(dispatch, batch, now);
        ending.ifPresent(state -> end(dispatch, state, state == DispatchState.UNCONFIRMED ? "not_before" : null, now));
        return ending.isPresent();
    }

    private void end(Dispatch dispatch, DispatchState state, @Nullable String code, Instant now) {
        if (dispatches.end(dispatch, state, code, now)) {
            counting.ended(dispatch, state, code);
        }
    }

    /** Of something from before a restore nobody knows whether it was sent, so that comes first. */
    private Optional<DispatchState> ending(Dispatch dispatch, Batch batch, Instant now) {
        if (isFromBefore(wished(dispatch))) {
            return Optional.of(DispatchState.UNCONFIRMED);
        } else if (batch.erase() != null) {
            return Optional.of(DispatchState.CANCELLED);
        } else if (!now.isBefore(batch.notAfter())) {
            return Optional.of(DispatchState.EXPIRED);
        }
        return Optional.empty();
    }

    /** An operator who had it sent again knew what they did. */
    private static Instant wished(Dispatch dispatch) {
        var resent = dispatch.tries().resent();
        return resent == null ? dispatch.created() : resent;
    }

    private boolean isFromBefore(Instant wished) {
        return timeouts.notBefore().filter(wished::isBefore).isPresent();
    }

    private void hold(Dispatch dispatch, Readiness readiness) {
        var now = clock.instant();
        if (readiness instanceof Readiness.Blocked blocked) {
            hold(dispatch, now.plus(timeouts.latched()), blocked.code(), blocked.text());
        } else if (readiness instanceof Readiness.NotYet notYet) {
            var usual = now.plus(timeouts.retry(dispatch.attempt() + 1));
            hold(dispatch, notYet.retryAt() == null ? usual : notYet.retryAt(), notYet.code(), notYet.text());
        }
    }

    /** An end by time is not slept over. */
    private void hold(Dispatch dispatch, Instant until, String code, String text) {
        var notAfter = batches.find(dispatch.batch()).map(Batch::notAfter).orElse(until);
        dispatches.hold(dispatch, until.isBefore(notAfter) ? until : notAfter, code, text);
    }
}
