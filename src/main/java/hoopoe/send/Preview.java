package hoopoe.send;

import com.fasterxml.jackson.annotation.JsonRawValue;
import hoopoe.store.Batch;
import hoopoe.store.Recipients;
import hoopoe.store.Rejected;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a dry run: as that to the real thing, less what only a stored batch has.
 *
 * @param rejected the first 1,000 of the entries that would be refused
 * @param dispatches how many provider calls it would be
 * @param estimate segments and estimated points per recipient class; JSON
 */
@RegisterForReflection
record Preview(
        boolean dryRun,
        String account,
        @Nullable String subject,
        @Nullable String reference,
        @Nullable Instant sendAt,
        @Nullable Long validitySeconds,
        int accepted,
        int rejectedTotal,
        List<Rejected> rejected,
        int dispatches,
        @JsonRawValue String estimate) {

    static Preview of(Batch batch, List<Rejected> rejected) {
        return new Preview(
                true,
                batch.account(),
                batch.subject().isEmpty() ? null : batch.subject(),
                batch.reference(),
                batch.sendAt(),
                batch.validity() == null ? null : batch.validity().toSeconds(),
                batch.accepted(),
                rejected.size(),
                rejected.stream().limit(Recipients.REJECTED_SHOWN).toList(),
                batch.dispatches(),
                batch.summary());
    }
}
