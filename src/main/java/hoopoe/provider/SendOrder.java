package hoopoe.provider;

import hoopoe.message.BinaryMessage;
import hoopoe.message.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one provider call. A number occurs once.
 *
 * @param token names the dispatch; sent as the end of the subject, {@code … #<token>}
 * @param reference our reference of the call, already stored, to be returned in {@link SendOutcome.Accepted}; null where the
 *     provider gives it. See {@link Capabilities#ownReference}
 * @param subject a note for the sender, may be empty; not sent to the handset
 * @param text the text of every recipient without an own text
 * @param sendAt when the provider should send; null for now
 * @param validity how long the provider should try; null for its default
 * @param binary how to read texts that are hexadecimal digits of a binary message; null for plain texts
 */
public record SendOrder(
        String token,
        @Nullable String reference,
        String subject,
        String text,
        @Nullable Instant sendAt,
        @Nullable Duration validity,
        @Nullable BinaryMessage binary,
        List<OrderRecipient> recipients) {

    /** A nearer time means now, because it may be past on the provider's clock. */
    private static final Duration SOON = Duration.ofMinutes(1);

    public SendOrder {
        text = normalized(text);
    }

    /** An order of texts, to a provider that gives references itself. */
    public SendOrder(
            String token,
            String subject,
            String text,
            @Nullable Instant sendAt,
            @Nullable Duration validity,
            List<OrderRecipient> recipients) {
        this(token, null, subject, text, sendAt, validity, null, recipients);
    }

    /**
     * @param text own text; null for the common one
     * @param sendAt own time; null for the common one
     * @param receivedId text421's {@code rcv_msg_id}
     */
    public record OrderRecipient(
            PhoneNumber to,
            @Nullable String text,
            @Nullable String name,
            @Nullable String email,
            @Nullable Instant sendAt,
            @Nullable String receivedId) {

        public OrderRecipient {
            text = text == null ? null : normalized(text);
        }

        /** Omits texts, names and addresses, which are personal data. */
        @Override
        public String toString() {
            return "OrderRecipient[" + to + ']';
        }

        public boolean isPersonal() {
            return text != null || name != null || email != null || sendAt != null;
        }
    }

    /** A line end is one character, on the handset and in the price. */
    public static String normalized(String text) {
        return text.replace("\r\n", "\n");
    }

    /** Whether a time is far enough ahead to be scheduled. */
    public static boolean isAhead(Instant sendAt, Instant now) {
        return !sendAt.isBefore(now.plus(SOON));
    }

    @Override
    public String toString() {
        return "SendOrder[" + token + ", " + recipients.size() + " recipients]";
    }

    public boolean isPersonal() {
        return recipients.stream().anyMatch(OrderRecipient::isPersonal);
    }

    /** @param orderRecipient one of this order */
    public String textOf(OrderRecipient orderRecipient) {
        return orderRecipient.text() == null ? text : orderRecipient.text();
    }
}
