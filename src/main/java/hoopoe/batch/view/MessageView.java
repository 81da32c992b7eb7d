package hoopoe.batch.view;

import hoopoe.batch.Recipient;
import hoopoe.delivery.EffectiveStatus;
import hoopoe.message.StatusFact;
import hoopoe.provider.Points;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message as the API shows it: one for each recipient.
 *
 * @param batchId left out where the batch is known, in the list of its messages; so are account and createdAt
 * @param createdAt when the batch was made
 * @param to E.164; null where the person was erased
 * @param text as it was sent; null for callers that may not see it
 * @param encoding {@code GSM-7}, {@code UCS-2} or {@code binary}
 * @param segments over the air
 * @param receivedId id of the received message that it answers
 * @param providerId the provider's own id of the message
 * @param providerCode of the fact that decides the state, as the provider wrote it
 * @param cost points that the provider says it took for this message
 * @param replies ids of its replies
 * @param reference the caller's own
 * @param erased whether the person was erased; null for false
 * @param timeline facts about it, the deciding one first; outranked facts are there too
 */
@RegisterForReflection
public record MessageView(
        String id,
        @Nullable String batchId,
        @Nullable String account,
        @Nullable Instant createdAt,
        @Nullable String to,
        @Nullable String text,
        String encoding,
        int segments,
        @Nullable String receivedId,
        String state,
        @Nullable String providerId,
        @Nullable String providerCode,
        @Nullable String providerText,
        @Nullable Instant sendAt,
        @Nullable Instant sentAt,
        @Nullable Instant deliveredAt,
        @Nullable Points cost,
        List<String> replies,
        @Nullable String reference,
        @Nullable Boolean erased,
        List<StatusChange> timeline) {

    /** @param source {@code answer}, {@code report}, {@code callback}, {@code clock} or {@code operator} */
    @RegisterForReflection
    public record StatusChange(
            String state,
            @Nullable Instant at,
            @Nullable String providerCode,
            @Nullable String providerText,
            String source) {

        static StatusChange of(StatusFact statusFact) {
            return new StatusChange(
                    statusFact.state().label(),
                    statusFact.at(),
                    orNull(statusFact.code()),
                    orNull(statusFact.text()),
                    statusFact.source().name().toLowerCase(Locale.ROOT));
        }
    }

    /** Its number in the batch. */
    public int number() {
        return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
    }

    /** @param inBatch whether it is shown in the list of its batch's messages */
    static MessageView of(
            EffectiveStatus effectiveStatus, Recipient recipient, MessageContent content, boolean inBatch) {
        var batch = effectiveStatus.batch();
        var messageReport = effectiveStatus.report().line(recipient.n());
        var decisive = effectiveStatus.decisive(recipient);
        return new MessageView(
                batch.messageId(recipient.n()),
                inBatch ? null : batch.id(),
                inBatch ? null : batch.account(),
                inBatch ? null : batch.lifetime().created(),
                recipient.to() == null ? null : recipient.to().e164(),
                content.text(),
                content.encoding(),
                content.segments(),
                recipient.receivedId(),
                effectiveStatus.of(recipient).label(),
                messageReport.id(),
                effectiveStatus.code(recipient),
                orNull(decisive.map(StatusFact::text)
                        .orElse(effectiveStatus.dispatch().submission().text())),
                recipient.sendAt() == null ? batch.window().sendAt() : recipient.sendAt(),
                messageReport.sentAt(),
                effectiveStatus.deliveredAt(recipient).orElse(null),
                Points.orNull(messageReport.history().cost()),
                messageReport.replies().stream().map(Object::toString).toList(),
                recipient.reference(),
                recipient.to() == null ? Boolean.TRUE : null,
                messageReport.history().facts().stream().map(StatusChange::of).toList());
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
