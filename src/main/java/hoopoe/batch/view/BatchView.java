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
 * A batch as the API shows it: in responses to {@code POST} and {@code GET}, and as a row of a list (without invalid recipients
 * and timeline).
 *
 * @param validitySeconds as the caller asked; null where they did not
 * @param asOf when the oldest of the counts was taken
 * @param cost points that the provider says it took, less those it says it gave back; null where it named none
 * @param binary true where the texts are hexadecimal digits of a binary message; null where they are texts
 * @param estimate segments and estimated points per recipient class, fixed at creation; JSON
 * @param recipients number of messages
 * @param invalid the first 1,000 recipients that were refused at creation
 * @param invalidTotal number of refused recipients
 * @param cancellation null while the batch is not cancelled
 * @param dispatches set where the caller asked to include them; else null
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

    /** Without dispatches and their timeline entries, where the caller did not ask to include them. */
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
     * A dispatch: one provider call.
     *
     * @param messages number of its messages
     * @param attempt number of tries; more than one only after proof that nothing was sent, or by an operator decision
     * @param reference the provider's
     * @param providerCode of the last answer that was not plain acceptance
     * @param candidates for an operator: references that match no dispatch and fit only this one; they change nothing; null
     *     where there are none, or the caller is no operator
     * @param unsent messages that the provider says it could not send
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
     * A reference that callbacks named and that may be the dispatch's.
     *
     * @param numbers how many of the dispatch's phone numbers these callbacks named
     * @param at when the first of these callbacks came
     */
    @RegisterForReflection
    public record Candidate(String reference, int numbers, Instant at) {}

    /**
     * The result of cancelling the batch, so far.
     *
     * @param cancelled messages that will not be sent
     * @param refunded points given back; null where they are not known for all cancelled messages
     * @param pending messages whose result is not known yet
     */
    @RegisterForReflection
    public record CancellationView(
            Instant requestedAt,
            int cancelled,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Points refunded,

            int pending) {}

    /**
     * An entry of the timeline.
     *
     * @param event {@code created}, {@code unconfirmed}, {@code confirmed}, {@code resent}, {@code submitted},
     *     {@code cancel_requested} or {@code checked}
     * @param dispatch its number; null where the entry is about the whole batch
     * @param by key of the operator; null where there was no operator decision
     * @param caller that holds this key
     * @param reference that the operator gave
     * @param note that the operator left
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
