package hoopoe.batch;

import hoopoe.message.MessageState;
import hoopoe.message.Settling;
import hoopoe.provider.Accounts;
import hoopoe.store.Batch;
import hoopoe.store.Dispatch;
import hoopoe.store.Event;
import hoopoe.store.Events;
import hoopoe.store.Line;
import hoopoe.store.Recipient;
import hoopoe.store.Recipients;
import hoopoe.store.Reference;
import hoopoe.store.Report;
import hoopoe.store.Reports;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the messages of a dispatch stand at this moment: its register, its report, and callbacks not yet joined to it. */
@ApplicationScoped
public class Standing {

    private final Recipients recipients;
    private final Reports reports;
    private final Events events;
    private final Accounts accounts;
    private final Clock clock;

    public Standing(Recipients recipients, Reports reports, Events events, Accounts accounts, Clock clock) {
        this.recipients = recipients;
        this.reports = reports;
        this.events = events;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * One message.
     *
     * @param dispatch null where it is not yet created
     * @param line what was said of this one
     */
    record Message(Batch batch, @Nullable Dispatch dispatch, Recipient recipient, MessageState state, Line line) {

        @Nullable Instant sendAt() {
            return recipient.sendAt() == null ? batch.sendAt() : recipient.sendAt();
        }
    }

    /** @param live whether to look for callbacks that no check has joined yet */
    List<Message> of(Batch batch, int n, @Nullable Dispatch dispatch, boolean live) {
        var all = recipients.of(batch.id(), n);
        var lines = dispatch == null ? Map.<Integer, Line>of() : lines(dispatch, all, live);
        return all.stream()
                .map(recipient -> message(batch, dispatch, recipient, lines.getOrDefault(recipient.n(), Line.EMPTY)))
                .toList();
    }

    /** Whether nothing more is waited for. */
    boolean isSettled(Message message) {
        var dispatch = message.dispatch();
        return settling(message.batch())
                .settled(message.state(), dispatch != null && dispatch.reference() != null, clock.instant());
    }

    private Message message(Batch batch, @Nullable Dispatch dispatch, Recipient recipient, Line line) {
        var sendAt = recipient.sendAt() == null ? batch.sendAt() : recipient.sendAt();
        var register = dispatch == null ? MessageState.ACCEPTED : Register.of(dispatch, sendAt);
        var state = settling(batch).shown(line.history().over(register), clock.instant());
        return new Message(batch, dispatch, recipient, state, line);
    }

    private static Settling settling(Batch batch) {
        var validity = Duration.between(batch.sendAt() == null ? batch.created() : batch.sendAt(), batch.notAfter());
        return Settling.after(batch.lastSendAt().plus(validity));
    }

    private Map<Integer, Line> lines(Dispatch dispatch, List<Recipient> all, boolean live) {
        var lines = new HashMap<>(report(dispatch).lines());
        var reference = dispatch.reference();
        if (live && reference != null) {
            var numbers = new HashMap<String, Integer>();
            all.forEach(recipient -> numbers.put(recipient.to(), recipient.n()));
            accounts.find(dispatch.account())
                    .map(account -> new Reference(account.provider(), account.name(), reference))
                    .ifPresent(key -> events.of(key).forEach(kept -> join(kept.event(), numbers, lines)));
        }
        return lines;
    }

    /** What was never handed to a provider, nobody has said anything of. */
    private Report report(Dispatch dispatch) {
        return dispatch.countedAt() == null && dispatch.reference() == null ? Report.NONE : reports.of(dispatch.id());
    }

    private static void join(Event event, Map<String, Integer> numbers, Map<Integer, Line> lines) {
        var n = event.to() == null ? null : numbers.get(event.to().e164());
        if (n == null) {
            return;
        }
        var line = lines.getOrDefault(n, Line.EMPTY).sent(event.sentAt());
        line = event.fact() == null ? line : line.with(event.fact());
        lines.put(n, event.reply() == null ? line : line.with(Set.of(event.reply())));
    }
}
