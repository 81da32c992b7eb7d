package hoopoe.batch.view;

import hoopoe.batch.Recipient;
import hoopoe.delivery.EffectiveStatus;
import hoopoe.message.MessageState;
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
 * @param to E.164
 * @param receivedId id of the received message that it answers
 * @param providerId the provider's own id of the message
 * @param providerCode of the fact that decides the state, as the provider wrote it
 * @param cost points that the provider says it took for this message
 * @param replies ids of its replies
 * @param reference the caller's own
 * @param timeline facts about it, the deciding one first; outranked facts are there too
 */
@RegisterForReflection
public record MessageView(
        String id,
        String to,
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

    static MessageView of(EffectiveStatus effectiveStatus, Recipient recipient) {
        var messageReport = effectiveStatus.report().line(recipient.n());
        var decisive = effectiveStatus.decisive(recipient);
        return new MessageView(
                effectiveStatus.batch().messageId(recipient.n()),
                recipient.to().e164(),
                recipient.receivedId(),
                effectiveStatus.of(recipient).label(),
                messageReport.id(),
                effectiveStatus.code(recipient),
                orNull(decisive.map(StatusFact::text)
                        .orElse(effectiveStatus.dispatch().submission().text())),
                recipient.sendAt() == null ? effectiveStatus.batch().window().sendAt() : recipient.sendAt(),
                messageReport.sentAt(),
                decisive.filter(statusFact -> statusFact.state() == MessageState.DELIVERED)
                        .map(StatusFact::at)
                        .orElse(null),
                Points.orNull(messageReport.history().cost()),
                messageReport.replies().stream().map(Object::toString).toList(),
                recipient.reference(),
                messageReport.history().facts().stream().map(StatusChange::of).toList());
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
