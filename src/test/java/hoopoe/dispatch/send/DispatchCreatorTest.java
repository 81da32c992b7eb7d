package hoopoe.dispatch.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.create.CreateBatchResult;
import hoopoe.batch.create.CreateBatchResult.CreateReplayed;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.FaultyDynamo.Killed;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DispatchCreatorTest {

    private final AppFixture appFixture = new AppFixture();

    /** Stored, with its recipients, and then the process died. */
    private Batch unspread(int recipients) {
        return unspread(recipients, 1);
    }

    /** @param writes of recipients */
    private Batch unspread(int recipients, int writes) {
        appFixture.faults.at(writes + 2, Fault.KILL_BEFORE);
        assertThatThrownBy(() -> appFixture.admit(AppFixture.to(recipients), "key"))
                .isInstanceOf(Killed.class);
        appFixture.faults.heal();
        return appFixture.stored().get(0);
    }

    @Test
    void aBatchIsDueUntilItIsSpread() {
        var batch = unspread(1200);
        assertThat(batch.progress().spread()).isFalse();
        assertThat(appFixture.dispatchRepository.of(batch)).isEmpty();
        assertThat(appFixture.isDue("BATCH#" + batch.id())).isTrue();

        assertThat(appFixture.dispatchCreator.finish(batch.id())).isTrue();

        assertThat(appFixture.isDue("BATCH#" + batch.id())).isFalse();
        assertThat(appFixture.dispatchRepository.of(batch))
                .extracting(Dispatch::size)
                .containsExactly(500, 500, 200);
        assertThat(appFixture
                        .batchRepository
                        .find(batch.id())
                        .orElseThrow()
                        .progress()
                        .spread())
                .isTrue();
    }

    @Test
    void itsClaimIsThereWithIt() {
        var batch = unspread(1200);

        assertThat(appFixture.admit(AppFixture.to(1200), "key"))
                .isInstanceOfSatisfying(CreateReplayed.class, createReplayed -> assertThat(
                                createReplayed.batch().id())
                        .isEqualTo(batch.id()));
    }

    @Test
    void afterItIsSpreadNothingIsCreatedAgain() {
        var batch = appFixture.admitted(AppFixture.to(1200));
        appFixture.healthy.deleteItem(delete -> delete.tableName(appFixture.name)
                .key(Map.of(
                        "pk", AttributeValue.fromS("BATCH#" + batch.id() + "#1"),
                        "sk", AttributeValue.fromS("DISPATCH#00001"))));

        assertThat(appFixture.dispatchCreator.finish(batch.id())).isTrue();
        assertThat(appFixture.dispatchRepository.spread(batch, n -> 500, appFixture.clock.instant()))
                .isTrue();

        assertThat(appFixture.dispatchRepository.of(batch))
                .extracting(dispatch -> dispatch.id().n())
                .containsExactly(0, 2);
    }

    @Test
    void twoWhoSpreadTheSameBatchMakeEachDispatchOnce() {
        appFixture.provider.dispatchSize(1);
        var batch = unspread(250, 10);
        appFixture.faults.at(2, Fault.KILL_BEFORE);
        assertThatThrownBy(() -> appFixture.dispatchCreator.finish(batch.id())).isInstanceOf(Killed.class);
        appFixture.faults.heal();
        assertThat(appFixture.dispatchRepository.of(batch)).hasSize(99);
        appFixture.dispatcher.dispatch(appFixture.dispatch(batch, 7).id(), appFixture.deadline());

        assertThat(appFixture.dispatchCreator.finish(batch.id())).isTrue();

        assertThat(appFixture.dispatchRepository.of(batch)).hasSize(250);
        assertThat(appFixture.dispatch(batch, 7).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    @Test
    void whatIsCreatedAfterItWasTakenBackIsCancelled() {
        var batch = unspread(1200);
        appFixture.healthy.updateItem(update -> update.tableName(appFixture.name)
                .key(Map.of("pk", AttributeValue.fromS("BATCH#" + batch.id()), "sk", AttributeValue.fromS("BATCH")))
                .updateExpression("SET erase = :now")
                .expressionAttributeValues(Map.of(":now", AttributeValue.fromS("2026-03-01T04:00:00.000Z"))));

        appFixture.tickForAnHour();

        assertThat(appFixture.dispatchRepository.of(batch))
                .hasSize(3)
                .allSatisfy(dispatch -> assertThat(dispatch.state()).isEqualTo(DispatchState.CANCELLED));
        assertThat(appFixture.provider.sends()).isEmpty();
    }

    @Test
    void aCrashBeforeTheBatchLeavesNothingThatAnybodySees() {
        appFixture.faults.at(2, Fault.KILL_BEFORE);
        assertThatThrownBy(() -> appFixture.admit(AppFixture.to(1200), "key")).isInstanceOf(Killed.class);
        appFixture.faults.heal();

        assertThat(appFixture.stored()).isEmpty();
        assertThat(appFixture.admit(AppFixture.to(1200), "key")).isInstanceOf(CreateBatchResult.BatchCreated.class);
        assertThat(appFixture.stored()).hasSize(1);
    }
}
