package hoopoe.store;

import hoopoe.message.StatusFact;
import hoopoe.message.PhoneNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one callback said of one message, as it is kept until it is joined, and after.
 *
 * @param to whom; null where the callback did not say, or not readably
 * @param fact null where it only brings a reply
 * @param reply which; null where it brings none
 */
public record Event(
        @Nullable PhoneNumber to,
        @Nullable StatusFact fact,
        @Nullable Instant sentAt,
        @Nullable ReplyId reply) {

    public static Event delivery(@Nullable PhoneNumber to, StatusFact statusFact, @Nullable Instant sentAt) {
        return new Event(to, statusFact, sentAt, null);
    }

    public static Event reply(@Nullable PhoneNumber from, ReplyId reply) {
        return new Event(from, null, null, reply);
    }
}
