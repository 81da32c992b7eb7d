package hoopoe.store.inbox;

import hoopoe.inbox.FeedEntry;
import hoopoe.inbox.Reply;
import hoopoe.inbox.ReplySearch;
import hoopoe.inbox.ReplySearch.RepliesPage;
import hoopoe.inbox.ReplySearch.VisibleReply;
import hoopoe.message.ReplyId;
import hoopoe.message.SortableTime;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.ConflictRetry.ContentionException;
import hoopoe.store.table.Item;
import hoopoe.store.table.Key;
import hoopoe.store.table.Table;
import hoopoe.store.table.Table.WriteResult;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The feed of replies: one list for all callers, in the order in which replies became visible. A time alone does not give that
 * order, because writers commit in another order than they read their clocks, and may be frozen in between. So an entry is
 * written in one transaction with the feed's clock, which must still stand as the writer read it, and only rises
 * (decision 35).
 */
@ApplicationScoped
public class ReplyFeed {

    private static final String LAST = "last";

    /** How long a reply tries to get its place at once. In a crowd it waits for the next tick, and its bringer does not. */
    private static final Duration CROWD = Duration.ofMillis(500);

    /** Waiting entries of one transaction of 100 writes: each is deleted and put, and the clock is set. */
    private static final int AT_ONCE = 49;

    /** For so long a gap may be an entry that is committed, and that not all reads show yet. Real ones last some seconds. */
    private static final Duration SETTLING = Duration.ofMinutes(15);

    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999Z");

    /** Entries of one read. */
    private static final int READ = 500;

    private static final int MOST_READ = 20_000;

    /** Replies that are read at once, at least and at most: a filter may leave few of them. */
    private static final int FEWEST_REPLIES = 25;

    private static final int MOST_REPLIES = 100;

    private final Table table;
    private final Clock clock;
    private final int mostRead;

    @Inject
    public ReplyFeed(Table table, Clock clock) {
        this(table, clock, MOST_READ);
    }

    /** @param mostRead how many entries one search reads, however few of them are for its caller */
    ReplyFeed(Table table, Clock clock, int mostRead) {
        this.table = table;
        this.clock = clock;
        this.mostRead = mostRead;
    }

    /**
     * Makes a reply visible together with other writes, all or none. Where other writers leave it no place for a while, its
     * entry waits for {@link #catchUp}.
     *
     * @return false where a condition of the writes did not hold
     * @throws ContentionException where conflicts with other writers outlast the retries
     */
    boolean append(List<Write> writes, FeedEntry entry) {
        return ConflictRetry.until(table, CROWD, () -> placed(writes, List.of(entry)))
                .orElseGet(() -> {
                    var waiting = new ArrayList<>(writes);
                    waiting.add(Write.put(FeedItem.waiting(entry)));
                    return ConflictRetry.transact(table, waiting, "reply");
                });
    }

    /**
     * Gives places to entries that wait for one.
     *
     * @return how many got theirs
     */
    public int catchUp(BooleanSupplier isTime) {
        int placed = 0;
        while (isTime.getAsBoolean()) {
            var waiting = waiting();
            if (waiting.isEmpty() || !place(waiting)) {
                break;
            }
            placed += waiting.size();
        }
        return placed;
    }

    private List<Item> waiting() {
        return table.query(query -> query.keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(Keys.FEED_WAITING)))
                        .consistentRead(true)
                        .limit(AT_ONCE))
                .items();
    }

    /** False where another worker took some of them. */
    private boolean place(List<Item> waiting) {
        var writes = waiting.stream()
                .map(item -> Write.delete(item.key()).when("attribute_exists({pk})"))
                .toList();
        var entries = waiting.stream().map(FeedItem::read).toList();
        return ConflictRetry.until(table, ConflictRetry.PATIENCE, () -> placed(writes, entries))
                .orElse(false);
    }

    /** Empty where another writer was first, and the places behind its own are to be tried. */
    private Optional<Boolean> placed(List<Write> others, List<FeedEntry> entries) {
        var last = table.get(Keys.feedClock())
                .map(item -> item.requiredInstant(LAST))
                .orElse(null);
        var writes = new ArrayList<>(others);
        var previous = last;
        for (var entry : entries) {
            var at = next(previous);
            writes.add(Write.putNew(FeedItem.of(entry.at(at), previous)));
            previous = at;
        }
        var tick = Write.update(Keys.feedClock())
                .set(Attributes.KIND, "FEED_CLOCK")
                .set(LAST, previous);
        writes.add(last == null ? tick.when("attribute_not_exists({last})") : tick.when("{last} = ?", last));
        var result = table.transact(writes);
        if (result instanceof WriteResult.ConditionFailed failed
                && IntStream.range(0, others.size()).anyMatch(failed::by)) {
            return Optional.of(false);
        }
        return result.done() ? Optional.of(true) : Optional.empty();
    }

    /** The time, or as soon after the entry before as the feed can tell. */
    private Instant next(@Nullable Instant previous) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return previous == null || now.isAfter(previous) ? now : previous.plusMillis(1);
    }

    /** The latest instant that an entry before this one can have. */
    public static Instant before(Instant instant) {
        return instant.minusNanos(1).truncatedTo(ChronoUnit.MILLIS);
    }

    /** The replies that became visible to the caller, in that order. */
    public RepliesPage page(ReplySearch search) {
        var found = new ArrayList<VisibleReply>();
        var next = search.after();
        var until = search.until() == null ? END : before(search.until());
        for (int read = 0; read < mostRead && found.size() < search.limit(); read += READ) {
            var entries = entries(next, until, READ);
            var looked = look(entries, search, found);
            if (looked > 0) {
                next = entries.get(looked - 1).at();
            }
            if (looked < READ) {
                break;
            }
        }
        return new RepliesPage(found, next);
    }

    /** The last place; empty where the feed has no entry yet. */
    public Optional<Instant> last() {
        return table.get(Keys.feedClock()).map(item -> item.requiredInstant(LAST));
    }

    /** Up to which place a follower has told on what became visible; empty where it has told nothing yet. */
    public Optional<Instant> told(String follower) {
        return table.get(Keys.feedFollower(follower)).map(item -> item.requiredInstant(LAST));
    }

    /** @return false where another worker has moved it from {@code from}; null where it is new */
    public boolean move(String follower, @Nullable Instant from, Instant to) {
        var write = Write.update(Keys.feedFollower(follower))
                .set(Attributes.KIND, "FEED_FOLLOWER")
                .set(LAST, to);
        return ConflictRetry.apply(
                table,
                (from == null ? write.when("attribute_not_exists({last})") : write.when("{last} = ?", from)).attempt(),
                "feed");
    }

    /** An entry and its reply; empty where TTL has deleted the reply. */
    public record FollowedEntry(FeedEntry entry, Optional<Reply> reply) {}

    /** The next entries after a place, whoever they are for; they end before one whose reply is not there yet. */
    public List<FollowedEntry> follow(Instant after, int limit) {
        var entries = entries(after, END, limit);
        var keys = entries.stream().map(entry -> Keys.inbound(entry.reply())).collect(Collectors.toSet());
        var replies = read(keys);
        return entries.stream()
                .map(entry -> new FollowedEntry(entry, Optional.ofNullable(replies.get(entry.reply()))))
                .takeWhile(one -> one.reply().isPresent() || !isSettling(one.entry(), clock.instant()))
                .toList();
    }

    /**
     * Entries later than an instant, in order. They end before a gap: a read of many items is no snapshot, and may show a
     * transaction's entry earlier than that of the transaction before.
     */
    private List<FeedEntry> entries(Instant after, Instant until, int limit) {
        var now = clock.instant();
        var oldest = now.minus(ReplyRepository.KEPT);
        var last = after.isBefore(oldest) ? oldest : after;
        if (!last.isBefore(until)) {
            return List.of();
        }
        var entries = new ArrayList<FeedEntry>();
        for (var item : items(last.plusMillis(1), until, limit)) {
            var entry = FeedItem.read(item);
            var previous = FeedItem.previous(item);
            if (previous != null && previous.isAfter(last) && isSettling(entry, now)) {
                break;
            }
            entries.add(entry);
            last = entry.at();
        }
        return entries;
    }

    private List<Item> items(Instant from, Instant until, int limit) {
        return table.query(query -> query.keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :until")
                        .expressionAttributeValues(Map.of(
                                ":pk", AttributeValue.fromS(Keys.FEED),
                                ":from", AttributeValue.fromS(SortableTime.of(from)),
                                ":until", AttributeValue.fromS(SortableTime.of(until))))
                        .consistentRead(true)
                        .limit(limit))
                .items();
    }

    private static boolean isSettling(FeedEntry entry, Instant now) {
        return entry.at().isAfter(now.minus(SETTLING));
    }

    /** @return how many of the entries were looked at: not all where the page is full, or a reply is not there yet */
    private int look(List<FeedEntry> entries, ReplySearch search, List<VisibleReply> found) {
        int looked = 0;
        while (looked < entries.size() && found.size() < search.limit()) {
            var some = some(entries.subList(looked, entries.size()), search, search.limit() - found.size());
            var replies = replies(some, search);
            for (var entry : some) {
                if (found.size() == search.limit()) {
                    return looked;
                }
                if (search.wants(entry)) {
                    var reply = replies.get(entry.reply());
                    if (reply == null && isSettling(entry, clock.instant())) {
                        return looked;
                    }
                    if (reply != null && search.wants(reply)) {
                        found.add(new VisibleReply(entry.at(), reply));
                    }
                }
                looked++;
            }
        }
        return looked;
    }

    /** The first entries, with as many wanted ones as are read at once. */
    private static List<FeedEntry> some(List<FeedEntry> entries, ReplySearch search, int room) {
        int left = Math.min(Math.max(room, FEWEST_REPLIES), MOST_REPLIES);
        for (int i = 0; i < entries.size(); i++) {
            if (search.wants(entries.get(i)) && left-- == 0) {
                return entries.subList(0, i);
            }
        }
        return entries;
    }

    private Map<ReplyId, Reply> replies(List<FeedEntry> entries, ReplySearch search) {
        var keys = entries.stream()
                .filter(search::wants)
                .map(entry -> Keys.inbound(entry.reply()))
                .collect(Collectors.toSet());
        return read(keys);
    }

    private Map<ReplyId, Reply> read(Set<Key> keys) {
        return table.getAll(keys).stream().map(ReplyItem::read).collect(Collectors.toMap(Reply::id, reply -> reply));
    }
}
