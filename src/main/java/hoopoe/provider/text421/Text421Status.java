package hoopoe.provider.text421;

import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status of a message: the numbers of {@code deliveryGetPush}, always final, and the words of {@code deliveryJSON}, as their
 * help pages list them. An unlisted code is stored as written and is not final: in a callback the provider has the message, in an
 * answer to a poll it may say that it has none.
 */
record Text421Status(MessageState state, String text) {

    private static final Map<String, Text421Status> BY_CODE = Map.of(
            "2", new Text421Status(MessageState.DELIVERED, "delivered"),
            "3", new Text421Status(MessageState.EXPIRED, "expired"),
            "5", new Text421Status(MessageState.FAILED, "failed"),
            "8", new Text421Status(MessageState.REJECTED, "rejected"),
            "127", new Text421Status(MessageState.FAILED, "error"),
            "delivered", new Text421Status(MessageState.DELIVERED, ""),
            "undeliverable", new Text421Status(MessageState.UNDELIVERED, ""),
            "waiting", new Text421Status(MessageState.SUBMITTED, ""));

    /** @param code as written, stripped */
    static StatusFact fact(String code, @Nullable Instant at, StatusFact.Source source) {
        var unknown = source == StatusFact.Source.REPORT ? MessageState.UNCONFIRMED : MessageState.SUBMITTED;
        var status = BY_CODE.getOrDefault(code.toLowerCase(Locale.ROOT), new Text421Status(unknown, ""));
        return new StatusFact(status.state, at, code, status.text, null, source);
    }
}
