package hoopoe.event;

import hoopoe.message.MessageState;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an event says. {@code accepted} and {@code dispatching} have none: a caller knows them from the answer to the send. */
public enum EventType {
    MESSAGE_SCHEDULED,
    MESSAGE_SUBMITTED,
    MESSAGE_DELIVERED,
    MESSAGE_UNDELIVERED,
    MESSAGE_FAILED,
    MESSAGE_REJECTED,
    MESSAGE_EXPIRED,
    MESSAGE_CANCELLED,
    MESSAGE_UNCONFIRMED,
    MESSAGE_UNKNOWN,
    BATCH_FINISHED,
    REPLY_RECEIVED,
    ACCOUNT_BLOCKED,
    ACCOUNT_AVAILABLE,
    ACCOUNT_CREDIT_LOW,
    WEBHOOK_DISABLED,
    WEBHOOK_TEST;

    /** The name in payloads and rules: {@code message.delivered}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }

    /** Empty where no type has that name. */
    public static Optional<EventType> of(String label) {
        return Arrays.stream(values())
                .filter(type -> type.label().equals(label))
                .findFirst();
    }

    /** What says that a message is in this state now; empty for states that are not told. */
    public static Optional<EventType> of(MessageState state) {
        return of("message." + state.label());
    }
}
