package hoopoe.dispatch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to send a dispatch, and to say what came of it. Ended by whoever claims it next: by then the fence has grown.
 *
 * @param resends the try that it is for
 * @param attempt the how-many-eth claim this is, from 1
 * @param expires of the dispatch
 * @param reference ours, by which the provider will know the call; null where it gives one itself
 */
public record Lease(
        DispatchId dispatch,
        int resends,
        int fence,
        int attempt,
        Instant expires,
        @Nullable String reference) {

    /** Names the dispatch, and this try of it. */
    public String token() {
        return dispatch.token(resends);
    }
}
