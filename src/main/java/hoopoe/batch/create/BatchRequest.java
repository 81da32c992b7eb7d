package hoopoe.batch.create;

import hoopoe.message.BinaryMessage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/batches}: decoded, not yet validated.
 *
 * @param account null for the default
 * @param sendAt RFC 3339 with an offset; null for now
 * @param validitySeconds null for the provider's default
 * @param binary set where all texts are hexadecimal digits of a binary message; null where they are texts
 * @param dryRun whether only to validate: nothing is stored or sent
 */
@RegisterForReflection
public record BatchRequest(
        @Nullable String account,
        @Nullable String text,
        @Nullable String subject,
        @Nullable String sendAt,
        @Nullable Long validitySeconds,
        @Nullable String reference,
        @Nullable BinaryMessage binary,
        List<RequestedRecipient> recipients,
        boolean dryRun) {

    public BatchRequest {
        recipients = Objects.requireNonNullElse(recipients, List.of());
    }

    /** @param variables values for {@code {{name}}} in its text */
    @RegisterForReflection
    public record RequestedRecipient(
            @Nullable String to,
            @Nullable String text,
            Map<String, String> variables,
            @Nullable String name,
            @Nullable String email,
            @Nullable String sendAt,
            @Nullable String reference,
            @Nullable String receivedId) {

        public RequestedRecipient {
            variables = Objects.requireNonNullElse(variables, Map.of());
        }
    }
}
