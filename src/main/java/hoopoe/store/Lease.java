package hoopoe.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to send a dispatch, and to say what came of it. Ended by whoever claims it next: by then the fence has grown.
 *
 * @param attempt the how-many-eth claim this is, from 1
 * @param expires of the dispatch
 * @param reference ours, by which the provider will know the call; null where it gives one itself
 */
public record Lease(
        DispatchId dispatch,
        int fence,
        int attempt,
        Instant expires,
        @Nullable String reference) {}
