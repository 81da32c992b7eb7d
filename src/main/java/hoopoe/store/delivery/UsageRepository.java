package hoopoe.store.delivery;

import hoopoe.delivery.Usage;
import hoopoe.delivery.Usage.CallerUsage;
import hoopoe.delivery.Usage.HourUsage;
import hoopoe.delivery.Usage.UsageCount;
import hoopoe.dispatch.Dispatch;
import hoopoe.message.MessageState;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.table.Item;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counters of what messages took, by caller, account and hour (UTC) of their batch's creation. A day of all callers is one partition.
 * Each counter is a sum of differences, spread over some items: only the sum of these means something.
 */
@ApplicationScoped
public class UsageRepository {

    /** For a year, and a month to ask for it. */
    public static final Duration KEPT = Duration.ofDays(400);

    /** Over how many items more the counters of an hour are spread where transactions meet. */
    private static final int SPREAD = 15;

    private static final String CALLER = "caller";
    private static final String ACCOUNT = "account";
    private static final String HOUR = "hour";
    private static final String MESSAGES = "_messages";
    private static final String SEGMENTS = "_segments";
    private static final String POINTS = "_points";
    private static final String TIMED = "_timed";
    private static final String SECONDS = "_seconds";

    private final Table table;

    public UsageRepository(Table table) {
        this.table = table;
    }

    /**
     * Adds what the messages of a dispatch take more than was counted, to be written with the dispatch in one transaction.
     *
     * @param tried how often it was tried: two that meet at one item meet at different ones next time
     */
    static Write add(Dispatch dispatch, CallerUsage now, Usage counted, int tried) {
        var created = dispatch.lifetime().created().atOffset(ZoneOffset.UTC);
        int place = tried == 0 ? 0 : 1 + Math.floorMod(dispatch.id().hashCode() + tried, SPREAD);
        var day = created.toLocalDate();
        var write = Write.update(Keys.usage(day, now.caller(), created.getHour(), dispatch.account(), place))
                .set(Attributes.KIND, "USAGE")
                .set(CALLER, now.caller())
                .set(ACCOUNT, dispatch.account())
                .set(HOUR, created.getHour())
                .set(Attributes.EXPIRES_AT, expires(day).getEpochSecond());
        now.usage().since(counted).forEach((state, change) -> {
            write.add(state + MESSAGES, change.messages()).add(state + SEGMENTS, change.segments());
            if (change.points() != null) {
                write.add(state + POINTS, change.points());
            }
            if (change.timed() != 0 || change.seconds() != 0) {
                write.add(state + TIMED, change.timed()).add(state + SECONDS, change.seconds());
            }
        });
        return write;
    }

    private static Instant expires(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC).plus(KEPT);
    }

    /**
     * What was counted of batches of this day, strongly consistent, in no order. The same hour may be there several times.
     *
     * @param caller null for all
     */
    public List<HourUsage> of(LocalDate day, @Nullable String caller) {
        return table.query(Keys.usages(day), Keys.usagesOf(caller)).stream()
                // a caller of a token may have a # in its name
                .filter(item -> caller == null || item.text(CALLER).equals(caller))
                .map(UsageRepository::read)
                .toList();
    }

    private static HourUsage read(Item item) {
        var counts = new TreeMap<String, UsageCount>();
        for (var state : MessageState.values()) {
            var label = state.label();
            if (item.has(label + MESSAGES)) {
                counts.put(
                        label,
                        new UsageCount(
                                item.longNumber(label + MESSAGES),
                                item.longNumber(label + SEGMENTS),
                                item.sum(label + POINTS),
                                item.longNumber(label + TIMED),
                                item.longNumber(label + SECONDS)));
            }
        }
        return new HourUsage(item.text(CALLER), item.text(ACCOUNT), item.number(HOUR), Map.copyOf(counts));
    }
}
