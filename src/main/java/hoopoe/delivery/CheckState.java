package hoopoe.delivery;

import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dispatch as a check sees it.
 *
 * @param dispatch strongly read; its {@code events} are from before any callback was read
 * @param polled when a poll was last finished; null for never
 * @param failures failed polls in a row
 * @param failure code of the last of them; null where the last poll did not fail
 * @param replies how many replies of an unfinished page are stored; null where there is no such page
 * @param held until when another worker checks it; null where none does
 * @param counted what was counted of its messages; null before they first settled
 */
public record CheckState(
        Dispatch dispatch,
        @Nullable Instant polled,
        int failures,
        @Nullable String failure,
        @Nullable Integer replies,
        @Nullable Instant held,
        @Nullable Usage counted) {

    public DispatchId id() {
        return dispatch.id();
    }

    public boolean isHeld(Instant now) {
        return held != null && now.isBefore(held);
    }

    /** The same with the next fence: the right to check. */
    public CheckState begun(Instant until) {
        return new CheckState(
                dispatch.with(dispatch.checks().begun()), polled, failures, failure, replies, until, counted);
    }
}
