package hoopoe.batch;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sums over all dispatches of a settled batch.
 *
 * @param counts messages by state label
 * @param countedAt when the oldest of the counts was taken
 * @param cost points that the provider took, less those it gave back; null where it named none
 * @param cancelled messages that were cancelled
 * @param refunded points given back for these; null where they are not known for all
 */
public record BatchTotal(
        Map<String, Integer> counts,
        Instant countedAt,
        @Nullable BigDecimal cost,
        int cancelled,
        @Nullable BigDecimal refunded) {}
