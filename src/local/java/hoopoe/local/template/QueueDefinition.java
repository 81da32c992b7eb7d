package hoopoe.local.template;

import java.time.Duration;

/**
 * The mapping from a queue to a function, and what it needs to know of the queue.
 *
 * @param concurrency calls of the function at once
 * @param itemFailures whether the function reports which messages failed
 * @param visibility how long a message that was given out is nobody else's
 * @param receives how often a message is given out before it is set aside
 */
public record QueueDefinition(
        int batchSize, int concurrency, boolean itemFailures, Duration visibility, int receives) {}
