package hoopoe.delivery;

import hoopoe.batch.Batch;
import hoopoe.batch.Recipient;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The states that the messages of a dispatch show: from the state of the dispatch, the facts of its report, and timeouts.
 *
 * @param report what is known, possibly not yet written
 */
public record EffectiveStatus(Batch batch, Dispatch dispatch, DeliveryReport report, Instant now) {

    public MessageState of(Recipient recipient) {
        return settling(batch).shown(said(recipient), now);
    }

    /**
     * The fact that decides what is shown; empty where the dispatch decides. A message that a timeout made unknown still shows the
     * provider's last fact.
     */
    public Optional<StatusFact> decisive(Recipient recipient) {
        var state = of(recipient);
        return report.line(recipient.n())
                .history()
                .winner()
                .filter(statusFact -> statusFact.state() == state || state == MessageState.UNKNOWN);
    }

    /** When it was delivered, as the provider says; empty where it was not, or the provider does not say when. */
    public Optional<Instant> deliveredAt(Recipient recipient) {
        return decisive(recipient)
                .filter(statusFact -> statusFact.state() == MessageState.DELIVERED)
                .map(StatusFact::at);
    }

    /**
     * From the send to the delivery. The send is when the provider says; else when it took the dispatch, or when it was to send the
     * message. Where clocks differ so that it was delivered before it was sent, it took no time.
     */
    public Optional<Duration> timeToDelivery(Recipient recipient) {
        var sent = sentAt(recipient);
        return sent == null
                ? Optional.empty()
                : deliveredAt(recipient).map(at -> at.isBefore(sent) ? Duration.ZERO : Duration.between(sent, at));
    }

    private @Nullable Instant sentAt(Recipient recipient) {
        var reported = report.line(recipient.n()).sentAt();
        var submitted = dispatch.submission().submitted();
        if (reported != null || submitted == null) {
            return reported;
        }
        var sendAt = sendAt(recipient);
        return sendAt != null && sendAt.isAfter(submitted) ? sendAt : submitted;
    }

    private @Nullable Instant sendAt(Recipient recipient) {
        return recipient.sendAt() == null ? batch.window().sendAt() : recipient.sendAt();
    }

    /** The code that is shown, of the fact or else of the dispatch, as the provider wrote it or ours; null where there is none. */
    public @Nullable String code(Recipient recipient) {
        var code = decisive(recipient)
                .map(StatusFact::code)
                .orElse(dispatch.submission().code());
        return code == null || code.isEmpty() ? null : code;
    }

    /** Messages by state label. */
    public Map<String, Integer> counts(List<Recipient> recipients) {
        var counts = new LinkedHashMap<String, Integer>();
        recipients.forEach(recipient -> counts.merge(of(recipient).label(), 1, Integer::sum));
        return counts;
    }

    /** Whether no message is waiting for another state. */
    public boolean isSettled(List<Recipient> recipients) {
        var statusTimeouts = settling(batch);
        return recipients.stream()
                .allMatch(recipient -> statusTimeouts.settled(said(recipient), canBeAsked(recipient), now));
    }

    /** Whether all messages have a final state, so that there is nothing to poll for. */
    public boolean isFinal(List<Recipient> recipients) {
        return recipients.stream().map(this::said).allMatch(MessageState::isFinal);
    }

    /** The state without timeouts. */
    public MessageState said(Recipient recipient) {
        var state = withoutFacts(dispatch, sendAt(recipient));
        var statusHistory = report.line(recipient.n()).history();
        return dispatch.state() == DispatchState.SUBMITTED && !state.isFinal()
                ? statusHistory.answered().orElseGet(() -> statusHistory.over(state))
                : statusHistory.over(state);
    }

    /** Polls go by the dispatch's reference; a message whose own answer gave it no id cannot be polled for. */
    private boolean canBeAsked(Recipient recipient) {
        var messageReport = report.line(recipient.n());
        return dispatch.submission().reference() != null
                && (messageReport.id() != null
                        || messageReport.history().answered().isEmpty());
    }

    /** The timeouts, from the latest time at which any message of the batch may still be tried. */
    public static StatusTimeouts settling(Batch batch) {
        var sendAt = batch.window().sendAt();
        var begin = sendAt == null || sendAt.isBefore(batch.lifetime().created())
                ? batch.lifetime().created()
                : sendAt;
        return StatusTimeouts.after(batch.window()
                .lastSendAt()
                .plus(Duration.between(begin, batch.window().notAfter())));
    }

    /**
     * The state of a message of which no facts are known.
     *
     * @param sendAt when this message is to be sent; null for at once
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

    /** The provider says how many messages it cancelled, not which: single ones are known only where it cancelled all. */
    private static boolean isTakenBack(Dispatch dispatch) {
        var deleted = dispatch.cancellation().deleted();
        return deleted != null && deleted >= dispatch.size();
    }

    /** A send time that had passed when the provider took the dispatch was sent empty, which means now. */
    private static boolean isScheduled(Dispatch dispatch, @Nullable Instant sendAt) {
        var submitted = dispatch.submission().submitted();
        return sendAt != null && submitted != null && sendAt.isAfter(submitted);
    }

    /**
     * The effect of time on the messages of one dispatch (src/site/api.md, States). Settled is not final: later facts count.
     *
     * @param unconfirmed when an unconfirmed message without a reference is settled: last send_at + validity + 1 h
     * @param unknown when a message with a reference and without a final fact is settled: last send_at + validity + 72 h
     */
    public record StatusTimeouts(Instant unconfirmed, Instant unknown) {

        private static final Duration UNCONFIRMED_AFTER = Duration.ofHours(1);
        private static final Duration UNKNOWN_AFTER = Duration.ofHours(72);

        /** @param over last send_at + validity */
        public static StatusTimeouts after(Instant over) {
            return new StatusTimeouts(over.plus(UNCONFIRMED_AFTER), over.plus(UNKNOWN_AFTER));
        }

        /** The state that a message shows when its facts and its dispatch say {@code state}. */
        public MessageState shown(MessageState state, Instant now) {
            var gone = (state == MessageState.SUBMITTED || state == MessageState.SCHEDULED) && !now.isBefore(unknown);
            return gone ? MessageState.UNKNOWN : state;
        }

        /** @param referenced whether the provider can be polled: then an unconfirmed message is settled as late as all others */
        public boolean settled(MessageState state, boolean referenced, Instant now) {
            return state.isFinal()
                    || !now.isBefore(unknown)
                    || state == MessageState.UNCONFIRMED && !referenced && !now.isBefore(unconfirmed);
        }
    }
}
