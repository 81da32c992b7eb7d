package hoopoe.dispatch;

import hoopoe.batch.Batch;
import hoopoe.observability.LogContext;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One provider call: one lease, one reference, one unknown. An item of at most 1 KB.
 *
 * @param n its number in the batch, from 0
 * @param size how many messages
 * @param attempt claims so far; counts those that were released with proof that nothing was sent
 * @param fence of the send: grows with every claim, and whoever writes an answer must hold it
 * @param checkFence of the checks, which have their own
 * @param deadline when the lease of a claim ends; null while nobody holds it
 * @param reference the provider's, as written; null while there is none. Where the reference is ours, from the claim on
 * @param code of the last answer that was no acceptance, or of a note; null where there is none
 * @param text its words
 * @param cost points taken, as the provider said; null where it did not
 * @param unsent messages that the provider says it could not send
 * @param counts messages by state label, as of the last check; empty before it
 * @param countedAt when that check was
 * @param events how many callbacks and results of cancelling were counted on it; whoever ends the checks compares it
 * @param due when it needs looking after; null when never again
 * @param page report pages already joined in an unfinished check
 * @param deleted messages that the provider cancelled; null where there is no result
 * @param refunded points given back; null where nobody said
 * @param tries of which this is the last
 * @param correlation of the request that it is part of; null where nobody knows it
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

    /** One that nobody has claimed. */
    public static Dispatch waiting(Batch batch, int n, int size, Instant due) {
        return at(DispatchState.ACCEPTED, batch, n, size, 0, null, null, ResendHistory.NONE, due);
    }

    /**
     * One that is claimed from its first moment; due when the lease ends.
     *
     * @param reference ours, by which the provider will know it; null where it gives one itself
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

    /** Of who claimed it last. */
    public Lease lease() {
        return new Lease(id(), tries.resends(), fence, attempt, expires, reference);
    }

    /** What ends the subject that the provider gets: names this dispatch in a callback that echoes it. */
    public String token() {
        return id().token(tries.resends());
    }
}
