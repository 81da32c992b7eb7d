package hoopoe.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the due items a tick takes, where several workers tick side by side: every {@code of}th shard, so that no two
 * workers have one in common. What is once an account, its inbox and its credit, is the first worker's.
 *
 * @param worker from 0
 * @param of how many workers there are
 */
public record WorkerShare(int worker, int of) {

    /** Of the only worker. */
    public static final WorkerShare WHOLE = new WorkerShare(0, 1);

    private static final Logger LOG = Logger.getLogger(WorkerShare.class);

    /** Each parts the shards evenly. */
    private static final Set<Integer> COUNTS = Set.of(1, 2, 4, 8);

    /**
     * Reads the event of a schedule. A share that there is not becomes the whole: then two workers look at the same items, of
     * which each is done once, while an item in nobody's share would wait for ever.
     */
    static WorkerShare read(@Nullable JsonNode worker, @Nullable JsonNode of) {
        if (isAbsent(worker) && isAbsent(of)) {
            return WHOLE;
        }
        int number = whole(worker);
        int count = whole(of);
        if (COUNTS.contains(count) && number >= 0 && number < count) {
            return new WorkerShare(number, count);
        }
        LOG.errorf(
                "the event names no worker that there is (worker %s, of %s): this tick looks at everything",
                number < 0 ? "unknown" : number, count < 0 ? "unknown" : count);
        return WHOLE;
    }

    private static boolean isAbsent(@Nullable JsonNode value) {
        return value == null || value.isNull();
    }

    /** -1 where it is no whole number. */
    private static int whole(@Nullable JsonNode value) {
        return value != null && value.isIntegralNumber() && value.canConvertToInt()
                ? Math.max(-1, value.intValue())
                : -1;
    }

    boolean isFirst() {
        return worker == 0;
    }

    boolean has(int shard) {
        return shard % of == worker;
    }

    /** Its part of what all workers together may have at once: at least one. */
    int part(int all) {
        return Math.max(1, (all + of - 1) / of);
    }
}
