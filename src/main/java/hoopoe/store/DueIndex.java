package hoopoe.store;

import hoopoe.message.SortableTime;
import hoopoe.store.table.Item;
import hoopoe.store.table.Key;
import hoopoe.store.table.Write;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The {@code due} index: what needs looking after, and when. Keys only and never consistent, so always a hint: who finds
 * a row reads the item strongly and acts on that.
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

    /** Null takes it out of the index. */
    public static Write set(Write write, @Nullable Instant due) {
        return due == null
                ? write.remove(SHARD).remove(AT)
                : write.set(SHARD, shard(write.key())).set(AT, at(write.key(), due));
    }

    /** Nobody has set another time. */
    static Write whenStill(Write write, Instant due) {
        return write.when("{due_at} = ?", at(write.key(), due));
    }

    public static @Nullable Instant of(Item item) {
        return item.find(AT)
                .map(at -> Instant.parse(at.substring(0, at.indexOf('#'))))
                .orElse(null);
    }

    static String shard(int shard) {
        return "DUE#" + shard;
    }

    /** Sorts by instant; as an upper bound for all that is due by then, append {@code ~}. */
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
