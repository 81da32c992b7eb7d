package hoopoe.inbox;

import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reply: a received message, whether or not it answers one of ours.
 *
 * @param received when Hoopoe first got it
 * @param from null where the number could not be read
 * @param at the provider's time; null where it gave none
 * @param reference the provider's, of what it answers; null for a received message without one
 * @param receivedId text421's {@code rcv_msg_id}; null where there is none
 * @param to which of our numbers, as written; null where that was not said
 * @param batch that it answers; null while or where that is not known
 * @param caller of that batch
 * @param message number in the batch of the message that it answers; null while or where that is not known
 * @param shared whether every caller that reaches the account sees it as long as no batch is known
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
     * A reply to a batch is for the batch's caller, and a shared reply for all callers. A reply to a batch that is not known
     * belongs to one caller, but not known to which: only an operator may see it.
     */
    boolean isFor(String someone, boolean operator) {
        return caller == null ? shared || operator : caller.equals(someone);
    }
}
