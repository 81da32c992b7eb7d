package hoopoe.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.delivery.CallbackEvent;
import hoopoe.delivery.ProviderReference;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.message.StatusFact;
import hoopoe.store.table.Table;
import hoopoe.testing.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An event whose life is over: DynamoDB takes it away some time later. */
class CallbackEventRepositoryTest {

    private static final ProviderReference REFERENCE = new ProviderReference("fake", "main", "ref");
    private static final CallbackEvent EVENT = CallbackEvent.delivery(
            new PhoneNumber("+886900000001"),
            new StatusFact(MessageState.DELIVERED, null, "100", "", null, StatusFact.Source.CALLBACK),
            null);

    private final MovableClock clock = MovableClock.at("2026-03-01T04:00:00Z");
    private final Table table =
            new Table(LocalDynamo.shared().client(), LocalDynamo.shared().createLastingTable());
    private final CallbackEventRepository callbackEventRepository = new CallbackEventRepository(table, clock);

    private boolean keep() {
        return callbackEventRepository.keep(REFERENCE, "identity", EVENT, null);
    }

    @Test
    void anEventIsKeptOnceUntilItsLifeIsOver() {
        assertThat(keep()).isTrue();
        clock.move(CallbackEventRepository.ORPHANS_KEPT);

        assertThat(keep()).isFalse();
        assertThat(callbackEventRepository.of(REFERENCE)).hasSize(1);
    }

    @Test
    void whatHasExpiredIsGoneAndKeptAgainThoughItStillStands() {
        keep();
        clock.move(CallbackEventRepository.ORPHANS_KEPT.plusSeconds(1));
        assertThat(callbackEventRepository.of(REFERENCE)).isEmpty();

        assertThat(keep()).isTrue();
        assertThat(callbackEventRepository.of(REFERENCE)).hasSize(1);
        clock.move(Duration.ofDays(6));
        assertThat(callbackEventRepository.of(REFERENCE)).hasSize(1);
    }
}
