package hoopoe.aws;

import hoopoe.aws.AwsResponse.AwsAnswer;
import hoopoe.aws.AwsResponse.AwsNoAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Any number of entries by a batch operation. A call has 10 entries and 256 KiB at most: what {@code PutEvents} (Amazon EventBridge
 * API Reference) and {@code SendMessageBatch} (Amazon SQS API Reference; 1 MiB since August 2025) both take. Entries that are refused
 * are repeated, these alone, three times in all. A call that fails as a whole, after tries of its own, ends it: more calls would only
 * add to what AWS cannot take.
 */
public final class BatchCalls<T> {

    private static final Logger LOG = Logger.getLogger(BatchCalls.class);
    private static final int ENTRIES = 10;
    private static final int BYTES = 256 * 1024;
    private static final int TRIES = 3;

    private final AwsJsonClient client;
    private final BatchOperation<T> operation;

    public BatchCalls(AwsJsonClient client, BatchOperation<T> operation) {
        this.client = client;
        this.operation = operation;
    }

    /**
     * Each entry is in one of both lists.
     *
     * @param code why some are owed: AWS' error code or ours
     */
    public record BatchResult<T>(List<T> taken, List<T> owed, Optional<String> code) {}

    /** @param limit for all calls with all tries */
    public BatchResult<T> give(List<T> entries, Duration limit) {
        var end = System.nanoTime() + limit.toNanos();
        var taken = new ArrayList<T>();
        var round = new BatchRound<T>();
        round.owed.addAll(entries);
        int tries = 0;
        do {
            round = round(round.owed, end);
            taken.addAll(round.taken);
            tries++;
        } while (round.mayBeRepeated() && tries < TRIES && pause(tries, end));
        if (!round.owed.isEmpty()) {
            LOG.warnf(
                    "%s: %s, %d of %d entries are owed",
                    operation.name(), round.code, round.owed.size(), entries.size());
        }
        return new BatchResult<>(taken, round.owed, Optional.of(round.code).filter(code -> !code.isEmpty()));
    }

    /** Each entry once. */
    private static final class BatchRound<T> {

        private final List<T> taken = new ArrayList<>();
        private final List<T> owed = new ArrayList<>();
        private String code = "";
        private boolean hasFailed;

        private boolean mayBeRepeated() {
            return !owed.isEmpty() && !hasFailed;
        }
    }

    private BatchRound<T> round(List<T> entries, long end) {
        var round = new BatchRound<T>();
        var part = new ArrayList<T>();
        int bytes = 0;
        for (var entry : entries) {
            var size = operation.size(entry);
            if (size > BYTES) {
                // The call would be refused with all that goes along.
                round.owed.add(entry);
                round.code = "too_large";
                continue;
            }
            if (part.size() == ENTRIES || bytes + size > BYTES) {
                call(part, end, round);
                part.clear();
                bytes = 0;
            }
            part.add(entry);
            bytes += size;
        }
        if (!part.isEmpty()) {
            call(part, end, round);
        }
        return round;
    }

    private void call(List<T> part, long end, BatchRound<T> round) {
        if (round.hasFailed) {
            round.owed.addAll(part);
            return;
        }
        var left = Duration.ofNanos(end - System.nanoTime());
        var response = left.isNegative()
                ? new AwsNoAnswer("timeout")
                : client.call(operation.name(), operation.request(part), left);
        if (!(response instanceof AwsAnswer answer)) {
            round.owed.addAll(part);
            round.code = response.failure().orElseThrow();
            round.hasFailed = true;
            if (response instanceof AwsResponse.AwsRefusal) {
                LOG.warnf("%s: %s", operation.name(), response);
            }
            return;
        }
        for (int n = 0; n < part.size(); n++) {
            if (operation.isTaken(answer.body(), n)) {
                round.taken.add(part.get(n));
            } else {
                round.owed.add(part.get(n));
                round.code = AwsCall.code(operation.code(answer.body(), n)).orElse("malformed");
            }
        }
    }

    private static boolean pause(int tries, long end) {
        try {
            return AwsCall.pause(tries, end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
