package hoopoe.api.send;

import com.fasterxml.jackson.annotation.JsonRawValue;
import hoopoe.batch.Batch;
import hoopoe.batch.InvalidRecipient;
import hoopoe.store.batch.RecipientRepository;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response to a dry run, without what only a stored batch has.
 *
 * @param invalid the first 1,000 recipients that would be refused
 * @param estimate segments and estimated points per recipient class; JSON
 */
@RegisterForReflection
record DryRunResponse(
        boolean dryRun,
        String account,
        @Nullable String subject,
        @Nullable String reference,
        @Nullable Instant sendAt,
        @Nullable Long validitySeconds,
        int recipients,
        int invalidTotal,
        List<InvalidRecipient> invalid,
        @JsonRawValue String estimate) {

    static DryRunResponse of(Batch batch, List<InvalidRecipient> invalid) {
        var content = batch.content();
        var validity = batch.window().validity();
        return new DryRunResponse(
                true,
                batch.account(),
                content.subject().isEmpty() ? null : content.subject(),
                content.reference(),
                batch.window().sendAt(),
                validity == null ? null : validity.toSeconds(),
                batch.accepted(),
                invalid.size(),
                invalid.stream().limit(RecipientRepository.REJECTED_SHOWN).toList(),
                batch.summary());
    }
}
