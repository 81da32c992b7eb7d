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
public record MessageStatus(
        @Nullable String id,
        StatusHistory history,
        @Nullable Instant sentAt,
        SortedSet<ReplyId> replies) {

    public static final int MOST_REPLIES = 20;
    public static final MessageStatus EMPTY = new MessageStatus(null, StatusHistory.EMPTY, null, new TreeSet<>());

    /** Providers' words are kept for people; the rest of a longer text is not worth the room. */
    private static final int WORDS = 120;

    private static final int CODE = 40;

    public MessageStatus {
        replies = Collections.unmodifiableSortedSet(new TreeSet<>(replies));
    }

    /** Of a message that the provider knows by an id of its own. */
    public static MessageStatus of(@Nullable String id) {
        return new MessageStatus(id, StatusHistory.EMPTY, null, new TreeSet<>());
    }

    public MessageStatus with(MessageStatus other) {
        var named = new MessageStatus(id == null ? other.id : id, history.with(other.history.facts()), sentAt, replies);
        return named.sent(other.sentAt).with(other.replies);
    }

    public MessageStatus with(StatusFact statusFact) {
        return new MessageStatus(id, history.with(List.of(bounded(statusFact))), sentAt, replies);
    }

    public MessageStatus sent(@Nullable Instant at) {
        return at == null || sentAt != null && !at.isAfter(sentAt) ? this : new MessageStatus(id, history, at, replies);
    }

    public MessageStatus with(Collection<ReplyId> more) {
        return new MessageStatus(id, history, sentAt, newest(more, MOST_REPLIES));
    }

    public MessageStatus cutTo(int others, int mostReplies) {
        return new MessageStatus(id, history.cutTo(others), sentAt, newest(List.of(), mostReplies));
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
