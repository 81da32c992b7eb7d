package hoopoe.api.status;

import hoopoe.inbox.Reply;
import hoopoe.inbox.ReplySearch.VisibleReply;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reply as the API shows it.
 *
 * @param from E.164; null where the number could not be read
 * @param at the provider's time; null where it gave none
 * @param to the account's number that it was sent to, as the provider writes it; null where the provider does not say
 * @param visibleAt when this caller could see it first: when it was received, or later, when its batch was known; null where it
 *     is not asked for
 * @param batchId the batch that it answers; null where it answers none, or that is not known
 * @param receivedId the provider's id, by which a message can answer it; null where there is none
 */
@RegisterForReflection
record ReplyView(
        String id,
        String account,
        @Nullable String from,
        @Nullable String to,
        String text,
        @Nullable Instant at,
        Instant receivedAt,
        @Nullable Instant visibleAt,
        @Nullable String batchId,
        @Nullable String messageId,
        @Nullable String receivedId) {

    static ReplyView of(VisibleReply visible) {
        return of(visible.reply(), visible.at());
    }

    static ReplyView of(Reply reply, @Nullable Instant visibleAt) {
        var sms = reply.sms();
        return new ReplyView(
                reply.id().toString(),
                sms.account(),
                sms.from() == null ? null : sms.from().e164(),
                sms.to(),
                sms.text(),
                sms.at(),
                reply.received(),
                visibleAt,
                reply.batch(),
                reply.batch() == null || reply.message() == null ? null : reply.batch() + '-' + reply.message(),
                sms.receivedId());
    }
}
