package hoopoe.delivery;

import hoopoe.dispatch.DispatchState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a check.
 *
 * @param state of the dispatch; unchanged, or what the evidence made of it
 * @param events of the dispatch, from before the evidence was read
 * @param counts messages by state label
 * @param at when they were counted
 * @param page report pages merged in an unfinished poll; 0 where it is finished
 * @param replies how many replies of the next page are stored, where that page was begun; null where it was not
 * @param polled when a poll was last finished; null for never
 * @param failures failed polls in a row
 * @param failure code of the last of them; null where the last poll did not fail
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
