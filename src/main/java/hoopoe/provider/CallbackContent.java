package hoopoe.provider;

import hoopoe.message.PhoneNumber;
import hoopoe.message.StatusFact;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a callback says, in the words of all providers. */
public sealed interface CallbackContent {

    /** The answer that this provider takes for "got it", where all went well: body of a {@code 200 text/plain}. */
    String OK = "OK";

    /**
     * What became of one message.
     *
     * @param reference the provider's, as written; blank where it gave none, and the token has to name it
     * @param token the dispatch token, where the callback echoes our subject
     * @param identity tells this event from every other of the account: equal for repeats, different for all else
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
     * Somebody wrote back.
     *
     * @param reference of the batch it answers; empty where it gave none
     * @param token the dispatch token, where the callback echoes our subject
     * @param to which of our numbers, as written, where that is said
     * @param receivedId text421's {@code rcv_msg_id}
     * @param id the provider's own id of the message, where it has one: then this alone makes it the same message
     * @param shared whether it is an SMS to one of the account's numbers, every caller's who reaches the account. What answers
     *     one of ours is its caller's, found or not
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
        /** Without the text. */
        @Override
        public String toString() {
            return "ReplyCallback[" + reference.orElse("") + ", " + from + ", " + at + ']';
        }
    }

    /** Cannot be understood, now or when repeated. Kept for people, answered 200. */
    record UnreadableCallback(String reason) implements CallbackContent {}
}
