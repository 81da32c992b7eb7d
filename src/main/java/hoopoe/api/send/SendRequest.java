package hoopoe.api.send;

import hoopoe.batch.create.BatchRequest;
import hoopoe.message.BinaryMessage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/batches}. */
@RegisterForReflection
record SendRequest(
        @Nullable String account,
        @Nullable String text,
        @Nullable String subject,
        @Nullable String sendAt,
        @Nullable Long validitySeconds,
        @Nullable String reference,
        @Nullable Bits binary,
        @Nullable List<To> recipients,
        @Nullable Boolean dryRun) {

    @RegisterForReflection
    record To(
            @Nullable String to,
            @Nullable String text,
            @Nullable Map<String, String> variables,
            @Nullable String name,
            @Nullable String email,
            @Nullable String sendAt,
            @Nullable String reference,
            @Nullable String receivedId) {

        private BatchRequest.RequestedRecipient entry() {
            return new BatchRequest.RequestedRecipient(
                    to,
                    text,
                    Objects.requireNonNullElse(variables, Map.of()),
                    name,
                    email,
                    sendAt,
                    reference,
                    receivedId);
        }
    }

    /** Set where the texts are hexadecimal digits of a binary message. */
    @RegisterForReflection
    record Bits(@Nullable Integer dcs, @Nullable Integer esm) {}

    BatchRequest batch() {
        return new BatchRequest(
                account,
                text,
                subject,
                sendAt,
                validitySeconds,
                reference,
                binary == null ? null : new BinaryMessage(binary.dcs(), binary.esm()),
                Objects.requireNonNullElse(recipients, List.<To>of()).stream()
                        .map(To::entry)
                        .toList(),
                Boolean.TRUE.equals(dryRun));
    }
}
