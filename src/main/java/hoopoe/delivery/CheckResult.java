package hoopoe.delivery;

import hoopoe.dispatch.DispatchState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a check ended.
 *
 * @param state of the dispatch; what it was, or what the evidence made of it
 * @param events of the dispatch, from before the evidence was read
 * @param counts messages by state label
 * @param at when they were counted
 * @param page report pages joined in a question that is not through; 0 where it is
 * @param replies of the page after them, if that was begun, how many are kept; null where it was not
 * @param polled when the provider was last asked to the end; null for never
 * @param failures questions in a row that did not get on
 * @param failure code of the last of them; null where the last one did
 * @param due the next check; null for never again
 */
public record CheckResult(
        DispatchState state,
        int events,
        Map<String, Integer> counts,
        Instant at,
        int page,
        @Nullable Integer replies,
        @Nullable Instant polled,
        int failures,
        @Nullable String failure,
        @Nullable Instant due) {}
