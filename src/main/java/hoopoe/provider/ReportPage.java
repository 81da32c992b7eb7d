package hoopoe.provider;

import hoopoe.message.PhoneNumber;
import hoopoe.message.StatusFact;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the delivery reports of a dispatch.
 *
 * @param total messages of the whole reference, as the provider counts them
 * @param rows in no guaranteed order
 * @param hasMore whether to ask for the next page
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
        /** Omits the text, because a reply must not be logged. */
        @Override
        public String toString() {
            return "ReplyRow[" + at + ']';
        }
    }
}
