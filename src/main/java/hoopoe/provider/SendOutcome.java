package hoopoe.provider;

import hoopoe.message.MessageState;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outcome of a send. Every answer, even a missing one, is one of these four. */
public sealed interface SendOutcome {

    /**
     * The provider accepted the call.
     *
     * @param reference the provider's, as written; ours where the order had one; the first message's where only messages have
     *     one. Null where none is known: the provider can then never be polled about it
     * @param creditLeft points left after the call; null where the provider does not say
     * @param cost points taken; null where the provider does not say
     * @param unsent how many messages the provider says it could not send (EVERY8D UNSEND); never assigned to recipients
     * @param note our code for an unusual answer ({@code partial}, {@code nothing_sent}, {@code ambiguous_cost}), else empty
     * @param results one per recipient in the order's order, where the provider gives them; else empty
     */
    record Accepted(
            @Nullable String reference,
            @Nullable BigDecimal creditLeft,
            @Nullable BigDecimal cost,
            int unsent,
            String note,
            List<RecipientResult> results)
            implements SendOutcome {

        /** The references by which the provider can find the call, without recipients: for the log. */
        public String trace() {
            var call = reference == null ? "no reference" : reference;
            return results.isEmpty()
                    ? call
                    : call + " " + results.stream().map(RecipientResult::id).toList();
        }
    }

    /** The provider refused, finally. */
    record Rejected(String code, String text) implements SendOutcome {}

    /**
     * The messages may or may not have been sent. They are never sent again automatically.
     *
     * @param code {@code lost}, {@code timeout}, {@code malformed}, {@code http_500}, or the provider's own
     * @param reference where the answer contained one nevertheless
     */
    record Unconfirmed(String code, String text, Optional<String> reference) implements SendOutcome {}

    /**
     * Proof that nothing was sent: no byte of the body was handed to the socket and it is closed, or the provider refused the
     * command before looking at it.
     */
    record NotSent(Cause cause, String code, String text) implements SendOutcome {}

    enum Cause {
        /** DNS, connect or TLS failed. */
        UNREACHABLE,
        /** The session was dead (EVERY8D -301); one new claim may follow at once. */
        SESSION_DEAD,
        /** Credentials refused: the account is blocked now. */
        REFUSED,
        /** Too little time was left to start. */
        NO_TIME
    }

    /**
     * The provider's answer for one message: {@code UNCONFIRMED} where it may or may not have been sent, and it is never sent
     * again; {@code REJECTED} where it was refused; otherwise {@code SUBMITTED}.
     *
     * @param id the provider's id of this message; null where it gave none
     * @param code as written; may be empty
     */
    record RecipientResult(MessageState state, @Nullable String id, String code, String text) {}
}
