package hoopoe.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/**
 * A {@code DynamoDB} event: the mapping from the table's stream to a function.
 *
 * @param filters any of them must match; none at all lets everything through
 * @param window how long a batch that is not full is filled, from its first record
 * @param retries of a batch that failed, after which it is given up
 * @param maxAge of a record, after which it is given up
 * @param itemFailures whether the function reports which records failed
 * @param bisect whether a batch that failed as a whole is halved
 */
public record StreamDefinition(
        List<JsonNode> filters,
        int batchSize,
        Duration window,
        int parallelization,
        int retries,
        Duration maxAge,
        boolean itemFailures,
        boolean bisect) {

    public StreamDefinition {
        filters = List.copyOf(filters);
    }
}
