package hoopoe.inbox;

import hoopoe.message.ReplyId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which replies somebody wants to see.
 *
 * @param caller who asks
 * @param operator whether they may see what nobody knows whose it is
 * @param reached the accounts whose replies they may see; null for all
 * @param account null for all
 * @param batch null for all
 * @param from the first instant; null for as long as replies are kept
 * @param until the first instant no more; null for no end
 * @param after the last that was seen already; null from the newest on
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

    /** By an operator of all accounts. */
    public ReplySearch(
            String caller,
            @Nullable String account,
            @Nullable String batch,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable ReplyId after,
            int limit) {
        this(caller, true, null, account, batch, from, until, after, limit);
    }

    /**
     * @param replies newest first
     * @param next where to go on; null at the end. A page may be short, even empty, and not the last
     */
    public record RepliesPage(List<Reply> replies, @Nullable ReplyId next) {}

    public boolean wants(Reply reply) {
        var at = reply.id().at();
        return reply.isFor(caller, operator)
                && (reached == null || reached.contains(reply.account()))
                && (account == null || account.equals(reply.account()))
                && (batch == null || batch.equals(reply.batch()))
                && (from == null || !at.isBefore(from))
                && (until == null || at.isBefore(until));
    }
}
