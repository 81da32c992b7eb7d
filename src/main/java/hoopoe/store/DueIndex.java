package hoopoe.store;

import hoopoe.message.SortableTime;
import hoopoe.store.table.Item;
import hoopoe.store.table.Key;
import hoopoe.store.table.Write;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The {@code due} index: items that need work, and from when. It holds keys only and is never strongly consistent, so a row is
 * a hint: the reader reads the item strongly and acts on that.
 */
public final class DueIndex {

    static final String INDEX = "due";
    static final String SHARD = "due_shard";
    static final String AT = "due_at";
    static final int SHARDS = 8;

    private DueIndex() {}

    public static Item with(Item item, @Nullable Instant due) {
        return due == null ? item : item.with(SHARD, shard(item.key())).with(AT, at(item.key(), due));
    }

    /** Null removes the item from the index. */
    public static Write set(Write write, @Nullable Instant due) {
        return due == null
                ? write.remove(SHARD).remove(AT)
                : write.set(SHARD, shard(write.key())).set(AT, at(write.key(), due));
    }

    /** Holds only while the due time is unchanged. */
    public static Write whenStill(Write write, Instant due) {
        return write.when("{due_at} = ?", at(write.key(), due));
    }

    /** Holds only while the item is not due at any time. */
    public static Write whenNever(Write write) {
        return write.when("attribute_not_exists({due_at})");
    }

    public static @Nullable Instant of(Item item) {
        return item.find(AT)
                .map(at -> Instant.parse(at.substring(0, at.indexOf('#'))))
                .orElse(null);
    }

    static String shard(int shard) {
        return "DUE#" + shard;
    }

    /** An upper bound for all items that are due by then. */
    public static String upTo(Instant instant) {
        return SortableTime.of(instant) + "~";
    }

    private static String shard(Key key) {
        return shard(Math.floorMod(key.hashCode(), SHARDS));
    }

    private static String at(Key key, Instant due) {
        return SortableTime.of(due) + '#' + key.pk() + '#' + key.sk();
    }
}
