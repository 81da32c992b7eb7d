package hoopoe.delivery.check;

import hoopoe.delivery.CheckState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the provider was polled.
 *
 * @param page pages merged, where the poll is unfinished; else 0
 * @param replies how many replies of the next page are stored, where that page was begun; null where it was not
 * @param polled when a poll was last finished; null for never
 * @param failures failed polls in a row; of {@link #UNKEPT} those of this very page
 * @param failure code of the last of them: a provider's, {@code account_not_found}, {@code account_live_only} or
 *     {@link #UNKEPT}, and {@code internal} where the check itself failed; null where the last poll did not fail
 * @param unfinished there was no time for all pages
 * @param away the provider does not answer at all
 */
record PollResult(
        int page,
        @Nullable Integer replies,
        @Nullable Instant polled,
        int failures,
        @Nullable String failure,
        boolean unfinished,
        boolean away) {

    /** There was an answer, but replies in it could not be stored. */
    static final String UNKEPT = "replies_unkept";

    static PollResult nothing(CheckState check) {
        return new PollResult(check.dispatch().checks().page(), check.replies(), check.polled(), 0, null, false, false);
    }

    static PollResult all(Instant now) {
        return new PollResult(0, null, now, 0, null, false, false);
    }

    /** @param replies how many replies of the page after it are stored */
    static PollResult upTo(int page, @Nullable Integer replies, CheckState check) {
        return new PollResult(page, replies, check.polled(), 0, null, true, false);
    }

    /** @param replies how many replies of the page after it are stored */
    static PollResult failed(int page, @Nullable Integer replies, CheckState check, String code, boolean away) {
        return new PollResult(page, replies, check.polled(), check.failures() + 1, code, false, away);
    }

    /** @param replies how many replies of the page after it are stored */
    static PollResult unkept(int page, @Nullable Integer replies, CheckState check) {
        boolean again = UNKEPT.equals(check.failure())
                && page == check.dispatch().checks().page();
        return new PollResult(page, replies, check.polled(), again ? check.failures() + 1 : 1, UNKEPT, false, false);
    }
}
