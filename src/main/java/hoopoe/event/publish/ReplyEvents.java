package hoopoe.event.publish;

import hoopoe.config.Setting;
import hoopoe.event.Event;
import hoopoe.event.EventSink;
import hoopoe.event.EventType;
import hoopoe.inbox.FeedEntry;
import hoopoe.inbox.Reply;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.Deadline;
import hoopoe.store.inbox.ReplyFeed;
import hoopoe.store.inbox.ReplyFeed.FollowedEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners of replies: each sink follows the feed of replies from a place of its own, which moves on only when it has taken
 * what is before it. So a sink that is down misses nothing, and none waits for another. A reply that only operators see is told when
 * its caller is known.
 */
@ApplicationScoped
public class ReplyEvents {

    private static final int TOGETHER = 100;

    /** With less time left, no further replies are told. */
    private static final Duration ENOUGH = Duration.ofSeconds(5);

    /** Nobody may have listened for long: older replies are no news. */
    private static final Duration NEWS = Duration.ofDays(3);

    private final ReplyFeed replyFeed;
    private final EventSinks eventSinks;
    private final Config config;

    public ReplyEvents(ReplyFeed replyFeed, EventSinks eventSinks, Config config) {
        this.replyFeed = replyFeed;
        this.eventSinks = eventSinks;
        this.config = config;
    }

    /** Tells what became visible and was not told, as far as there is time. What cannot be told now, the next call tells. */
    public void tell(Deadline deadline) {
        for (var sink : eventSinks.of(null)) {
            var told = replyFeed.told(sink.name());
            var from = told.orElseGet(() -> begin(sink, deadline.clock().instant()));
            var moves = true;
            while (moves && deadline.leaves(ENOUGH)) {
                var next = next(sink, from, deadline);
                moves = next.isPresent();
                from = next.orElse(from);
            }
        }
    }

    /** A sink that is new is told from now on; of an empty feed from its first entry, whatever the clock of its writer says. */
    private Instant begin(EventSink sink, Instant now) {
        var end = replyFeed.last().orElse(now.minus(NEWS));
        return replyFeed.move(sink.name(), null, end)
                ? end
                : replyFeed.told(sink.name()).orElse(end);
    }

    /** @return the place up to which all is told now; empty where nothing is left, or cannot be told */
    private Optional<Instant> next(EventSink sink, Instant from, Deadline deadline) {
        var oldest = deadline.clock().instant().minus(NEWS);
        var entries = replyFeed.follow(from.isBefore(oldest) ? oldest : from, TOGETHER);
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        var content = Setting.EVENTS_CONTENT.flag(config);
        var events = events(entries, content);
        var to = entries.get(entries.size() - 1).entry().at();
        return (events.isEmpty() || eventSinks.give(sink.name(), events, content, deadline.left()))
                        && replyFeed.move(sink.name(), from, to)
                ? Optional.of(to)
                : Optional.empty();
    }

    private static List<Event> events(List<FollowedEntry> entries, boolean content) {
        return entries.stream()
                .filter(one -> one.entry().isForCallers())
                .flatMap(one -> one.reply().stream()
                        .filter(reply -> !reply.erased())
                        .map(reply -> event(one.entry(), reply, content)))
                .toList();
    }

    /** @param content part of the id: a repeat under another setting has another content */
    private static Event event(FeedEntry entry, Reply reply, boolean content) {
        var sms = reply.sms();
        var data = new HashMap<String, @Nullable Object>();
        data.put("reply_id", reply.id().toString());
        data.put("batch_id", entry.batch());
        data.put("received_id", sms.receivedId());
        data.put("received_at", reply.received().toString());
        data.put("at", sms.at() == null ? null : sms.at().toString());
        data.put("account", entry.account());
        data.put("caller", entry.caller());
        var texts = new HashMap<String, @Nullable Object>();
        texts.put("from", Optional.ofNullable(sms.from()).map(PhoneNumber::e164).orElse(null));
        texts.put("to", sms.to());
        texts.put("text", sms.text());
        return new Event(
                Event.id(entry.at(), reply.id() + (content ? "#content" : "")),
                EventType.REPLY_RECEIVED,
                entry.at(),
                entry.caller(),
                entry.account(),
                data,
                texts);
    }
}
