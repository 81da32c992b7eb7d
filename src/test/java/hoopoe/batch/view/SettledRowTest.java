package hoopoe.batch.view;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.House;
import hoopoe.batch.Watch;
import hoopoe.message.MessageState;
import hoopoe.store.Batch;
import hoopoe.store.BatchTotals;
import hoopoe.store.Totals;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.FaultyDynamo.Killed;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A batch of many dispatches that is settled costs a list one read, and shows what its dispatches would. */
class SettledRowTest {

    private static final int MANY = 5;

    private final Watch watch = new Watch();
    private final House house = watch.house;
    private final BatchTotals totals = new BatchTotals(watch.table);

    private Batch settled() {
        house.provider.dispatchSize(1);
        house.provider.sending(FakeProvider::accepted);
        var batch = house.admitted(House.to(MANY));
        house.clock.move(Duration.ofMinutes(3));
        house.tick();
        for (int n = 0; n < MANY; n++) {
            said(batch, n, UNDELIVERED, "101");
        }
        house.clock.move(Duration.ofMinutes(1));
        watch.tick();
        return watch.again(batch);
    }

    private void said(Batch batch, int n, MessageState state, String code) {
        watch.calledBack(Watch.delivery(house.dispatch(batch, n).reference(), n, state, code));
    }

    private void assertRow(Batch batch, int read, Map<String, Integer> counts) {
        var row = watch.reader.counted(watch.again(batch));
        assertThat(row.read()).isEqualTo(read);
        assertThat(row.batch().counts()).isEqualTo(counts);
        var whole = watch.reader.whole(watch.again(batch));
        assertThat(row.batch().state()).isEqualTo(whole.state());
        assertThat(row.batch().cost()).isEqualTo(whole.cost());
        assertThat(row.batch().asOf()).isEqualTo(whole.asOf());
    }

    @Test
    void itsDispatchesAreNotRead() {
        var batch = settled();

        assertThat(batch.settled()).hasSize(MANY);
        assertRow(batch, 0, Map.of("undelivered", MANY));
    }

    @Test
    void oneThatIsOpenOrOfFewDispatchesIsRead() {
        house.provider.dispatchSize(1);
        assertRow(house.admitted(House.to(MANY)), MANY, Map.of("accepted", MANY));
        house.provider.dispatchSize(500);
        var few = watch.submitted(1, "ref");
        watch.calledBack(Watch.delivery("ref", 0, DELIVERED, "100"));
        watch.checkWhenDue(few);
        assertRow(few, 1, Map.of("delivered", 1));
    }

    @Test
    void lateEvidenceIsShown() {
        var batch = settled();
        house.clock.move(Duration.ofDays(1));

        said(batch, 2, DELIVERED, "100");
        watch.tick();

        assertRow(batch, 0, Map.of("undelivered", MANY - 1, "delivered", 1));
    }

    /** Forgotten first: who dies in between leaves nothing that is older than the dispatches. */
    @Test
    void whoDiesLeavesNothingOld() {
        for (int write = 1; write <= 12; write++) {
            var other = new SettledRowTest();
            var batch = other.settled();
            other.house.clock.move(Duration.ofDays(1));
            other.said(batch, 2, DELIVERED, "100");
            other.house.faults.at(write, Fault.KILL_AFTER);
            try {
                other.watch.checks.run(
                        other.watch
                                .checkups
                                .find(new hoopoe.store.DispatchId(batch.id(), 2))
                                .orElseThrow(),
                        other.watch.deadline());
            } catch (Killed died) {
                other.house.faults.heal();
            }
            other.house.faults.heal();
            var shown = other.watch.reader.counted(other.watch.again(batch)).batch();
            var counted = Tally.counted(batch, other.house.dispatches.of(batch), other.house.clock.instant());
            assertThat(shown.counts()).as("dead after write %d", write).isEqualTo(counted.labelled());
        }
    }

    @Test
    void whoSummedUpBeforeAChangeKeepsNothing() {
        var batch = settled();
        int before = totals.changes(batch);
        var old = totals.find(batch).orElseThrow();

        totals.forget(batch);
        totals.keep(batch, old, before);
        assertThat(totals.find(batch)).isEmpty();

        totals.keep(batch, old, totals.changes(batch));
        assertThat(totals.find(batch)).contains(old);
        assertThat(old).extracting(Totals::cancelled).isEqualTo(0);
    }
}
