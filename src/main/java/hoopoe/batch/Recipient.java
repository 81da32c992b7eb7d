package hoopoe.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import hoopoe.message.PhoneNumber;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recipient as it is stored; immutable. Packed with all recipients of its dispatch, so the JSON names are short.
 *
 * @param n the message's number: its index in the request
 * @param text own text, with its variables filled in; null for the batch's
 * @param reference the caller's own for this message
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Recipient(
        @JsonProperty("n") int n,
        @JsonProperty("to") PhoneNumber to,
        @JsonProperty("x") @Nullable String text,
        @JsonProperty("na") @Nullable String name,
        @JsonProperty("em") @Nullable String email,
        @JsonProperty("at") @Nullable Instant sendAt,
        @JsonProperty("rf") @Nullable String reference,
        @JsonProperty("rc") @Nullable String receivedId) {}
