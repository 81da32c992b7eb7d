package hoopoe.inbox;

import hoopoe.batch.Batch;
import hoopoe.message.ReplyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the feed of replies: from when on somebody sees a reply.
 *
 * @param at when the reply became visible to them; no two entries of the feed have the same
 * @param account that received it
 * @param caller who sees it; null for all callers that reach the account if it is shared, else for operators
 * @param batch that it answers, as far as it was known when the entry was made; null where it was not
 * @param late whether operators could see the reply before its caller was known: it has an earlier entry for them
 */
public record FeedEntry(
        Instant at,
        ReplyId reply,
        String account,
        @Nullable String caller,
        boolean shared,
        @Nullable String batch,
        boolean late) {

    /** The entry of a reply that has come. */
    public static FeedEntry first(Reply reply, Instant at) {
        return new FeedEntry(
                at, reply.id(), reply.sms().account(), reply.caller(), reply.shared(), reply.batch(), false);
    }

    /** The entry of a reply that only operators could see, and whose caller is known now. */
    public static FeedEntry late(Reply reply, Batch batch, Instant at) {
        return new FeedEntry(at, reply.id(), reply.sms().account(), batch.caller(), false, batch.id(), true);
    }

    public FeedEntry at(Instant other) {
        return new FeedEntry(other, reply, account, caller, shared, batch, late);
    }

    /** Whether a caller sees it, and not only operators. */
    public boolean isForCallers() {
        return caller != null || shared;
    }

    /** Whether it tells someone of the reply for the first time. */
    boolean isFor(String someone, boolean operator) {
        return caller == null ? shared || operator : caller.equals(someone) && !(late && operator);
    }
}
