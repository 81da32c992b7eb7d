package hoopoe.batch;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.message.MessageState;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchStateTest {

    /** {@code accepted delivered} */
    private static Map<MessageState, Integer> counts(String states) {
        var counts = new EnumMap<MessageState, Integer>(MessageState.class);
        for (var state : states.split(" ")) {
            counts.put(MessageState.of(state), 2);
        }
        return counts;
    }

    private static BatchState state(String label) {
        return BatchState.valueOf(label.toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @CsvSource({
        "accepted, accepted",
        "dispatching, in_progress",
        "accepted dispatching, in_progress",
        "unconfirmed, in_progress",
        "submitted, in_progress",
        "unknown, in_progress",
        "scheduled, scheduled",
        "accepted scheduled, scheduled",
        "dispatching scheduled, scheduled",
        "scheduled rejected, scheduled",
        "scheduled cancelled, scheduled",
        "scheduled submitted, in_progress",
        "scheduled unconfirmed, in_progress",
        "scheduled delivered, in_progress",
        "accepted rejected, in_progress",
        "accepted delivered, in_progress",
        "submitted delivered, in_progress",
        "submitted cancelled, in_progress"
    })
    void aBatchIsOpenWhileAMessageIs(String states, String expected) {
        assertThat(BatchState.of(counts(states), false)).isEqualTo(state(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "delivered, completed",
        "cancelled, cancelled",
        "rejected, rejected",
        "expired, expired",
        "failed, completed_with_failures",
        "undelivered, completed_with_failures",
        "delivered undelivered, completed_with_failures",
        "delivered cancelled, completed_with_failures",
        "rejected expired, completed_with_failures",
        "cancelled rejected, completed_with_failures"
    })
    void aBatchIsFinishedWhenAllItsMessagesAreFinal(String states, String expected) {
        assertThat(BatchState.of(counts(states), false)).isEqualTo(state(expected));
        assertThat(BatchState.of(counts(states), true)).isEqualTo(state(expected));
    }

    @ParameterizedTest
    @CsvSource({"unconfirmed", "unknown", "delivered unknown", "delivered unconfirmed", "submitted"})
    void whatTimeSettledIsNotCompletedAsWished(String states) {
        assertThat(BatchState.of(counts(states), true)).isEqualTo(BatchState.COMPLETED_WITH_FAILURES);
    }

    @Test
    void statesThatNoMessageIsInDoNotCount() {
        var counts = counts("delivered");
        counts.put(MessageState.SUBMITTED, 0);

        assertThat(BatchState.of(counts, false)).isEqualTo(BatchState.COMPLETED);
    }

    @Test
    void everyStateOfOneMessageMakesAState() {
        for (var message : MessageState.values()) {
            for (var other : MessageState.values()) {
                assertThat(BatchState.of(new EnumMap<>(Map.of(message, 1)), false))
                        .isNotNull();
                var both = new EnumMap<>(Map.of(message, 1));
                both.put(other, 1);
                var finished = message.isFinal() && other.isFinal();
                assertThat(BatchState.of(both, false).compareTo(BatchState.COMPLETED) >= 0)
                        .isEqualTo(finished);
            }
        }
    }
}
