package hoopoe.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import hoopoe.message.PhoneNumber;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A recipient as it is stored. It changes once, when its person is erased. Packed with all recipients of its dispatch, so the JSON names are short.
 *
 * @param n the message's number: its index in the request
 * @param to null where the person is erased; then text, name and e-mail are null, too
 * @param text own text, with its variables filled in; null for the batch's
 * @param reference the caller's own for this message
 * @param erased what is kept of the text of an erased person, because it was paid for; null of all others
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Recipient(
        @JsonProperty("n") int n,
        @JsonProperty("to") @Nullable PhoneNumber to,
        @JsonProperty("x") @Nullable String text,
        @JsonProperty("na") @Nullable String name,
        @JsonProperty("em") @Nullable String email,
        @JsonProperty("at") @Nullable Instant sendAt,
        @JsonProperty("rf") @Nullable String reference,
        @JsonProperty("rc") @Nullable String receivedId,
        @JsonProperty("er") @Nullable ErasedText erased) {

    /**
     * How long a text was that is erased.
     *
     * @param encoding as the API writes it
     */
    @RegisterForReflection
    public record ErasedText(
            @JsonProperty("e") String encoding,
            @JsonProperty("s") int segments) {}

    /** The same message, of nobody. */
    public Recipient erased(ErasedText text) {
        return new Recipient(n, null, null, null, null, sendAt, reference, receivedId, text);
    }

    /** The number; there until the person is erased, which never happens before the message is sent. */
    public PhoneNumber number() {
        return Objects.requireNonNull(to);
    }
}
