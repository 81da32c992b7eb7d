package hoopoe.inbox;

import hoopoe.message.PhoneNumber;
import hoopoe.message.Surrogates;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A received message, as the provider gives it. Its texts are cut here, because one that cannot be stored would be fetched
 * again for ever.
 *
 * @param from null where the number could not be read
 * @param to which of our numbers, as written; null where that was not said
 * @param at the provider's time; null where it gave none
 * @param reference the provider's, of what it answers; null for a received message without one
 * @param receivedId text421's {@code rcv_msg_id}, by which it can be answered, once; null where it cannot
 */
public record InboundSms(
        String account,
        @Nullable PhoneNumber from,
        @Nullable String to,
        @Nullable Instant at,
        String text,
        @Nullable String reference,
        @Nullable String receivedId) {

    /** UTF-16 units of a text; the longest concatenated SMS has a third of it. */
    private static final int LONGEST_TEXT = 4096;

    private static final int LONGEST_NUMBER = 100;
    private static final String CUT = "…";

    /** A longer text is cut, and ends with {@value #CUT}. */
    public InboundSms {
        text = text.length() <= LONGEST_TEXT ? text : Surrogates.cut(text, LONGEST_TEXT - CUT.length()) + CUT;
        to = to == null ? null : Surrogates.cut(to, LONGEST_NUMBER);
    }
}
