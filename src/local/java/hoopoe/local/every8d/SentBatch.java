package hoopoe.local.every8d;

import java.time.Instant;
import java.util.List;

/**
 * A batch as the service has it at the moment of asking.
 *
 * @param operation the call that brought it
 * @param retryTime the validity as given, in minutes; empty when not given
 */
public record SentBatch(
        String id,
        String user,
        String operation,
        String subject,
        String retryTime,
        Instant orderedAt,
        List<SentMessage> messages) {}
