package hoopoe.dispatch;

import hoopoe.batch.Batch;
import hoopoe.observability.LogContext;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dispatch: one provider call with one lease, one reference and one result, perhaps unknown. An item of at most 1 KB.
 *
 * @param n its number in the batch, from 0
 * @param size number of messages
 * @param attempt claims so far, also those that were released with proof that nothing was sent
 * @param fence of the send: grows with every claim, and only its holder may write a result
 * @param checkFence of the checks, which have their own
 * @param deadline when the lease of a claim ends; null while there is none
 * @param reference the provider's, as written; null while there is none. A reference of ours is there from the claim on
 * @param code of the last answer that was no acceptance, or of a note; null where there is none
 * @param text the words to this code
 * @param cost points taken, as the provider said; null where it did not
 * @param unsent messages that the provider says it could not send
 * @param counts messages by state label, as of the last check; empty before it
 * @param countedAt when that check was
 * @param events number of callbacks and cancel results so far; a worker compares it before it ends the checks
 * @param due when a worker must look at it; null when never again
 * @param page report pages already merged in an unfinished check
 * @param deleted messages that the provider cancelled; null where there is no result
 * @param refunded points given back; null where not known
 * @param tries its tries, of which this is the last
 * @param correlation id of its request; null where it is not known
 */
public record Dispatch(
        String batch,
        int n,
        String account,
        DispatchState state,
        int size,
        int attempt,
        int fence,
        int checkFence,
        @Nullable Instant deadline,
        @Nullable String reference,
        @Nullable Instant submitted,
        @Nullable String code,
        @Nullable String text,
        @Nullable BigDecimal cost,
        int unsent,
        Map<String, Integer> counts,
        @Nullable Instant countedAt,
        int events,
        @Nullable Instant due,
        int page,
        @Nullable Integer deleted,
        @Nullable BigDecimal refunded,
        ResendHistory tries,
        Instant created,
        Instant expires,
        @Nullable String correlation) {

    /** A dispatch that is not claimed. */
    public static Dispatch waiting(Batch batch, int n, int size, Instant due) {
        return at(DispatchState.ACCEPTED, batch, n, size, 0, null, null, ResendHistory.NONE, due);
    }

    /**
     * A dispatch that is claimed when it is created; due when the lease ends.
     *
     * @param reference ours, by which the provider will know it; null where the provider gives one itself
     */
    public static Dispatch claimed(Batch batch, int n, int size, Instant deadline, @Nullable String reference) {
        var resendHistory = ResendHistory.claimed(batch.created());
        return at(DispatchState.DISPATCHING, batch, n, size, 1, deadline, reference, resendHistory, deadline);
    }

    private static Dispatch at(
            DispatchState state,
            Batch batch,
            int n,
            int size,
            int claims,
            @Nullable Instant deadline,
            @Nullable String reference,
            ResendHistory resendHistory,
            Instant due) {
        return new Dispatch(
                batch.id(),
                n,
                batch.account(),
                state,
                size,
                claims,
                claims,
                0,
                deadline,
                reference,
                null,
                null,
                null,
                null,
                0,
                Map.of(),
                null,
                0,
                due,
                0,
                null,
                null,
                resendHistory,
                batch.created(),
                batch.expires(),
                batch.correlation());
    }

    public DispatchId id() {
        return new DispatchId(batch, n);
    }

    /** For the log. */
    public LogContext trail() {
        return LogContext.of(correlation).account(account).batch(batch).dispatch(n);
    }

    /** The lease of the last claim. */
    public Lease lease() {
        return new Lease(id(), tries.resends(), fence, attempt, expires, reference);
    }

    /** The end of the subject that the provider gets: it names this dispatch in a callback that echoes it. */
    public String token() {
        return id().token(tries.resends());
    }
}
