package hoopoe.inbox;

import hoopoe.message.ReceivedIds;
import hoopoe.message.ReplyId;
import hoopoe.platform.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A reply as it came, by a callback, in a report or from an inbox.
 *
 * @param providerId the provider's own id of it; null where it has none
 * @param batch that it answers; null while that is not known
 * @param caller of that batch
 * @param shared whether every caller that reaches the account sees it while its batch is unknown: the code that read it says
 *     so, and not a missing reference
 */
public record NewReply(
        InboundSms sms,
        @Nullable String providerId,
        @Nullable String batch,
        @Nullable String caller,
        boolean shared) {

    /** Clocks differ, and replies are repeated past midnight; a larger difference is a mistake. */
    private static final Duration BELIEVED = Duration.ofDays(2);

    /**
     * Equal for the same reply, whichever way it came: the id by which it can be answered, else the provider's id, else
     * reference, number, the provider's second and the trimmed text.
     */
    public String identity() {
        var receivedId = sms.receivedId();
        if (receivedId != null) {
            return answerable(sms.account(), receivedId);
        } else if (providerId != null) {
            return String.join("\0", sms.account(), "id", providerId.strip());
        }
        var reference = sms.reference();
        var from = sms.from();
        var at = sms.at();
        return String.join(
                "\0",
                sms.account(),
                "said",
                reference == null ? "" : reference.strip().toLowerCase(Locale.ROOT),
                from == null ? "" : from.e164(),
                at == null ? "" : at.truncatedTo(ChronoUnit.SECONDS).toString(),
                sms.text().strip());
    }

    /** The identity of the received message with this id. */
    public static String answerable(String account, String receivedId) {
        return String.join("\0", account, "received", ReceivedIds.canonical(receivedId));
    }

    /** The hash in the {@link ReplyId} under which the reply is stored, or will be. */
    public String hash() {
        return Sha256.hex(identity(), 16);
    }

    public Reply received(Instant now) {
        var at = sms.at();
        var time = at == null || Duration.between(at, now).abs().compareTo(BELIEVED) > 0 ? now : at;
        return new Reply(new ReplyId(time, hash()), now, sms, batch, caller, null, shared, false);
    }
}
