package hoopoe.dispatch;

import hoopoe.batch.Batch;
import hoopoe.batch.Lifetime;
import hoopoe.observability.LogContext;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dispatch: one provider call with one lease, one reference and one result, perhaps unknown. An item of at most 1 KB.
 *
 * @param size number of messages
 * @param claim the last one
 * @param due when a worker must look at it; null when never again
 * @param tries its tries, of which this is the last
 * @param correlation id of its request; null where it is not known
 */
public record Dispatch(
        DispatchId id,
        String account,
        int size,
        DispatchState state,
        Claim claim,
        Submission submission,
        Checks checks,
        @Nullable Instant due,
        Cancellation cancellation,
        ResendHistory tries,
        Lifetime lifetime,
        @Nullable String correlation) {

    /** A dispatch that is not claimed. */
    public static Dispatch waiting(Batch batch, int n, int size, Instant due) {
        var claim = new Claim(0, 0, null);
        return first(batch, n, size, DispatchState.ACCEPTED, claim, null, due, ResendHistory.NONE);
    }

    /**
     * A dispatch that is claimed when it is created; due when the lease ends.
     *
     * @param reference ours, by which the provider will know it; null where the provider gives one itself
     */
    public static Dispatch claimed(Batch batch, int n, int size, Instant deadline, @Nullable String reference) {
        var claim = new Claim(1, 1, deadline);
        var tries = ResendHistory.claimed(batch.lifetime().created());
        return first(batch, n, size, DispatchState.DISPATCHING, claim, reference, deadline, tries);
    }

    private static Dispatch first(
            Batch batch,
            int n,
            int size,
            DispatchState state,
            Claim claim,
            @Nullable String reference,
            Instant due,
            ResendHistory tries) {
        return new Dispatch(
                new DispatchId(batch.id(), n),
                batch.account(),
                size,
                state,
                claim,
                new Submission(reference, null, null, null, null, 0),
                new Checks(0, 0, 0, Map.of(), null),
                due,
                new Cancellation(null, null),
                tries,
                batch.lifetime(),
                batch.correlation());
    }

    public Dispatch with(Checks changed) {
        return new Dispatch(
                id, account, size, state, claim, submission, changed, due, cancellation, tries, lifetime, correlation);
    }

    public Dispatch with(DispatchState changed) {
        return new Dispatch(
                id, account, size, changed, claim, submission, checks, due, cancellation, tries, lifetime, correlation);
    }

    /** Whether it is not sent any more, all that is known of it is stored, and no worker will look at it of itself. */
    public boolean isAtRest() {
        return due == null && (state == DispatchState.SUBMITTED || state.isEndedUnsent());
    }

    /** For the log. */
    public LogContext trail() {
        return LogContext.of(correlation).account(account).batch(id.batch()).dispatch(id.n());
    }

    /** The lease of the last claim. */
    public Lease lease() {
        return new Lease(
                id, tries.resends(), claim.fence(), claim.attempt(), lifetime.expires(), submission.reference());
    }

    /** The end of the subject that the provider gets: it names this dispatch in a callback that echoes it. */
    public String token() {
        return id.token(tries.resends());
    }

    /**
     * The right to send.
     *
     * @param attempt claims so far, also those that were released with proof that nothing was sent
     * @param fence grows with every claim, and only its holder may write a result
     * @param deadline when the lease ends; null while there is none
     */
    public record Claim(int attempt, int fence, @Nullable Instant deadline) {}

    /**
     * What the provider said to the call.
     *
     * @param reference the provider's, as written; null while there is none. A reference of ours is there from the claim on
     * @param submitted when the provider took it; null while it did not
     * @param code of the last answer that was no acceptance, or of a note; null where there is none
     * @param text the words to this code
     * @param cost points taken, as the provider said; null where it did not
     * @param unsent messages that the provider says it could not send
     */
    public record Submission(
            @Nullable String reference,
            @Nullable Instant submitted,
            @Nullable String code,
            @Nullable String text,
            @Nullable BigDecimal cost,
            int unsent) {}

    /**
     * The checks of what became of it.
     *
     * @param fence of the checks, which have their own
     * @param events number of callbacks and cancel results so far; a worker compares it before it ends the checks
     * @param page report pages already merged in an unfinished check
     * @param counts messages by state label, as of the last check; empty before it
     * @param countedAt when that check was
     */
    public record Checks(
            int fence,
            int events,
            int page,
            Map<String, Integer> counts,
            @Nullable Instant countedAt) {

        /** With the next fence: the right to check. */
        public Checks begun() {
            return new Checks(fence + 1, events, page, counts, countedAt);
        }
    }

    /**
     * What the provider said to a cancellation.
     *
     * @param deleted messages that the provider cancelled; null where there is no result
     * @param refunded points given back; null where not known
     */
    public record Cancellation(
            @Nullable Integer deleted, @Nullable BigDecimal refunded) {}
}
