package hoopoe.store.inbox;

import hoopoe.batch.Batch;
import hoopoe.delivery.CallbackEvent;
import hoopoe.delivery.ProviderReference;
import hoopoe.inbox.FeedEntry;
import hoopoe.inbox.NewReply;
import hoopoe.inbox.Reply;
import hoopoe.message.NumberTags;
import hoopoe.message.PhoneNumber;
import hoopoe.message.ReplyId;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.delivery.CallbackEventRepository;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.ConflictRetry.ContentionException;
import hoopoe.store.table.Item;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stores replies and other received messages: each once, by whichever way it came. */
@ApplicationScoped
public class ReplyRepository {

    /** How long replies are kept. */
    public static final Duration KEPT = Duration.ofDays(90);

    private static final String REPLY = "reply";
    private static final String FROM = "from";

    private final Table table;
    private final CallbackEventRepository callbackEventRepository;
    private final ReplyFeed replyFeed;
    private final NumberTags numberTags;
    private final Clock clock;

    public ReplyRepository(
            Table table,
            CallbackEventRepository callbackEventRepository,
            ReplyFeed replyFeed,
            NumberTags numberTags,
            Clock clock) {
        this.numberTags = numberTags;
        this.table = table;
        this.callbackEventRepository = callbackEventRepository;
        this.replyFeed = replyFeed;
        this.clock = clock;
    }

    /**
     * Stores a reply that a callback brought, and the callback with it.
     *
     * @param providerReference null for a received message without one: then no callback is stored
     * @param identity of the callback
     * @param expires of the callback; null while the dispatch of the reference is unknown
     * @throws ContentionException where conflicts with other writers outlast the retries
     */
    public ReplyId keep(
            NewReply reply, @Nullable ProviderReference providerReference, String identity, @Nullable Instant expires) {
        if (providerReference == null) {
            return keep(reply);
        }
        var draft = reply.received(clock.instant());
        var event = callbackEventRepository.write(
                providerReference, identity, CallbackEvent.reply(reply.sms().from(), draft.id()), expires);
        if (find(reply).isEmpty() && store(reply, draft, event)) {
            return draft.id();
        }
        // A repeat, or a report was first, or a callback that differs only in irrelevant parts.
        var standing = keep(reply);
        callbackEventRepository.keep(
                providerReference, identity, CallbackEvent.reply(reply.sms().from(), standing), expires);
        return standing;
    }

    /** Stores a reply that a report or an inbox brought. @return its id, whichever way it came first */
    public ReplyId keep(NewReply reply) {
        return find(reply).orElseGet(() -> {
            var draft = reply.received(clock.instant());
            return store(reply, draft, null)
                    ? draft.id()
                    : find(reply).orElseThrow(() -> new IllegalStateException("a reply both there and not"));
        });
    }

    /** @return false where the reply or its callback is stored already */
    private boolean store(NewReply reply, Reply draft, @Nullable Write event) {
        return replyFeed.append(writes(reply, draft, event), FeedEntry.first(draft, clock.instant()));
    }

    private List<Write> writes(NewReply reply, Reply draft, @Nullable Write event) {
        var now = clock.instant();
        var expires = now.plus(KEPT);
        var from = reply.sms().from();
        var writes = new ArrayList<Write>();
        writes.add(Write.put(Item.of(Keys.seen(reply.identity()))
                        .with(REPLY, draft.id().toString())
                        .with(FROM, from == null || reply.sms().receivedId() == null ? null : from.e164())
                        .with(Attributes.EXPIRES_AT, expires.getEpochSecond()))
                .when("attribute_not_exists({pk}) OR {expires_at} < ?", now.getEpochSecond()));
        writes.add(Write.put(ReplyItem.of(draft, expires, numberTags)));
        if (event != null) {
            writes.add(event);
        }
        return writes;
    }

    private Optional<ReplyId> find(NewReply reply) {
        return seen(reply.identity()).map(item -> ReplyId.read(item.text(REPLY)));
    }

    /** The sender of the received message with this id; empty where that is not known (any more). */
    public Optional<PhoneNumber> writer(String account, String receivedId) {
        return seen(NewReply.answerable(account, receivedId))
                .flatMap(item -> item.find(FROM))
                .map(PhoneNumber::new);
    }

    private Optional<Item> seen(String identity) {
        return table.get(Keys.seen(identity))
                .filter(item -> item.longNumber(Attributes.EXPIRES_AT)
                        >= clock.instant().getEpochSecond());
    }

    /** Those that are there still, in no order. */
    public List<Reply> find(Set<ReplyId> ids) {
        return table.getAll(ids.stream().map(Keys::inbound).collect(Collectors.toSet())).stream()
                .map(ReplyItem::read)
                .toList();
    }

    public Optional<Reply> find(ReplyId id) {
        return table.get(Keys.inbound(id)).map(ReplyItem::read);
    }

    /** Takes out who wrote a reply, and what: also of the note by which it could be answered. */
    public void erase(Reply reply) {
        var receivedId = reply.sms().receivedId();
        if (receivedId != null) {
            var seen = Write.update(Keys.seen(NewReply.answerable(reply.sms().account(), receivedId)))
                    .remove(FROM)
                    .when("attribute_exists({pk})");
            ConflictRetry.apply(table, seen, "reply");
        }
        ConflictRetry.apply(table, ReplyItem.erase(reply.id()), "reply");
    }

    /**
     * Stores which batch and message a reply answers, once that is known. The caller to whom a reply belongs never changes.
     *
     * @param message its number; null where only the batch is known
     * @return whether the reply is stored, and did not say so before
     */
    public boolean assign(ReplyId id, Batch batch, @Nullable Integer message) {
        var found = find(id).filter(reply -> !isAssigned(reply, batch, message));
        if (found.isEmpty()) {
            return false;
        }
        var reply = found.get();
        var write = Write.update(Keys.inbound(id))
                .set(ReplyItem.BATCH, batch.id())
                .set(ReplyItem.CALLER, batch.caller())
                .set(ReplyItem.MESSAGE, message)
                .when("attribute_exists({pk})");
        if (reply.caller() != null) {
            return ConflictRetry.apply(table, write.when("{caller} = ?", batch.caller()), "reply");
        }
        write.when("attribute_not_exists({caller})");
        var isDone = reply.shared()
                ? ConflictRetry.apply(table, write, "reply")
                : replyFeed.append(List.of(write), FeedEntry.late(reply, batch, clock.instant()));
        return isDone || assign(id, batch, message); // another worker was first, so the caller is known now
    }

    private static boolean isAssigned(Reply reply, Batch batch, @Nullable Integer message) {
        return reply.caller() != null && !reply.caller().equals(batch.caller())
                || batch.id().equals(reply.batch())
                        && batch.caller().equals(reply.caller())
                        && Objects.equals(message, reply.message());
    }
}
