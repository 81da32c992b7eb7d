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

/** When a dispatch is looked at again, and when its provider is asked. */
record CheckSchedule(CheckIntervals ages, Batch batch, Dispatch dispatch) {

    /**
     * Whether an age has come since the provider was last asked to the end, or a result of cancelling it. A check that
     * only a callback called for joins what came and asks nobody.
     *
     * @param check as the check found it; {@link #dispatch} may have been cancelled meanwhile
     */
    boolean isTimeToAsk(CheckState check, Instant now) {
        var last = last(check.polled());
        if (isConfirmed(check)) {
            return true;
        } else if (dispatch.reference() == null || !last.isBefore(settles())) {
            return false;
        }
        return dispatch.page() > 0
                || check.replies() != null
                || dispatch.deleted() != null && (check.dispatch().deleted() == null || isErasedSince(last))
                || !earlier(ages.next(base(), last), settles()).isAfter(now);
    }

    /** An operator has spoken, of what was sent some time ago: nobody waits for an age, even if all waiting was over. */
    private boolean isConfirmed(CheckState check) {
        var submitted = dispatch.submitted();
        return dispatch.reference() != null
                && submitted != null
                && dispatch.tries().words() > dispatch.tries().resends()
                && (check.polled() == null || check.polled().isBefore(submitted));
    }

    private boolean isErasedSince(Instant last) {
        return batch.erase() != null && !last.isAfter(batch.erase());
    }

    /** The next check by age; the instant at which time settles what is left is one too. */
    Instant next(Instant now) {
        var byAge = dispatch.reference() == null ? settles() : ages.next(base(), now);
        return now.isBefore(settles()) ? earlier(byAge, settles()) : byAge;
    }

    /** Whether time has settled what is left. */
    boolean isOver(Instant now) {
        return !now.isBefore(settles());
    }

    private Instant settles() {
        var statusTimeouts = EffectiveStatus.settling(batch);
        return isWithProvider() ? statusTimeouts.unknown() : statusTimeouts.unconfirmed();
    }

    /** It was taken, or can still be asked about. */
    private boolean isWithProvider() {
        return dispatch.reference() != null || dispatch.state() == DispatchState.SUBMITTED;
    }

    /** Before it was sent, or shall be, nobody can know anything. */
    private Instant base() {
        var planned = later(batch.created(), batch.lastSendAt());
        return dispatch.submitted() == null ? planned : later(planned, dispatch.submitted());
    }

    private Instant last(@Nullable Instant polled) {
        if (polled != null) {
            return polled;
        }
        return dispatch.submitted() == null ? batch.created() : dispatch.submitted();
    }
}
