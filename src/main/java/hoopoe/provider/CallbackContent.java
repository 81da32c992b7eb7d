package hoopoe.provider;

import hoopoe.message.PhoneNumber;
import hoopoe.message.StatusFact;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The content of a callback, in terms that are common to all providers. */
public sealed interface CallbackContent {

    /** The answer "received" that this provider expects when all went well: the body of a {@code 200 text/plain}. */
    String OK = "OK";

    /**
     * A delivery report on one message.
     *
     * @param reference the provider's, as written; blank where the provider gave none and the token must name the dispatch
     * @param token the dispatch token, where the callback echoes our subject
     * @param identity distinguishes this callback from all others of the account: equal for repeats, different otherwise
     */
    record DeliveryCallback(
            String reference,
            Optional<String> token,
            @Nullable PhoneNumber to,
            StatusFact fact,
            @Nullable Instant sentAt,
            String identity)
            implements CallbackContent {}

    /**
     * A reply, or another received SMS.
     *
     * @param reference of the batch that it answers; empty where the provider gave none
     * @param token the dispatch token, where the callback echoes our subject
     * @param to which of our numbers received it, as written, where the provider says so
     * @param receivedId text421's {@code rcv_msg_id}
     * @param id the provider's own id of the message, where it has one; it alone then identifies the message
     * @param shared whether it is an SMS to one of the account's numbers, visible to every caller of the account. A reply to
     *     our message belongs to that message's caller, whether the message is found or not
     */
    record ReplyCallback(
            Optional<String> reference,
            Optional<String> token,
            @Nullable PhoneNumber from,
            @Nullable Instant at,
            String text,
            Optional<String> id,
            Optional<String> receivedId,
            Optional<String> to,
            String identity,
            boolean shared)
            implements CallbackContent {
        /** Omits the text. */
        @Override
        public String toString() {
            return "ReplyCallback[" + reference.orElse("") + ", " + from + ", " + at + ']';
        }
    }

    /** Cannot be understood, now or when repeated. Kept for the operator, answered with 200. */
    record UnreadableCallback(String reason) implements CallbackContent {}
}
