package hoopoe.batch.check;

import hoopoe.message.StatusFact;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.ReportPage;
import hoopoe.store.Event;
import hoopoe.store.Line;
import hoopoe.store.Recipient;
import hoopoe.store.ReplyId;
import hoopoe.store.Report;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Joins what is said of a dispatch to its messages, by number: a number occurs once in a dispatch. A union, so in any order
 * and as often as one likes. What fits no message is kept aside.
 */
final class Joining {

    private final Map<String, Integer> messages = new HashMap<>();
    private int version;
    private final Map<Integer, Line> lines;
    private final Optional<Integer> only;
    private Line strays;

    Joining(List<Recipient> recipients, Report before) {
        recipients.forEach(recipient -> messages.put(recipient.to(), recipient.n()));
        only = recipients.size() == 1 ? Optional.of(recipients.get(0).n()) : Optional.empty();
        version = before.version();
        lines = new TreeMap<>(before.lines());
        strays = before.strays();
    }

    Joining event(Event event) {
        return change(event.to(), line -> {
            var more = event.fact() == null ? line : line.with(event.fact());
            return (event.reply() == null ? more : more.with(List.of(event.reply()))).sent(event.sentAt());
        });
    }

    Joining row(ReportPage.ReportRow reportRow) {
        return fact(reportRow.to(), reportRow.fact(), reportRow.sentAt());
    }

    Joining fact(@Nullable PhoneNumber to, StatusFact statusFact, @Nullable Instant sentAt) {
        return change(to, line -> line.with(statusFact).sent(sentAt));
    }

    Joining reply(@Nullable PhoneNumber from, ReplyId reply) {
        return change(from, line -> line.with(List.of(reply)));
    }

    /** The number of the message to, or from, that number; without a number only where there is but one. */
    Optional<Integer> message(@Nullable PhoneNumber number) {
        return number == null ? only : Optional.ofNullable(messages.get(number.e164()));
    }

    /** What is known so far of the message to, or from, that number. */
    Line line(@Nullable PhoneNumber number) {
        return message(number).map(n -> lines.getOrDefault(n, Line.EMPTY)).orElse(strays);
    }

    /** What was joined so far stands in the table now. */
    void written() {
        version++;
    }

    Report report() {
        return new Report(version, lines, strays);
    }

    private Joining change(@Nullable PhoneNumber number, UnaryOperator<Line> change) {
        message(number)
                .ifPresentOrElse(
                        n -> lines.put(n, change.apply(lines.getOrDefault(n, Line.EMPTY))),
                        () -> strays = change.apply(strays));
        return this;
    }
}
