package hoopoe.batch;

import hoopoe.message.BinaryMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asked for, without its recipients.
 *
 * @param id {@code bat_} and a ULID
 * @param caller who asked; the scope of idempotency and of what may be seen
 * @param text the text of all whose own is missing; empty where each has its own
 * @param subject a note for the sender; empty for none
 * @param reference the caller's own; null for none
 * @param sendAt null for now
 * @param validity how long the provider shall try, as the caller wished it; null for the provider's default
 * @param binary that all texts are hexadecimal digits of a binary message; null where they are texts
 * @param notAfter a claim after it finds the batch expired: max(created, sendAt) + validity
 * @param lastSendAt the latest of all recipients' times; created where there is none
 * @param accepted messages, over all dispatches
 * @param rejected entries that were refused when it was admitted
 * @param ranges of each dispatch, by its number
 * @param summary segments and estimate as the API shows them, JSON; fixed when admitted
 * @param spread all dispatches exist; none is ever created again
 * @param erase when somebody cancelled it; null while nobody did
 * @param settled numbers of the dispatches whose messages are all final or settled
 * @param expires when TTL may take it and everything of it
 * @param correlation of the request that made it; null where nobody knows it
 */
public record Batch(
        String id,
        String caller,
        String account,
        Instant created,
        String text,
        String subject,
        @Nullable String reference,
        @Nullable Instant sendAt,
        @Nullable Duration validity,
        @Nullable BinaryMessage binary,
        Instant notAfter,
        Instant lastSendAt,
        int accepted,
        int rejected,
        List<MessageRange> ranges,
        String summary,
        boolean spread,
        @Nullable Instant erase,
        Set<Integer> settled,
        Instant expires,
        @Nullable String correlation) {

    public static final String PREFIX = "bat_";

    public int dispatches() {
        return ranges.size();
    }

    public String messageId(int n) {
        return id + '-' + n;
    }
}
