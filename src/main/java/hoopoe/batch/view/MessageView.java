package hoopoe.batch.view;

import hoopoe.batch.Shown;
import hoopoe.message.StatusFact;
import hoopoe.message.MessageState;
import hoopoe.provider.Points;
import hoopoe.store.Recipient;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message as the API shows it: one row a recipient.
 *
 * @param to E.164
 * @param receivedId of the received message that it answers
 * @param providerId the provider's own id of the message
 * @param providerCode as the provider wrote it, of what decides the state
 * @param cost what the provider says it took for this one
 * @param replies ids of what came back
 * @param reference the caller's own
 * @param timeline what was said of it, the latest word first; what lost is there too
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
        List<Said> timeline) {

    /** @param source {@code answer}, {@code report}, {@code callback}, {@code clock} or {@code operator} */
    @RegisterForReflection
    public record Said(
            String state,
            @Nullable Instant at,
            @Nullable String providerCode,
            @Nullable String providerText,
            String source) {

        static Said of(StatusFact statusFact) {
            return new Said(
                    statusFact.state().label(),
                    statusFact.at(),
                    orNull(statusFact.code()),
                    orNull(statusFact.text()),
                    statusFact.source().name().toLowerCase(Locale.ROOT));
        }
    }

    /** In its batch. */
    public int number() {
        return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
    }

    static MessageView of(Shown shown, Recipient recipient) {
        var state = shown.of(recipient);
        var line = shown.report().line(recipient.n());
        var dispatch = shown.dispatch();
        // What time made unknown still shows the provider's last word.
        var decisive = line.history().winner().filter(statusFact -> statusFact.state() == state || state == MessageState.UNKNOWN);
        return new MessageView(
                shown.batch().messageId(recipient.n()),
                recipient.to(),
                recipient.receivedId(),
                state.label(),
                line.id(),
                orNull(decisive.map(StatusFact::code).orElse(dispatch.code())),
                orNull(decisive.map(StatusFact::text).orElse(dispatch.text())),
                recipient.sendAt() == null ? shown.batch().sendAt() : recipient.sendAt(),
                line.sentAt(),
                decisive.filter(statusFact -> statusFact.state() == MessageState.DELIVERED)
                        .map(StatusFact::at)
                        .orElse(null),
                Points.orNull(line.history().cost()),
                line.replies().stream().map(Object::toString).toList(),
                recipient.reference(),
                line.history().facts().stream().map(Said::of).toList());
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
