package hoopoe.dispatch.send;

import hoopoe.batch.Batch;
import hoopoe.config.Timeouts;
import hoopoe.delivery.check.MessageMetrics;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.provider.Readiness;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.dispatch.DispatchRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dispatches that are not claimed: ends those that will not be sent, and holds those that cannot be sent now. */
@ApplicationScoped
public class WaitingDispatches {

    private final BatchRepository batchRepository;
    private final DispatchRepository dispatchRepository;
    private final Timeouts timeouts;
    private final MessageMetrics messageMetrics;
    private final Clock clock;

    public WaitingDispatches(
            BatchRepository batchRepository,
            DispatchRepository dispatchRepository,
            Timeouts timeouts,
            MessageMetrics messageMetrics,
            Clock clock) {
        this.batchRepository = batchRepository;
        this.dispatchRepository = dispatchRepository;
        this.timeouts = timeouts;
        this.messageMetrics = messageMetrics;
        this.clock = clock;
    }

    /**
     * Ends a dispatch that will not be sent; needs no session.
     *
     * @return its batch, as it is now; empty where it no longer waits
     */
    public Optional<Batch> batch(Dispatch dispatch) {
        return batchRepository.find(dispatch.id().batch()).filter(batch -> !ended(dispatch, batch));
    }

    private boolean ended(Dispatch dispatch, Batch batch) {
        var now = clock.instant();
        var ending = ending(dispatch, batch, now);
        ending.ifPresent(state -> end(dispatch, state, state == DispatchState.UNCONFIRMED ? "not_before" : null, now));
        return ending.isPresent();
    }

    void reject(Dispatch dispatch, String code) {
        end(dispatch, DispatchState.REJECTED, code, clock.instant());
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

    /** Whether it was wished before the table was restored. */
    boolean isFromBefore(Instant wished) {
        return timeouts.notBefore().filter(wished::isBefore).isPresent();
    }

    /** Holds it for a pause: our own failure stopped the send, and may do so again. */
    void postpone(Dispatch seen) {
        hold(seen, clock.instant().plus(timeouts.retry(seen.claim().attempt() + 1)), "internal", "our own failure");
    }

    /** Holds it for as long as a blocked account is left alone. */
    void hold(Dispatch dispatch, String code, String text) {
        hold(dispatch, clock.instant().plus(timeouts.blocked()), code, text);
    }

    /** Holds it until its account may be able to send. */
    void hold(Dispatch dispatch, Readiness readiness) {
        var now = clock.instant();
        if (readiness instanceof Readiness.Blocked blocked) {
            hold(dispatch, now.plus(timeouts.blocked()), blocked.code(), blocked.text());
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
}
