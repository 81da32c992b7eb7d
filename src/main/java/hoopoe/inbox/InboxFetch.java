package hoopoe.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A wish to empty an inbox that is not dealt with: written before the provider is asked, gone when all that it answered is
 * kept. One without an answer, whose asker is no more, may have lost messages.
 *
 * @param since from when on its answer is to be dealt with: when it was asked, or when an operator had it read again
 * @param tried when its answer was last read, or begun to be; null for never
 * @param kept how many messages of the answer, from the first, are dealt with, but for those that failed
 * @param failed which of these, from 0, could not be kept
 * @param tries in a row, how often its answer was read, or begun to be
 * @param raw null while there is none
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

    /** How long its answer is tried: longer than any outage of the table. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private static final int LONGEST_PAUSE_MINUTES = 60;

    /** Whoever writes its answer reads it next. */
    public InboxFetch answered(RawInboxAnswer answer, Instant now) {
        return new InboxFetch(account, id, asked, since, now, tries + 1, kept, failed, answer);
    }

    public InboxFetch tried(Instant now) {
        return new InboxFetch(account, id, asked, since, now, tries + 1, kept, failed, raw);
    }

    /** Whether its answer is to be read: after failures in a row more and more rarely, since it may be the answer. */
    public boolean isDue(Instant now) {
        if (tried == null || tries < 2) {
            return true;
        }
        int pause = Math.min(LONGEST_PAUSE_MINUTES, 1 << Math.min(tries - 2, 6));
        return !now.isBefore(tried.plus(Duration.ofMinutes(pause)));
    }

    /** Whether it was tried for a day, and in vain. */
    public boolean isGivenUp(Instant now) {
        return tries > 1 && now.isAfter(since.plus(PATIENCE));
    }
}
