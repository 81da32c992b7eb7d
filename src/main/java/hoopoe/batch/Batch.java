package hoopoe.batch;

import hoopoe.message.BinaryMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A batch without its recipients, as its caller asked for it.
 *
 * @param id {@code bat_} and a ULID
 * @param caller {@code owner()} of the caller's grant: the scope of idempotency and of what may be seen
 * @param accepted messages, in all dispatches
 * @param rejected recipients that were refused at creation
 * @param ranges message numbers of each dispatch, by the dispatch's number
 * @param summary segments and estimate as the API shows them, JSON; fixed at creation
 * @param lifetime of the batch and of everything of it
 * @param correlation id of the request that made it; null where it is not known
 */
public record Batch(
        String id,
        String caller,
        String account,
        Content content,
        SendWindow window,
        int accepted,
        int rejected,
        List<MessageRange> ranges,
        String summary,
        Progress progress,
        Lifetime lifetime,
        @Nullable String correlation) {

    public static final String PREFIX = "bat_";

    public int dispatches() {
        return ranges.size();
    }

    public String messageId(int n) {
        return id + '-' + n;
    }

    /**
     * What is sent.
     *
     * @param text the default text; empty where each recipient has their own
     * @param subject a note for the sender; empty for none
     * @param reference the caller's own; null for none
     * @param binary set where all texts are hexadecimal digits of a binary message; null where they are texts
     */
    public record Content(
            String text,
            String subject,
            @Nullable String reference,
            @Nullable BinaryMessage binary) {}

    /**
     * When it is sent.
     *
     * @param sendAt null for now
     * @param validity how long the provider shall try, as the caller asked; null for the provider's default
     * @param notAfter a claim after it finds the batch expired: max(created, sendAt) + validity
     * @param lastSendAt the latest send time of all recipients; {@code created} where none has one
     */
    public record SendWindow(
            @Nullable Instant sendAt, @Nullable Duration validity, Instant notAfter, Instant lastSendAt) {}

    /**
     * How far it is.
     *
     * @param spread whether all dispatches exist; then none is ever created again
     * @param erase when the batch was cancelled; null while it is not
     * @param settled numbers of the dispatches whose messages are all final or timed out
     */
    public record Progress(boolean spread, @Nullable Instant erase, Set<Integer> settled) {

        /** Of a batch that was just accepted. */
        public static Progress accepted(boolean spread) {
            return new Progress(spread, null, Set.of());
        }
    }
}
