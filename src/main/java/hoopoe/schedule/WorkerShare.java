package hoopoe.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
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

    /** Each parts the shards evenly. */
    private static final Set<Integer> COUNTS = Set.of(1, 2, 4, 8);

    /** Reads what the event of a schedule says; without both it is the whole. Empty where there is no such worker. */
    static Optional<WorkerShare> read(@Nullable JsonNode worker, @Nullable JsonNode of) {
        if (isAbsent(worker) && isAbsent(of)) {
            return Optional.of(WHOLE);
        }
        int number = whole(worker);
        int count = whole(of);
        return COUNTS.contains(count) && number >= 0 && number < count
                ? Optional.of(new WorkerShare(number, count))
                : Optional.empty();
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
