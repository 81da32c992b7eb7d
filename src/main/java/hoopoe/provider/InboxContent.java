package hoopoe.provider;

import hoopoe.message.PhoneNumber;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content of an answer to {@link SmsProvider#drain}. */
public sealed interface InboxContent {

    /**
     * @param messages possibly none
     * @param more whether the answer was full, so that the inbox may hold more
     */
    record Messages(List<ReceivedMessage> messages, boolean more) implements InboxContent {}

    /** The provider understood the request, refused it and removed nothing. */
    record InboxRefused(String code, String text) implements InboxContent {}

    /** Cannot be understood, now or later. Kept for the operator. */
    record UnreadableInbox(String reason) implements InboxContent {}

    /**
     * One received SMS.
     *
     * @param from null where the number could not be read
     * @param to which of our numbers received it, as written; null where the provider does not say
     * @param at the provider's time; null where it gave no readable one
     * @param identity equal for the same message taken twice, different for every other of the account: the fields that
     *     identify it, as written. It is hashed before it becomes a key
     */
    record ReceivedMessage(
            @Nullable PhoneNumber from,
            @Nullable String to,
            @Nullable Instant at,
            String text,
            String identity) {
        /** The same message again in one answer. @param time which occurrence this is, from 2 */
        public ReceivedMessage again(int time) {
            return new ReceivedMessage(from, to, at, text, identity + '\u0001' + time);
        }

        /** Omits the text, and the identity, which contains it. */
        @Override
        public String toString() {
            return "ReceivedMessage[" + from + ", " + at + ']';
        }
    }
}
