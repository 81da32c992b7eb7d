package hoopoe.batch.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import hoopoe.batch.InvalidRecipient;
import hoopoe.provider.Points;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch as the API shows it: the answer to the call that made it, to one that asks for it, and a row of a list (which
 * leaves out invalid entries and timeline).
 *
 * @param validitySeconds as the caller wished it; null where they did not
 * @param asOf when the oldest of the counts was taken
 * @param cost what the providers say they took, less what they say they gave back; null where none said
 * @param binary true where the texts are hexadecimal digits of a binary message; null where they are texts
 * @param estimate segments and estimated points per recipient class, fixed when it was admitted; JSON
 * @param recipients how many messages it has
 * @param invalid the first 1,000 of the entries that were refused when it was admitted
 * @param invalidTotal how many there were
 * @param cancellation null while nobody cancelled it
 * @param dispatches for whoever asks to see what is inside; null for all others
 */
@RegisterForReflection
public record BatchView(
        String id,
        String state,
        String account,
        @Nullable String subject,
        @Nullable String reference,
        Instant createdAt,
        @Nullable Instant sendAt,
        @Nullable Long validitySeconds,
        @Nullable Boolean binary,
        int recipients,
        int invalidTotal,
        @Nullable List<InvalidRecipient> invalid,
        Map<String, Integer> counts,
        Instant asOf,
        @Nullable Points cost,
        @JsonRawValue @Nullable String estimate,
        @Nullable CancellationView cancellation,
        @Nullable List<DispatchView> dispatches,
        @Nullable List<TimelineEntry> timeline) {

    /** For all who do not ask to see what is inside: without its dispatches, and what happened to them. */
    public BatchView outline() {
        return new BatchView(
                id,
                state,
                account,
                subject,
                reference,
                createdAt,
                sendAt,
                validitySeconds,
                binary,
                recipients,
                invalidTotal,
                invalid,
                counts,
                asOf,
                cost,
                estimate,
                cancellation,
                null,
                timeline == null
                        ? null
                        : timeline.stream()
                                .filter(timelineEntry -> timelineEntry.dispatch() == null)
                                .toList());
    }

    /**
     * One provider call.
     *
     * @param messages how many it has
     * @param attempt how many times it was tried; more than one only with proof that nothing had been sent,
     *     or by an operator's word
     * @param reference the provider's
     * @param providerCode of the last answer that was not plain acceptance
     * @param candidates for an operator: references that nobody knows and that fit this dispatch and no other; nothing moves
     *     by them; null where there are none, or the caller is none
     * @param unsent how many messages the provider says it could not send
     */
    @RegisterForReflection
    public record DispatchView(
            int n,
            String state,
            int messages,
            int attempt,
            @Nullable String reference,
            @Nullable Instant submittedAt,
            @Nullable String providerCode,
            @Nullable String providerText,
            @Nullable Points cost,
            @Nullable Integer unsent,
            @Nullable Integer cancelled,
            @Nullable Points refunded,
            @Nullable List<Candidate> candidates) {}

    /**
     * A reference that callbacks named, and that may be the dispatch's.
     *
     * @param numbers of how many of its recipients they spoke
     * @param at when the first of them came
     */
    @RegisterForReflection
    public record Candidate(String reference, int numbers, Instant at) {}

    /**
     * What came of the wish to cancel it, as it stands.
     *
     * @param cancelled messages that will not be sent
     * @param refunded what was given back; null where that is not known of all of them
     * @param pending messages of which nobody can say yet
     */
    @RegisterForReflection
    public record CancellationView(
            Instant requestedAt,
            int cancelled,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Points refunded,

            int pending) {}

    /**
     * Something that happened.
     *
     * @param event {@code created}, {@code unconfirmed}, {@code confirmed}, {@code resent}, {@code submitted},
     *     {@code cancel_requested} or {@code checked}
     * @param dispatch its number; null where it is about the whole batch
     * @param by the key of the operator who settled it; null where none did
     * @param caller whose key it is
     * @param reference that they gave
     * @param note that they left
     */
    @RegisterForReflection
    public record TimelineEntry(
            Instant at,
            String event,
            @Nullable Integer dispatch,
            @Nullable String by,
            @Nullable String caller,
            @Nullable String reference,
            @Nullable String note) {}
}
