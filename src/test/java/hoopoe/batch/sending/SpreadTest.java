package hoopoe.batch.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.batch.House;
import hoopoe.batch.admission.AdmissionOutcome;
import hoopoe.batch.admission.AdmissionOutcome.Replayed;
import hoopoe.store.Batch;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchState;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.FaultyDynamo.Killed;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SpreadTest {

    private final House house = new House();

    /** Stored, with its recipients, and then the process died. */
    private Batch unspread(int recipients) {
        return unspread(recipients, 1);
    }

    /** @param writes of recipients */
    private Batch unspread(int recipients, int writes) {
        house.faults.at(writes + 2, Fault.KILL_BEFORE);
        assertThatThrownBy(() -> house.admit(House.to(recipients), "key")).isInstanceOf(Killed.class);
        house.faults.heal();
        return house.stored().get(0);
    }

    @Test
    void aBatchIsDueUntilItIsSpread() {
        var batch = unspread(1200);
        assertThat(batch.spread()).isFalse();
        assertThat(house.dispatches.of(batch)).isEmpty();
        assertThat(house.isDue("BATCH#" + batch.id())).isTrue();

        assertThat(house.spread.finish(batch.id())).isTrue();

        assertThat(house.isDue("BATCH#" + batch.id())).isFalse();
        assertThat(house.dispatches.of(batch)).extracting(Dispatch::size).containsExactly(500, 500, 200);
        assertThat(house.batches.find(batch.id()).orElseThrow().spread()).isTrue();
    }

    @Test
    void itsClaimIsThereWithIt() {
        var batch = unspread(1200);

        assertThat(house.admit(House.to(1200), "key")).isInstanceOfSatisfying(Replayed.class, replayed -> assertThat(
                        replayed.batch().id())
                .isEqualTo(batch.id()));
    }

    @Test
    void afterItIsSpreadNothingIsCreatedAgain() {
        var batch = house.admitted(House.to(1200));
        house.healthy.deleteItem(delete -> delete.tableName(house.name)
                .key(Map.of(
                        "pk", AttributeValue.fromS("BATCH#" + batch.id() + "#1"),
                        "sk", AttributeValue.fromS("DISPATCH#00001"))));

        assertThat(house.spread.finish(batch.id())).isTrue();
        assertThat(house.dispatches.spread(batch, n -> 500, house.clock.instant()))
                .isTrue();

        assertThat(house.dispatches.of(batch)).extracting(Dispatch::n).containsExactly(0, 2);
    }

    @Test
    void twoWhoSpreadTheSameBatchMakeEachDispatchOnce() {
        house.provider.dispatchSize(1);
        var batch = unspread(250, 10);
        house.faults.at(2, Fault.KILL_BEFORE);
        assertThatThrownBy(() -> house.spread.finish(batch.id())).isInstanceOf(Killed.class);
        house.faults.heal();
        assertThat(house.dispatches.of(batch)).hasSize(99);
        house.dispatcher.dispatch(house.dispatch(batch, 7).id(), house.deadline());

        assertThat(house.spread.finish(batch.id())).isTrue();

        assertThat(house.dispatches.of(batch)).hasSize(250);
        assertThat(house.dispatch(batch, 7).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    @Test
    void whatIsCreatedAfterItWasTakenBackIsCancelled() {
        var batch = unspread(1200);
        house.healthy.updateItem(update -> update.tableName(house.name)
                .key(Map.of("pk", AttributeValue.fromS("BATCH#" + batch.id()), "sk", AttributeValue.fromS("BATCH")))
                .updateExpression("SET erase = :now")
                .expressionAttributeValues(Map.of(":now", AttributeValue.fromS("2026-03-01T04:00:00.000Z"))));

        house.tickForAnHour();

        assertThat(house.dispatches.of(batch)).hasSize(3).allSatisfy(dispatch -> assertThat(dispatch.state())
                .isEqualTo(DispatchState.CANCELLED));
        assertThat(house.provider.sends()).isEmpty();
    }

    @Test
    void aCrashBeforeTheBatchLeavesNothingThatAnybodySees() {
        house.faults.at(2, Fault.KILL_BEFORE);
        assertThatThrownBy(() -> house.admit(House.to(1200), "key")).isInstanceOf(Killed.class);
        house.faults.heal();

        assertThat(house.stored()).isEmpty();
        assertThat(house.admit(House.to(1200), "key")).isInstanceOf(AdmissionOutcome.Admitted.class);
        assertThat(house.stored()).hasSize(1);
    }
}
