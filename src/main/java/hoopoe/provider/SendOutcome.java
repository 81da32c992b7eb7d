package hoopoe.provider;

import hoopoe.message.MessageState;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a send ended. There is no fifth way: whatever came back, or did not, is one of these. */
public sealed interface SendOutcome {

    /**
     * The provider took it.
     *
     * @param reference the provider's, as written; that of the order where it had one; where there is one a message and none of
     *     the call, the first of those. Null where no reference is known: then nothing of it can ever be asked
     * @param creditLeft points left after it; null where not said
     * @param cost points taken; null where not said
     * @param unsent messages the provider says it could not send (EVERY8D UNSEND); never assigned to particular recipients
     * @param note a code of ours where the answer was odd ({@code partial}, {@code nothing_sent}, {@code ambiguous_cost}), else empty
     * @param results one a recipient, where the provider gives them, in the order's order; else empty
     */
    record Accepted(
            @Nullable String reference,
            @Nullable BigDecimal creditLeft,
            @Nullable BigDecimal cost,
            int unsent,
            String note,
            List<RecipientResult> results)
            implements SendOutcome {

        /** What it can be found by at the provider, and nothing of whom it went to: for the log. */
        public String trace() {
            var call = reference == null ? "no reference" : reference;
            return results.isEmpty()
                    ? call
                    : call + " " + results.stream().map(RecipientResult::id).toList();
        }
    }

    /** The provider said no, for good. */
    record Rejected(String code, String text) implements SendOutcome {}

    /**
     * It may or may not have been sent: never sent again by itself.
     *
     * @param code {@code lost}, {@code timeout}, {@code malformed}, {@code http_500}, or the provider's own
     * @param reference where the answer held one all the same
     */
    record Unconfirmed(String code, String text, Optional<String> reference) implements SendOutcome {}

    /**
     * Proof that nothing was sent: no byte of the body was handed to the socket and it is closed, or the provider refused
     * the command before looking at it.
     */
    record NotSent(Cause cause, String code, String text) implements SendOutcome {}

    enum Cause {
        /** DNS, connect or TLS failed. */
        UNREACHABLE,
        /** The session was dead (EVERY8D -301); a new claim may follow at once, one time. */
        SESSION_DEAD,
        /** Credentials refused: the account is latched now. */
        REFUSED,
        /** Too little time was left to start. */
        NO_TIME
    }

    /**
     * What the answer says of one message. One that may or may not have been sent is {@code UNCONFIRMED}, and never sent again;
     * one that was refused {@code REJECTED}; all others {@code SUBMITTED}.
     *
     * @param id the provider's of this one message; null where it gave none
     * @param code as written; may be empty
     */
    record RecipientResult(MessageState state, @Nullable String id, String code, String text) {}
}
