package hoopoe.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One fetch from a provider's inbox: stored before the provider is asked, deleted when all messages of the answer are stored.
 * A fetch without an answer whose worker has died may have lost messages.
 *
 * @param since from when on the answer is to be imported: when it was asked, or when an operator had it read again
 * @param tried when an import of the answer was last begun; null for never
 * @param kept how many messages of the answer, from the first, were handled; all but those in {@code failed} are stored
 * @param failed which of these, from 0, could not be stored
 * @param tries how many imports in a row were begun
 * @param raw the answer; null while there is none
 */
public record InboxFetch(
        String account,
        String id,
        Instant asked,
        Instant since,
        @Nullable Instant tried,
        int tries,
        int kept,
        Set<Integer> failed,
        @Nullable RawInboxAnswer raw) {

    /** How long the import of an answer is tried: longer than any outage of the table. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private static final int LONGEST_PAUSE_MINUTES = 60;

    /** The worker that stores the answer imports it next. */
    public InboxFetch answered(RawInboxAnswer answer, Instant now) {
        return new InboxFetch(account, id, asked, since, now, tries + 1, kept, failed, answer);
    }

    public InboxFetch tried(Instant now) {
        return new InboxFetch(account, id, asked, since, now, tries + 1, kept, failed, raw);
    }

    /** Whether the answer is to be imported now. After failures in a row the pauses grow, since the answer may be the cause. */
    public boolean isDue(Instant now) {
        if (tried == null || tries < 2) {
            return true;
        }
        int pause = Math.min(LONGEST_PAUSE_MINUTES, 1 << Math.min(tries - 2, 6));
        return !now.isBefore(tried.plus(Duration.ofMinutes(pause)));
    }

    /** Whether the import was tried for a day, in vain. */
    public boolean isGivenUp(Instant now) {
        return tries > 1 && now.isAfter(since.plus(PATIENCE));
    }
}
