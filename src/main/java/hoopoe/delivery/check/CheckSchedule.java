package hoopoe.delivery.check;

import hoopoe.batch.Batch;
import hoopoe.delivery.CheckState;
import hoopoe.delivery.EffectiveStatus;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
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

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * When a provider is polled for a dispatch, by the dispatch's age: after the first check at 1, 2, 5, 10, 20, 40 min, 1.5, 3,
     * 6, 12, 24 h, then daily. A first check sooner than a minute is followed by others at twice the age each. A dispatch that the
     * provider holds for later is polled for daily until then.
     */
    static final class CheckIntervals {

        private static final Duration DAY = Duration.ofDays(1);
        private static final List<Duration> USUAL = LongStream.of(1, 2, 5, 10, 20, 40, 90, 180, 360, 720, 1440)
                .mapToObj(Duration::ofMinutes)
                .toList();

        private final List<Duration> ages = new ArrayList<>();

        /** @param first age of the first check; positive */
        CheckIntervals(Duration first) {
            for (var age = first; age.compareTo(USUAL.get(0)) < 0; age = age.multipliedBy(2)) {
                ages.add(age);
            }
            USUAL.stream().filter(age -> age.compareTo(first) >= 0).forEach(ages::add);
        }

        /**
         * The first instant for a check that is later than {@code after}.
         *
         * @param base the instant from which ages count
         */
        Instant next(Instant base, Instant after) {
            if (after.isBefore(base)) {
                return earlier(after.plus(DAY), base.plus(first()));
            }
            var age = Duration.between(base, after);
            return base.plus(ages.stream()
                    .filter(next -> next.compareTo(age) > 0)
                    .findFirst()
                    .orElseGet(() -> DAY.multipliedBy(age.toDays() + 1)));
        }

        private Duration first() {
            return ages.isEmpty() ? DAY : ages.get(0);
        }
    }
}
