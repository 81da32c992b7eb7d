package hoopoe.delivery;

import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import hoopoe.message.StatusFact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one callback said of one message, as it is stored before and after it is merged.
 *
 * @param to the recipient, or the sender of the reply; null where the callback did not say, or not readably
 * @param fact null where it only brings a reply
 * @param reply its id; null where it brings none
 */
public record CallbackEvent(
        @Nullable PhoneNumber to,
        @Nullable StatusFact fact,
        @Nullable Instant sentAt,
        @Nullable ReplyId reply) {

    public static CallbackEvent delivery(@Nullable PhoneNumber to, StatusFact statusFact, @Nullable Instant sentAt) {
        return new CallbackEvent(to, statusFact, sentAt, null);
    }

    public static CallbackEvent reply(@Nullable PhoneNumber from, ReplyId reply) {
        return new CallbackEvent(from, null, null, reply);
    }
}
