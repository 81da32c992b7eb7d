package hoopoe.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A search in the feed of replies. Whoever searches again after the last page's {@link RepliesPage#next} finds each reply once.
 *
 * @param caller that searches
 * @param operator whether the search may find replies whose caller is not known
 * @param reached the accounts whose replies the caller may see; null for all
 * @param account null for all
 * @param batch null for all
 * @param after finds what became visible later than this
 * @param until finds what became visible before this; null for no end
 */
public record ReplySearch(
        String caller,
        boolean operator,
        @Nullable Set<String> reached,
        @Nullable String account,
        @Nullable String batch,
        Instant after,
        @Nullable Instant until,
        int limit) {

    /** @param at when the reply became visible to the caller */
    public record VisibleReply(Instant at, Reply reply) {}

    /**
     * @param replies in the order in which they became visible
     * @param next where to go on. A page may be short, even empty, without being the last
     */
    public record RepliesPage(List<VisibleReply> replies, Instant next) {}

    /** Whether the reply of an entry has to be looked at. */
    public boolean wants(FeedEntry entry) {
        return entry.isFor(caller, operator)
                && (reached == null || reached.contains(entry.account()))
                && (account == null || account.equals(entry.account()));
    }

    /** Whether the caller may see it, by whatever list. */
    public boolean shows(Reply reply) {
        return wants(reply) && (reached == null || reached.contains(reply.sms().account()));
    }

    public boolean wants(Reply reply) {
        return reply.isFor(caller, operator) && (batch == null || batch.equals(reply.batch()));
    }
}
