package hoopoe.provider;

import hoopoe.message.BinaryMessage;
import hoopoe.message.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One provider call's worth of messages. A number occurs once.
 *
 * @param token names the dispatch; goes out as the end of the subject, {@code … #<token>}
 * @param reference ours, by which the provider shall know the call: stored already, and the one to answer
 *     {@link SendOutcome.Accepted} with; null where the provider gives it. See {@link Capabilities#ownReference}
 * @param subject a note for the sender, may be empty; not sent to the handset
 * @param text the text of all whose own is null
 * @param sendAt when the provider shall send; null for now
 * @param validity how long the provider shall try; null for its own default
 * @param binary that all texts are hexadecimal digits of a binary message; null where they are texts
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

    /** What is nearer is now: on the provider's clock it may be past already. */
    private static final Duration SOON = Duration.ofMinutes(1);

    /** Of texts, to a provider that gives references itself. */
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

        /** Texts, names and addresses are personal data. */
        @Override
        public String toString() {
            return "OrderRecipient[" + to + ']';
        }

        public boolean isPersonal() {
            return text != null || name != null || email != null || sendAt != null;
        }
    }

    /** Whether a time is far enough off to be planned. */
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

    /** @param orderRecipient one of the order */
    public String textOf(OrderRecipient orderRecipient) {
        return orderRecipient.text() == null ? text : orderRecipient.text();
    }
}
