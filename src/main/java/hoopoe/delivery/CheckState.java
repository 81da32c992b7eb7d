package hoopoe.delivery;

import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dispatch as a check sees it.
 *
 * @param dispatch strongly read; its {@code events} are from before any event was read
 * @param polled when the provider was last asked to the end; null for never
 * @param failures questions in a row that did not get on
 * @param failure code of the last of them; null where the last one did
 * @param replies of a page that is not joined to its end, how many are kept; null where there is no such page
 * @param held until when somebody else checks it; null where nobody does
 */
public record CheckState(
        Dispatch dispatch,
        @Nullable Instant polled,
        int failures,
        @Nullable String failure,
        @Nullable Integer replies,
        @Nullable Instant held) {

    public DispatchId id() {
        return dispatch.id();
    }

    public boolean isHeld(Instant now) {
        return held != null && now.isBefore(held);
    }

    /** The same with the right to check: the next fence. */
    public CheckState begun(Instant until) {
        var d = dispatch;
        return new CheckState(
                new Dispatch(
                        d.batch(),
                        d.n(),
                        d.account(),
                        d.state(),
                        d.size(),
                        d.attempt(),
                        d.fence(),
                        d.checkFence() + 1,
                        d.deadline(),
                        d.reference(),
                        d.submitted(),
                        d.code(),
                        d.text(),
                        d.cost(),
                        d.unsent(),
                        d.counts(),
                        d.countedAt(),
                        d.events(),
                        d.due(),
                        d.page(),
                        d.deleted(),
                        d.refunded(),
                        d.tries(),
                        d.created(),
                        d.expires(),
                        d.correlation()),
                polled,
                failures,
                failure,
                replies,
                until);
    }
}
