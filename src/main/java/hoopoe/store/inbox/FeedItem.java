package hoopoe.store.inbox;

import hoopoe.inbox.FeedEntry;
import hoopoe.message.ReplyId;
import hoopoe.message.SortableTime;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.table.Item;
import hoopoe.store.table.Key;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Maps an entry of the feed to its item and back. It has neither text nor number: the reply's own item has them. */
final class FeedItem {

    private static final String REPLY = "reply";
    private static final String ACCOUNT = "account";
    private static final String CALLER = "caller";
    private static final String SHARED = "shared";
    private static final String BATCH = "batch";
    private static final String LATE = "late";
    private static final String PREVIOUS = "previous";

    /** When an entry was made that waits for its place. */
    private static final String MADE = "made";

    private FeedItem() {}

    /** @param previous the place of the entry before; null for the first of all */
    static Item of(FeedEntry entry, @Nullable Instant previous) {
        return item("FEED", entry, Keys.feed(SortableTime.of(entry.at()))).with(PREVIOUS, previous);
    }

    /** An entry that has no place yet. */
    static Item waiting(FeedEntry entry) {
        return item("FEED_WAITING", entry, Keys.feedWaiting(entry.reply(), entry.late()))
                .with(MADE, entry.at());
    }

    private static Item item(String kind, FeedEntry entry, Key key) {
        return Item.of(key)
                .with(Attributes.KIND, kind)
                .with(REPLY, entry.reply().toString())
                .with(ACCOUNT, entry.account())
                .with(CALLER, entry.caller())
                .with(SHARED, entry.shared() ? Boolean.TRUE : null)
                .with(BATCH, entry.batch())
                .with(LATE, entry.late() ? Boolean.TRUE : null)
                .with(
                        Attributes.EXPIRES_AT,
                        entry.at().plus(ReplyRepository.KEPT).getEpochSecond());
    }

    static FeedEntry read(Item item) {
        var made = item.instant(MADE);
        return new FeedEntry(
                made == null ? Instant.parse(item.text(Key.SK)) : made,
                ReplyId.read(item.text(REPLY)),
                item.text(ACCOUNT),
                item.textOrNull(CALLER),
                item.flag(SHARED),
                item.textOrNull(BATCH),
                item.flag(LATE));
    }

    static @Nullable Instant previous(Item item) {
        return item.instant(PREVIOUS);
    }
}
