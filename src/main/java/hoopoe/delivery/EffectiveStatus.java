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

/**
 * What the messages of a dispatch show: its register, the facts of its report, and what time makes of both.
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
        var register = DispatchStatus.of(dispatch, sendAt);
        var statusHistory = report.line(recipient.n()).history();
        return dispatch.state() == DispatchState.SUBMITTED && !register.isFinal()
                ? statusHistory.answered().orElseGet(() -> statusHistory.over(register))
                : statusHistory.over(register);
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
}
