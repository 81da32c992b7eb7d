package hoopoe.inbox;

import hoopoe.message.ReplyId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A search for replies.
 *
 * @param caller that searches
 * @param operator whether the search may find replies whose caller is not known
 * @param reached the accounts whose replies the caller may see; null for all
 * @param account null for all
 * @param batch null for all
 * @param from the first instant; null for as long as replies are kept
 * @param until the end, exclusive; null for no end
 * @param after the last reply that was seen already; null from the newest on
 */
public record ReplySearch(
        String caller,
        boolean operator,
        @Nullable Set<String> reached,
        @Nullable String account,
        @Nullable String batch,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable ReplyId after,
        int limit) {

    /**
     * @param replies newest first
     * @param next where to go on; null at the end. A page may be short, even empty, without being the last
     */
    public record RepliesPage(List<Reply> replies, @Nullable ReplyId next) {}

    public boolean wants(Reply reply) {
        var at = reply.id().at();
        return reply.isFor(caller, operator)
                && (reached == null || reached.contains(reply.sms().account()))
                && (account == null || account.equals(reply.sms().account()))
                && (batch == null || batch.equals(reply.batch()))
                && (from == null || !at.isBefore(from))
                && (until == null || at.isBefore(until));
    }
}
