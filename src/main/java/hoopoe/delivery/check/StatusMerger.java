package hoopoe.delivery.check;

import hoopoe.batch.Recipient;
import hoopoe.delivery.CallbackEvent;
import hoopoe.delivery.DeliveryReport;
import hoopoe.message.MessageReport;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import hoopoe.message.StatusFact;
import hoopoe.provider.ReportPage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Merges facts and replies into the messages of a dispatch, by phone number: a number occurs once in a dispatch. A
 * callback of an erased person has the number of the message instead. The merge is
 * a union, so order and repeats do not matter. What fits no message is kept as a stray.
 */
final class StatusMerger {

    private final Map<PhoneNumber, Integer> messages = new HashMap<>();
    private int version;
    private final Map<Integer, MessageReport> lines;
    private final Optional<Integer> only;
    private MessageReport strays;

    StatusMerger(List<Recipient> recipients, DeliveryReport before) {
        recipients.stream()
                .filter(recipient -> recipient.to() != null)
                .forEach(recipient -> messages.put(recipient.to(), recipient.n()));
        only = recipients.size() == 1 ? Optional.of(recipients.get(0).n()) : Optional.empty();
        version = before.version();
        lines = new TreeMap<>(before.lines());
        strays = before.strays();
    }

    StatusMerger event(CallbackEvent callbackEvent) {
        return change(message(callbackEvent), messageReport -> {
            var more = callbackEvent.fact() == null ? messageReport : messageReport.with(callbackEvent.fact());
            return (callbackEvent.reply() == null ? more : more.with(List.of(callbackEvent.reply())))
                    .sent(callbackEvent.sentAt());
        });
    }

    StatusMerger row(ReportPage.ReportRow reportRow) {
        return fact(reportRow.to(), reportRow.fact(), reportRow.sentAt());
    }

    StatusMerger fact(@Nullable PhoneNumber to, StatusFact statusFact, @Nullable Instant sentAt) {
        return change(
                message(to), messageReport -> messageReport.with(statusFact).sent(sentAt));
    }

    StatusMerger reply(@Nullable PhoneNumber from, ReplyId reply) {
        return change(message(from), messageReport -> messageReport.with(List.of(reply)));
    }

    /** The number of the message to, or from, that phone number; without a phone number only where there is but one message. */
    Optional<Integer> message(@Nullable PhoneNumber number) {
        return number == null ? only : Optional.ofNullable(messages.get(number));
    }

    Optional<Integer> message(CallbackEvent callbackEvent) {
        return callbackEvent.message() == null ? message(callbackEvent.to()) : Optional.of(callbackEvent.message());
    }

    /** What is known so far of the message of a callback. */
    MessageReport line(CallbackEvent callbackEvent) {
        return line(message(callbackEvent));
    }

    /** What is known so far of the message to, or from, that phone number. */
    MessageReport line(@Nullable PhoneNumber number) {
        return line(message(number));
    }

    private MessageReport line(Optional<Integer> message) {
        return message.map(n -> lines.getOrDefault(n, MessageReport.EMPTY)).orElse(strays);
    }

    /** What was merged so far is stored now. */
    void written() {
        version++;
    }

    DeliveryReport report() {
        return new DeliveryReport(version, lines, strays);
    }

    private StatusMerger change(Optional<Integer> message, UnaryOperator<MessageReport> change) {
        message.ifPresentOrElse(
                n -> lines.put(n, change.apply(lines.getOrDefault(n, MessageReport.EMPTY))),
                () -> strays = change.apply(strays));
        return this;
    }
}
