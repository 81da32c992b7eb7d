package hoopoe.delivery.check;

import hoopoe.delivery.CheckState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the provider was asked.
 *
 * @param page pages joined, where it was not asked to the end; else 0
 * @param replies of the page after them, if that was begun, how many are kept; null where it was not
 * @param polled when it was last asked to the end; null for never
 * @param failures questions in a row that did not get on; of {@link #UNKEPT} those about this very page
 * @param failure code of the last of them: a provider's, {@code account_not_found}, {@code account_live_only} or {@link
 *     #UNKEPT}, and {@code internal} where the check itself failed; null where the last one did
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

    /** There was an answer, but replies in it could not be kept. */
    static final String UNKEPT = "replies_unkept";

    static PollResult nothing(CheckState check) {
        return new PollResult(check.dispatch().page(), check.replies(), check.polled(), 0, null, false, false);
    }

    static PollResult all(Instant now) {
        return new PollResult(0, null, now, 0, null, false, false);
    }

    /** @param replies of the page after it */
    static PollResult upTo(int page, @Nullable Integer replies, CheckState check) {
        return new PollResult(page, replies, check.polled(), 0, null, true, false);
    }

    /** @param replies of the page after it */
    static PollResult failed(int page, @Nullable Integer replies, CheckState check, String code, boolean away) {
        return new PollResult(page, replies, check.polled(), check.failures() + 1, code, false, away);
    }

    /** @param replies of the page after it */
    static PollResult unkept(int page, @Nullable Integer replies, CheckState check) {
        boolean again =
                UNKEPT.equals(check.failure()) && page == check.dispatch().page();
        return new PollResult(page, replies, check.polled(), again ? check.failures() + 1 : 1, UNKEPT, false, false);
    }
}
