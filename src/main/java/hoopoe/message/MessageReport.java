package hoopoe.message;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The report on one message. It grows by union only, like its history.
 *
 * @param id the provider's id of the message; null where it gave none. Never cut, because nothing else finds the message there
 * @param sentAt the latest reported time; null where none was reported
 * @param replies to the message, oldest first; the last {@value #MOST_REPLIES}
 */
public record MessageReport(
        @Nullable String id,
        StatusHistory history,
        @Nullable Instant sentAt,
        SortedSet<ReplyId> replies) {

    public static final int MOST_REPLIES = 20;
    public static final MessageReport EMPTY = new MessageReport(null, StatusHistory.EMPTY, null, new TreeSet<>());

    /** The length of the provider's words that is kept for people. */
    private static final int WORDS = 120;

    private static final int CODE = 40;

    public MessageReport {
        replies = Collections.unmodifiableSortedSet(new TreeSet<>(replies));
    }

    /** A report on a message with a provider's id; null where it has none. */
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
