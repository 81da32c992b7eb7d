package hoopoe.local.every8d;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A message as the service has it at the moment of asking.
 *
 * @param mobile in the form {@code +886912345678}; as written when it is no number
 * @param cost in points
 * @param sentAt when it was sent, or is to be
 */
public record SentMessage(
        String mobile,
        String name,
        String email,
        String text,
        int status,
        BigDecimal cost,
        Instant sentAt,
        List<String> replies) {}
