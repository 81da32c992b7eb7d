package hoopoe.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.delivery.EffectiveStatus.StatusTimeouts;
import hoopoe.message.MessageState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StatusTimeoutsTest {

    private static final StatusTimeouts SETTLING = StatusTimeouts.after(Instant.parse("2026-03-02T02:00:00Z"));

    @Test
    void anUnconfirmedOneIsWaitedForAnHourLongerThanItCanBeSent() {
        assertThat(SETTLING.settled(MessageState.UNCONFIRMED, false, Instant.parse("2026-03-02T02:59:59.999Z")))
                .isFalse();
        assertThat(SETTLING.settled(MessageState.UNCONFIRMED, false, Instant.parse("2026-03-02T03:00:00Z")))
                .isTrue();
        assertThat(SETTLING.shown(MessageState.UNCONFIRMED, Instant.parse("2026-04-02T03:00:00Z")))
                .isEqualTo(MessageState.UNCONFIRMED);
    }

    @Test
    void anUnconfirmedOneThatCanBeAskedForIsWaitedForLonger() {
        assertThat(SETTLING.settled(MessageState.UNCONFIRMED, true, Instant.parse("2026-03-02T03:00:00Z")))
                .isFalse();
        assertThat(SETTLING.settled(MessageState.UNCONFIRMED, true, Instant.parse("2026-03-05T02:00:00Z")))
                .isTrue();
    }

    @Test
    void oneWithoutAFinalFactBecomesUnknownAfterThreeDays() {
        var before = Instant.parse("2026-03-05T01:59:59.999Z");
        var then = Instant.parse("2026-03-05T02:00:00Z");

        assertThat(SETTLING.shown(MessageState.SUBMITTED, before)).isEqualTo(MessageState.SUBMITTED);
        assertThat(SETTLING.settled(MessageState.SUBMITTED, true, before)).isFalse();
        assertThat(SETTLING.shown(MessageState.SUBMITTED, then)).isEqualTo(MessageState.UNKNOWN);
        assertThat(SETTLING.shown(MessageState.SCHEDULED, then)).isEqualTo(MessageState.UNKNOWN);
        assertThat(SETTLING.settled(MessageState.SUBMITTED, true, then)).isTrue();
    }

    @Test
    void whatIsFinalIsSettledAtOnceAndStaysWhatItIs() {
        var late = Instant.parse("2027-01-01T00:00:00Z");

        assertThat(SETTLING.settled(MessageState.DELIVERED, true, Instant.EPOCH))
                .isTrue();
        assertThat(SETTLING.shown(MessageState.UNDELIVERED, late)).isEqualTo(MessageState.UNDELIVERED);
    }
}
