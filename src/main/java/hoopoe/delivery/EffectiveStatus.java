package hoopoe.delivery;

import hoopoe.batch.Batch;
import hoopoe.batch.Recipient;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.message.MessageState;
import hoopoe.message.StatusTimeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the messages of a dispatch show: the state of the dispatch, the facts of its report, and what time makes of both.
 *
 * @param report what is known, possibly not yet written
 */
public record EffectiveStatus(Batch batch, Dispatch dispatch, DeliveryReport report, Instant now) {

    public MessageState of(Recipient recipient) {
        return settling(batch).shown(said(recipient), now);
    }

    /** Messages by state label. */
    public Map<String, Integer> counts(List<Recipient> recipients) {
        var counts = new LinkedHashMap<String, Integer>();
        recipients.forEach(recipient -> counts.merge(of(recipient).label(), 1, Integer::sum));
        return counts;
    }

    /** Whether nothing is waited for any more. */
    public boolean isSettled(List<Recipient> recipients) {
        var statusTimeouts = settling(batch);
        return recipients.stream()
                .allMatch(recipient -> statusTimeouts.settled(said(recipient), canBeAsked(recipient), now));
    }

    /** Whether nothing is left to be asked. */
    public boolean isFinal(List<Recipient> recipients) {
        return recipients.stream().map(this::said).allMatch(MessageState::isFinal);
    }

    /** Without what time makes of it. */
    public MessageState said(Recipient recipient) {
        var sendAt = recipient.sendAt() == null ? batch.sendAt() : recipient.sendAt();
        var state = withoutFacts(dispatch, sendAt);
        var statusHistory = report.line(recipient.n()).history();
        return dispatch.state() == DispatchState.SUBMITTED && !state.isFinal()
                ? statusHistory.answered().orElseGet(() -> statusHistory.over(state))
                : statusHistory.over(state);
    }

    /** By the reference of all, unless its own answer named none for this one. */
    private boolean canBeAsked(Recipient recipient) {
        var messageReport = report.line(recipient.n());
        return dispatch.reference() != null
                && (messageReport.id() != null
                        || messageReport.history().answered().isEmpty());
    }

    /** From the latest time that any of its messages may still be tried. */
    public static StatusTimeouts settling(Batch batch) {
        var sendAt = batch.sendAt();
        var begin = sendAt == null || sendAt.isBefore(batch.created()) ? batch.created() : sendAt;
        return StatusTimeouts.after(batch.lastSendAt().plus(Duration.between(begin, batch.notAfter())));
    }

    /**
     * What a dispatch says of a message of which nobody has said more.
     *
     * @param sendAt when this message shall be sent; null for at once
     */
    public static MessageState withoutFacts(Dispatch dispatch, @Nullable Instant sendAt) {
        if (isTakenBack(dispatch)) {
            return MessageState.CANCELLED;
        }
        return switch (dispatch.state()) {
            case ACCEPTED -> MessageState.ACCEPTED;
            case DISPATCHING -> MessageState.DISPATCHING;
            case UNCONFIRMED -> MessageState.UNCONFIRMED;
            case SUBMITTED -> isScheduled(dispatch, sendAt) ? MessageState.SCHEDULED : MessageState.SUBMITTED;
            case REJECTED -> MessageState.REJECTED;
            case CANCELLED -> MessageState.CANCELLED;
            case EXPIRED -> MessageState.EXPIRED;
        };
    }

    /** The provider says how many it cancelled, and not which: only all of them are known one by one. */
    private static boolean isTakenBack(Dispatch dispatch) {
        var deleted = dispatch.deleted();
        return deleted != null && deleted >= dispatch.size();
    }

    /** A time that was past when the provider took it went out empty: now. */
    private static boolean isScheduled(Dispatch dispatch, @Nullable Instant sendAt) {
        var submitted = dispatch.submitted();
        return sendAt != null && submitted != null && sendAt.isAfter(submitted);
    }
}
