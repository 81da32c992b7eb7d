package hoopoe.local.every8d;

import java.time.Instant;
import java.util.List;

/** The batch that one send made. */
record Batch(
        String id,
        Account account,
        Operation operation,
        String subject,
        String retryTime,
        Instant orderedAt,
        List<Row> rows) {

    SentBatch snapshot() {
        return new SentBatch(
                id,
                account.user(),
                operation.wireName(),
                subject,
                retryTime,
                orderedAt,
                rows.stream().map(Row::snapshot).toList());
    }
}
