package hoopoe.batch;

import hoopoe.message.MessageState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The state of a whole batch (src/site/api.md, States): it follows from how many of its messages are in which state. */
public enum BatchState {
    ACCEPTED,
    SCHEDULED,
    IN_PROGRESS,
    COMPLETED,
    COMPLETED_WITH_FAILURES,
    CANCELLED,
    REJECTED,
    EXPIRED;

    private static final Set<MessageState> WAITING =
            EnumSet.of(MessageState.ACCEPTED, MessageState.DISPATCHING, MessageState.SCHEDULED);

    /** The name as the API writes it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<BatchState> of(String label) {
        return Arrays.stream(values())
                .filter(state -> state.label().equals(label))
                .findFirst();
    }

    /**
     * @param counts how many messages are in which state
     * @param settled whether a timeout ended the waiting for messages in no final state
     */
    public static BatchState of(Map<MessageState, Integer> counts, boolean settled) {
        var states = EnumSet.noneOf(MessageState.class);
        counts.forEach((state, count) -> {
            if (count > 0) {
                states.add(state);
            }
        });
        return settled || states.stream().allMatch(MessageState::isFinal) ? finished(states) : open(states);
    }

    private static BatchState finished(Set<MessageState> states) {
        if (states.size() != 1) {
            return COMPLETED_WITH_FAILURES;
        }
        return switch (states.iterator().next()) {
            case DELIVERED -> COMPLETED;
            case CANCELLED -> CANCELLED;
            case REJECTED -> REJECTED;
            case EXPIRED -> EXPIRED;
            default -> COMPLETED_WITH_FAILURES;
        };
    }

    /** Rejected and cancelled messages alone do not put a batch in progress. */
    private static BatchState open(Set<MessageState> states) {
        if (states.equals(EnumSet.of(MessageState.ACCEPTED))) {
            return ACCEPTED;
        }
        var open = EnumSet.copyOf(states);
        open.removeIf(state -> state == MessageState.CANCELLED || state == MessageState.REJECTED);
        return open.contains(MessageState.SCHEDULED) && WAITING.containsAll(open) ? SCHEDULED : IN_PROGRESS;
    }
}
