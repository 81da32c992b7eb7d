package hoopoe.batch;

import hoopoe.message.Fact;
import hoopoe.message.MessageState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message as the API shows it: one row a recipient.
 *
 * @param to E.164
 * @param providerCode as the provider wrote it, of what decides the state
 * @param cost points that the provider says it took for this one
 * @param replies ids of what came back
 * @param reference the caller's own
 * @param timeline what was said of it, the latest word first; what lost is there too
 */
@RegisterForReflection
public record MessageView(
        String id,
        String to,
        String state,
        @Nullable String providerCode,
        @Nullable String providerText,
        @Nullable Instant sendAt,
        @Nullable Instant sentAt,
        @Nullable Instant deliveredAt,
        @Nullable BigDecimal cost,
        List<String> replies,
        @Nullable String reference,
        List<Said> timeline) {

    /** @param source {@code answer}, {@code report}, {@code callback}, {@code erase}, {@code clock} or {@code operator} */
    @RegisterForReflection
    public record Said(
            String state,
            @Nullable Instant at,
            @Nullable String providerCode,
            @Nullable String providerText,
            String source) {

        static Said of(Fact fact) {
            return new Said(
                    fact.state().label(),
                    fact.at(),
                    orNull(fact.code()),
                    orNull(fact.text()),
                    fact.source().name().toLowerCase(Locale.ROOT));
        }
    }

    static MessageView of(Standing.Message message) {
        var line = message.line();
        var decisive = line.history()
                .winner()
                .filter(fact -> fact.state() == message.state() || message.state() == MessageState.UNKNOWN);
        var recipient = message.recipient();
        var dispatch = message.dispatch();
        return new MessageView(
                message.batch().messageId(recipient.n()),
                recipient.to(),
                message.state().label(),
                decisive.map(fact -> orNull(fact.code())).orElse(dispatch == null ? null : dispatch.code()),
                decisive.map(fact -> orNull(fact.text())).orElse(dispatch == null ? null : dispatch.text()),
                message.sendAt(),
                line.sentAt(),
                decisive.filter(fact -> fact.state() == MessageState.DELIVERED)
                        .map(Fact::at)
                        .orElse(null),
                line.history().cost(),
                line.replies().stream().map(Object::toString).toList(),
                recipient.reference(),
                line.history().facts().stream().map(Said::of).toList());
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
