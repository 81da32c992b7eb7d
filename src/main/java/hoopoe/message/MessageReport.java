package hoopoe.message;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a report knows of one message. Grows by union only, as its history does.
 *
 * @param id the provider's own of the message; null where it gave none. Never cut: nothing else finds it there
 * @param sentAt the latest that anybody said; null where nobody did
 * @param replies which replies it got, oldest first; the last {@value #MOST_REPLIES}
 */
public record MessageReport(
        @Nullable String id,
        StatusHistory history,
        @Nullable Instant sentAt,
        SortedSet<ReplyId> replies) {

    public static final int MOST_REPLIES = 20;
    public static final MessageReport EMPTY = new MessageReport(null, StatusHistory.EMPTY, null, new TreeSet<>());

    /** Providers' words are kept for people; the rest of a longer text is not worth the room. */
    private static final int WORDS = 120;

    private static final int CODE = 40;

    public MessageReport {
        replies = Collections.unmodifiableSortedSet(new TreeSet<>(replies));
    }

    /** Of a message that the provider knows by an id of its own. */
    public static MessageReport of(@Nullable String id) {
        return new MessageReport(id, StatusHistory.EMPTY, null, new TreeSet<>());
    }

    public MessageReport with(MessageReport other) {
        var named = new MessageReport(id == null ? other.id : id, history.with(other.history.facts()), sentAt, replies);
        return named.sent(other.sentAt).with(other.replies);
    }

    public MessageReport with(StatusFact statusFact) {
        return new MessageReport(id, history.with(List.of(bounded(statusFact))), sentAt, replies);
    }

    public MessageReport sent(@Nullable Instant at) {
        return at == null || sentAt != null && !at.isAfter(sentAt) ? this : new MessageReport(id, history, at, replies);
    }

    public MessageReport with(Collection<ReplyId> more) {
        return new MessageReport(id, history, sentAt, newest(more, MOST_REPLIES));
    }

    public MessageReport cutTo(int others, int mostReplies) {
        return new MessageReport(id, history.cutTo(others), sentAt, newest(List.of(), mostReplies));
    }

    private SortedSet<ReplyId> newest(Collection<ReplyId> more, int most) {
        var all = new TreeSet<>(replies);
        all.addAll(more);
        while (all.size() > most) {
            all.pollFirst();
        }
        return all;
    }

    private static StatusFact bounded(StatusFact statusFact) {
        var cost = statusFact.cost();
        return new StatusFact(
                statusFact.state(),
                statusFact.at(),
                Surrogates.cut(statusFact.code(), CODE),
                Surrogates.cut(statusFact.text(), WORDS),
                cost == null ? null : Surrogates.cut(cost, CODE),
                statusFact.source());
    }
}
