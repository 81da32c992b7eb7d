package hoopoe.provider;

import hoopoe.message.PhoneNumber;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an answer with messages from an inbox says. */
public sealed interface InboxContent {

    /**
     * @param messages possibly none
     * @param more whether the answer was full, so that there may be others
     */
    record Messages(List<ReceivedMessage> messages, boolean more) implements InboxContent {}

    /** The provider understood, said no and took nothing out. */
    record InboxRefused(String code, String text) implements InboxContent {}

    /** Cannot be understood, now or later. Kept for people. */
    record UnreadableInbox(String reason) implements InboxContent {}

    /**
     * One received SMS.
     *
     * @param from null where the number could not be read
     * @param to which of our numbers, as written; null where that was not said
     * @param at the provider's time; null where it gave no readable one
     * @param identity equal for the same message taken out twice, different for all else of the account: what makes it one,
     *     as written. It is hashed before it becomes a key
     */
    record ReceivedMessage(
            @Nullable PhoneNumber from,
            @Nullable String to,
            @Nullable Instant at,
            String text,
            String identity) {
        /** The same words again in one answer. @param time the how-many-eth, from 2 */
        public ReceivedMessage again(int time) {
            return new ReceivedMessage(from, to, at, text, identity + '\u0001' + time);
        }

        /** Without text and identity, which holds it. */
        @Override
        public String toString() {
            return "ReceivedMessage[" + from + ", " + at + ']';
        }
    }
}
