package hoopoe.provider;

import hoopoe.message.PhoneNumber;
import hoopoe.message.StatusFact;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a delivery report.
 *
 * @param total messages of the whole reference, as the provider counts them
 * @param rows in no promised order
 * @param hasMore whether asking for the next page makes sense
 */
public record ReportPage(int total, List<ReportRow> rows, boolean hasMore) {

    /**
     * @param to null where the number could not be read
     * @param sentAt null where none was given
     */
    public record ReportRow(
            @Nullable PhoneNumber to,
            StatusFact fact,
            @Nullable Instant sentAt,
            List<ReplyRow> replies) {}

    /** @param at null where the provider gave no readable time */
    public record ReplyRow(@Nullable Instant at, String text) {
        /** What somebody wrote is nobody's business in a log. */
        @Override
        public String toString() {
            return "ReplyRow[" + at + ']';
        }
    }
}
