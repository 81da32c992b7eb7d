package hoopoe.inbox;

import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wrote back, or a received SMS.
 *
 * @param received when we first heard of it
 * @param from null where the number could not be read
 * @param at the provider's time; null where it gave none
 * @param reference the provider's, of what it answers; null for a received SMS without one
 * @param receivedId text421's {@code rcv_msg_id}; null where there is none
 * @param to which of our numbers, as written; null where that was not said
 * @param batch what it answers; null while or where that is not known
 * @param caller whose batch that is
 * @param message number in the batch of the message that it answers; null while or where that is not known
 * @param shared whether it is everybody's who reaches the account as long as no batch is known
 */
public record Reply(
        ReplyId id,
        Instant received,
        String account,
        @Nullable PhoneNumber from,
        String text,
        @Nullable Instant at,
        @Nullable String reference,
        @Nullable String receivedId,
        @Nullable String to,
        @Nullable String batch,
        @Nullable String caller,
        @Nullable Integer message,
        boolean shared) {

    /**
     * A batch's replies are its caller's, and what came to a number of the account is everybody's. What answers something that
     * nobody can place is somebody's too, only whose is not known: that may be seen by an operator.
     */
    boolean isFor(String someone, boolean operator) {
        return caller == null ? shared || operator : caller.equals(someone);
    }
}
