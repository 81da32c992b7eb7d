package hoopoe.store;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.message.StatusFact;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.testing.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An event whose life is over: DynamoDB takes it away some time later. */
class EventsTest {

    private static final Reference REFERENCE = new Reference("fake", "main", "ref");
    private static final Event EVENT = Event.delivery(
            new PhoneNumber("+886900000001"),
            new StatusFact(MessageState.DELIVERED, null, "100", "", null, StatusFact.Source.CALLBACK),
            null);

    private final MovableClock clock = MovableClock.at("2026-03-01T04:00:00Z");
    private final Table table =
            new Table(LocalDynamo.shared().client(), LocalDynamo.shared().createLastingTable());
    private final Events events = new Events(table, clock);

    private boolean keep() {
        return events.keep(REFERENCE, "identity", EVENT, null);
    }

    @Test
    void anEventIsKeptOnceUntilItsLifeIsOver() {
        assertThat(keep()).isTrue();
        clock.move(Events.ORPHANS_KEPT);

        assertThat(keep()).isFalse();
        assertThat(events.of(REFERENCE)).hasSize(1);
    }

    @Test
    void whatHasExpiredIsGoneAndKeptAgainThoughItStillStands() {
        keep();
        clock.move(Events.ORPHANS_KEPT.plusSeconds(1));
        assertThat(events.of(REFERENCE)).isEmpty();

        assertThat(keep()).isTrue();
        assertThat(events.of(REFERENCE)).hasSize(1);
        clock.move(Duration.ofDays(6));
        assertThat(events.of(REFERENCE)).hasSize(1);
    }
}
