package hoopoe.batch;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the dispatches of a settled batch come to.
 *
 * @param counts messages by state label
 * @param countedAt when the oldest of the counts was taken
 * @param cost points that the provider took, less what it gave back; null where it said nothing
 * @param cancelled messages that were cancelled
 * @param refunded points given back for those; null where that is not known of all
 */
public record BatchTotal(
        Map<String, Integer> counts,
        Instant countedAt,
        @Nullable BigDecimal cost,
        int cancelled,
        @Nullable BigDecimal refunded) {}
