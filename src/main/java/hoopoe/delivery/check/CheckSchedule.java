package hoopoe.delivery.check;

import static hoopoe.delivery.check.CheckIntervals.earlier;
import static hoopoe.delivery.check.CheckIntervals.later;

import hoopoe.batch.Batch;
import hoopoe.delivery.CheckState;
import hoopoe.delivery.EffectiveStatus;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a dispatch is checked again, and when its provider is polled. */
record CheckSchedule(CheckIntervals ages, Batch batch, Dispatch dispatch) {

    /**
     * Whether an age has come since the last finished poll, or the result of a cancellation. A check that only a callback
     * called for merges the callbacks and polls nothing.
     *
     * @param check as the check found it; {@link #dispatch} may have been cancelled meanwhile
     */
    boolean isTimeToAsk(CheckState check, Instant now) {
        var last = last(check.polled());
        if (isConfirmed(check)) {
            return true;
        } else if (dispatch.submission().reference() == null || !last.isBefore(settles())) {
            return false;
        }
        return dispatch.checks().page() > 0
                || check.replies() != null
                || dispatch.cancellation().deleted() != null
                        && (check.dispatch().cancellation().deleted() == null || isErasedSince(last))
                || !earlier(ages.next(base(), last), settles()).isAfter(now);
    }

    /** An operator confirmed what was sent some time ago: it is polled for at once, even where all timeouts are over. */
    private boolean isConfirmed(CheckState check) {
        var submitted = dispatch.submission().submitted();
        return dispatch.submission().reference() != null
                && submitted != null
                && dispatch.tries().words() > dispatch.tries().resends()
                && (check.polled() == null || check.polled().isBefore(submitted));
    }

    private boolean isErasedSince(Instant last) {
        return batch.progress().erase() != null
                && !last.isAfter(batch.progress().erase());
    }

    /** The next check by age, or the instant at which timeouts settle the rest where that is earlier. */
    Instant next(Instant now) {
        var byAge = dispatch.submission().reference() == null ? settles() : ages.next(base(), now);
        return now.isBefore(settles()) ? earlier(byAge, settles()) : byAge;
    }

    /** Whether timeouts have settled the rest. */
    boolean isOver(Instant now) {
        return !now.isBefore(settles());
    }

    private Instant settles() {
        var statusTimeouts = EffectiveStatus.settling(batch);
        return isWithProvider() ? statusTimeouts.unknown() : statusTimeouts.unconfirmed();
    }

    /** The provider took it, or can still be polled for it. */
    private boolean isWithProvider() {
        return dispatch.submission().reference() != null || dispatch.state() == DispatchState.SUBMITTED;
    }

    /** Before it was sent, or is planned to be, there is nothing to poll for. */
    private Instant base() {
        var planned = later(batch.lifetime().created(), batch.window().lastSendAt());
        return dispatch.submission().submitted() == null
                ? planned
                : later(planned, dispatch.submission().submitted());
    }

    private Instant last(@Nullable Instant polled) {
        if (polled != null) {
            return polled;
        }
        return dispatch.submission().submitted() == null
                ? batch.lifetime().created()
                : dispatch.submission().submitted();
    }
}
