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
 * @param message number of the message, where its person is erased; else null, since the phone number tells
 */
public record CallbackEvent(
        @Nullable PhoneNumber to,
        @Nullable StatusFact fact,
        @Nullable Instant sentAt,
        @Nullable ReplyId reply,
        @Nullable Integer message) {

    public static CallbackEvent delivery(@Nullable PhoneNumber to, StatusFact statusFact, @Nullable Instant sentAt) {
        return new CallbackEvent(to, statusFact, sentAt, null, null);
    }

    public static CallbackEvent reply(@Nullable PhoneNumber from, ReplyId reply) {
        return new CallbackEvent(from, null, null, reply, null);
    }

    /** The same without the phone number. @param known number of the message; null where it is not known */
    public CallbackEvent erased(@Nullable Integer known) {
        return new CallbackEvent(null, fact, sentAt, reply, known);
    }
}
