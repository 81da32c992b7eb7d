package hoopoe.inbox;

import hoopoe.message.PhoneNumber;
import hoopoe.message.ReceivedIds;
import hoopoe.message.ReplyId;
import hoopoe.message.Surrogates;
import hoopoe.platform.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A reply as it came, by a callback, in a report or from an inbox. Its texts are cut here, because a reply that cannot be
 * stored would be fetched again for ever.
 *
 * @param providerId the provider's own id of it; null where it has none
 * @param receivedId by which it can be answered, once; null where it cannot
 * @param to which of our numbers, as written; null where that was not said
 * @param batch that it answers; null while that is not known
 * @param caller of that batch
 * @param shared whether every caller that reaches the account sees it while its batch is unknown: the code that read it says
 *     so, and not a missing reference
 */
public record NewReply(
        String account,
        @Nullable String reference,
        @Nullable PhoneNumber from,
        @Nullable Instant at,
        String text,
        @Nullable String providerId,
        @Nullable String receivedId,
        @Nullable String to,
        @Nullable String batch,
        @Nullable String caller,
        boolean shared) {

    /** UTF-16 units of a text; the longest concatenated SMS has a third of it. */
    public static final int LONGEST_TEXT = 4096;

    private static final int LONGEST_NUMBER = 100;
    private static final String CUT = "…";

    /** Clocks differ, and replies are repeated past midnight; a larger difference is a mistake. */
    private static final Duration BELIEVED = Duration.ofDays(2);

    /** A longer text is cut, and ends with {@value #CUT}. */
    public NewReply {
        text = text.length() <= LONGEST_TEXT ? text : Surrogates.cut(text, LONGEST_TEXT - CUT.length()) + CUT;
        to = to == null ? null : Surrogates.cut(to, LONGEST_NUMBER);
    }

    /**
     * Equal for the same reply, whichever way it came: the id by which it can be answered, else the provider's id, else
     * reference, number, the provider's second and the trimmed text.
     */
    public String identity() {
        if (receivedId != null) {
            return answerable(account, receivedId);
        } else if (providerId != null) {
            return String.join("\0", account, "id", providerId.strip());
        }
        return String.join(
                "\0",
                account,
                "said",
                reference == null ? "" : reference.strip().toLowerCase(Locale.ROOT),
                from == null ? "" : from.e164(),
                at == null ? "" : at.truncatedTo(ChronoUnit.SECONDS).toString(),
                text.strip());
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
        var time = at == null || Duration.between(at, now).abs().compareTo(BELIEVED) > 0 ? now : at;
        return new Reply(
                new ReplyId(time, hash()),
                now,
                account,
                from,
                text,
                at,
                reference,
                receivedId,
                to,
                batch,
                caller,
                null,
                shared);
    }
}
