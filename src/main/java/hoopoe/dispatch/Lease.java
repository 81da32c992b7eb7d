package hoopoe.dispatch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to send a dispatch and to write its result. The next claim ends it by raising the fence.
 *
 * @param resends number of the try that it is for
 * @param attempt number of the claim, from 1
 * @param expires of the dispatch
 * @param reference ours, by which the provider will know the call; null where the provider gives one itself
 */
public record Lease(
        DispatchId dispatch,
        int resends,
        int fence,
        int attempt,
        Instant expires,
        @Nullable String reference) {

    /** Names the dispatch and its try. */
    public String token() {
        return dispatch.token(resends);
    }
}
