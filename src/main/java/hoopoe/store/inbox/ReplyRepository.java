package hoopoe.store.inbox;

import hoopoe.batch.Batch;
import hoopoe.delivery.CallbackEvent;
import hoopoe.delivery.ProviderReference;
import hoopoe.inbox.NewReply;
import hoopoe.inbox.Reply;
import hoopoe.inbox.ReplySearch;
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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores replies and other received messages: each once, by whichever way it came. */
@ApplicationScoped
public class ReplyRepository {

    /** How long replies are kept. */
    public static final Duration KEPT = Duration.ofDays(90);

    private static final Duration AHEAD = Duration.ofDays(3);
    private static final String REPLY = "reply";
    private static final String FROM = "from";

    /** How many rows one search reads, however few of them it returns. */
    private static final int MOST_READ = 5000;

    private final Table table;
    private final CallbackEventRepository callbackEventRepository;
    private final ReplyDays days;
    private final Clock clock;

    public ReplyRepository(Table table, CallbackEventRepository callbackEventRepository, ReplyDays days, Clock clock) {
        this.table = table;
        this.callbackEventRepository = callbackEventRepository;
        this.days = days;
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
        days.note(draft.id().day());
        return ConflictRetry.transact(table, writes(reply, draft, event), "reply");
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
        writes.add(Write.put(ReplyItem.of(draft, expires)));
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

    public Optional<Reply> find(ReplyId id) {
        return table.get(Keys.inbound(id)).map(ReplyItem::read);
    }

    /**
     * Stores which batch and message a reply answers, once that is known.
     *
     * @param message its number; null where only the batch is known
     */
    public void assign(ReplyId id, Batch batch, @Nullable Integer message) {
        var write = Write.update(Keys.inbound(id))
                .set(ReplyItem.BATCH, batch.id())
                .set(ReplyItem.CALLER, batch.caller())
                .set(ReplyItem.MESSAGE, message)
                .when("attribute_exists({pk})");
        ConflictRetry.apply(table, write, "reply");
    }

    /** Newest first. */
    public ReplySearch.RepliesPage list(ReplySearch search) {
        var found = new ArrayList<Reply>();
        ReplyId last = null;
        int read = 0;
        for (var day : daysOf(search)) {
            var rows = new ReplyDay(table, day, search.after());
            while (rows.hasNext()) {
                if (found.size() == search.limit() || read == MOST_READ) {
                    return new ReplySearch.RepliesPage(found, last);
                }
                var reply = rows.next();
                last = reply.id();
                read++;
                if (search.wants(reply)) {
                    found.add(reply);
                }
            }
        }
        return new ReplySearch.RepliesPage(found, null);
    }

    private List<LocalDate> daysOf(ReplySearch search) {
        var now = clock.instant();
        // A reply is stored under the provider's day only where that is near ours, so none is later than this.
        var latest = now.plus(AHEAD);
        var asked = search.after() != null ? search.after().at() : search.until() == null ? latest : search.until();
        var last = asked.isBefore(latest) ? asked : latest;
        var first = search.from() == null || search.from().isBefore(now.minus(KEPT)) ? now.minus(KEPT) : search.from();
        return days.between(day(first), day(last));
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
