package hoopoe.inbox;

import hoopoe.message.ReplyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reply: a received message, whether or not it answers one of ours.
 *
 * @param received when Hoopoe first got it
 * @param batch that it answers; null while or where that is not known
 * @param caller of that batch
 * @param message number in the batch of the message that it answers; null while or where that is not known
 * @param shared whether every caller that reaches the account sees it as long as no batch is known
 * @param erased whether its writer was erased: then it has neither number nor text, and nobody is shown it
 */
public record Reply(
        ReplyId id,
        Instant received,
        InboundSms sms,
        @Nullable String batch,
        @Nullable String caller,
        @Nullable Integer message,
        boolean shared,
        boolean erased) {

    /**
     * A reply to a batch is for the batch's caller, and a shared reply for all callers. A reply to a batch that is not known
     * belongs to one caller, but not known to which: only an operator may see it.
     */
    boolean isFor(String someone, boolean operator) {
        return !erased && (caller == null ? shared || operator : caller.equals(someone));
    }
}
