package hoopoe.local.template;

import java.time.Duration;
import java.util.List;

/**
 * An API's default Lambda authorizer.
 *
 * @param function the export of the one that is asked
 * @param headers identity sources: whose values must be there, and whose answer is kept for them
 * @param byRoute whether the answer is kept for each route by itself
 * @param ttl how long an answer is kept
 */
public record AuthorizerDefinition(String function, List<String> headers, boolean byRoute, Duration ttl) {

    public AuthorizerDefinition {
        headers = List.copyOf(headers);
    }
}
