package hoopoe.batch.view;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.BatchTotal;
import hoopoe.batch.TickFixture;
import hoopoe.message.MessageState;
import hoopoe.store.batch.BatchTotalsRepository;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.FaultyDynamo.Killed;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A batch of many dispatches that is settled costs a list one read, and shows what its dispatches would. */
class SettledRowTest {

    private static final int MANY = 5;

    private final TickFixture tickFixture = new TickFixture();
    private final AppFixture appFixture = tickFixture.appFixture;
    private final BatchTotalsRepository totals = new BatchTotalsRepository(tickFixture.table);

    private Batch settled() {
        appFixture.provider.dispatchSize(1);
        appFixture.provider.sending(FakeProvider::accepted);
        var batch = appFixture.admitted(AppFixture.to(MANY));
        appFixture.clock.move(Duration.ofMinutes(3));
        appFixture.tick();
        for (int n = 0; n < MANY; n++) {
            said(batch, n, UNDELIVERED, "101");
        }
        appFixture.clock.move(Duration.ofMinutes(1));
        tickFixture.tick();
        return tickFixture.again(batch);
    }

    private void said(Batch batch, int n, MessageState state, String code) {
        tickFixture.calledBack(
                TickFixture.delivery(appFixture.dispatch(batch, n).submission().reference(), n, state, code));
    }

    private void assertRow(Batch batch, int read, Map<String, Integer> counts) {
        var batchRow = tickFixture.reader.counted(tickFixture.again(batch));
        assertThat(batchRow.read()).isEqualTo(read);
        assertThat(batchRow.batch().counts()).isEqualTo(counts);
        var whole = tickFixture.reader.whole(tickFixture.again(batch));
        assertThat(batchRow.batch().state()).isEqualTo(whole.state());
        assertThat(batchRow.batch().cost()).isEqualTo(whole.cost());
        assertThat(batchRow.batch().asOf()).isEqualTo(whole.asOf());
    }

    @Test
    void itsDispatchesAreNotRead() {
        var batch = settled();

        assertThat(batch.progress().settled()).hasSize(MANY);
        assertRow(batch, 0, Map.of("undelivered", MANY));
    }

    @Test
    void oneThatIsOpenOrOfFewDispatchesIsRead() {
        appFixture.provider.dispatchSize(1);
        assertRow(appFixture.admitted(AppFixture.to(MANY)), MANY, Map.of("accepted", MANY));
        appFixture.provider.dispatchSize(500);
        var few = tickFixture.submitted(1, "ref");
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        tickFixture.checkWhenDue(few);
        assertRow(few, 1, Map.of("delivered", 1));
    }

    @Test
    void lateEvidenceIsShown() {
        var batch = settled();
        appFixture.clock.move(Duration.ofDays(1));

        said(batch, 2, DELIVERED, "100");
        tickFixture.tick();

        assertRow(batch, 0, Map.of("undelivered", MANY - 1, "delivered", 1));
    }

    /** Removed first: a crash in between leaves nothing that is older than the dispatches. */
    @Test
    void whoDiesLeavesNothingOld() {
        for (int write = 1; write <= 12; write++) {
            var other = new SettledRowTest();
            var batch = other.settled();
            other.appFixture.clock.move(Duration.ofDays(1));
            other.said(batch, 2, DELIVERED, "100");
            other.appFixture.faults.at(write, Fault.KILL_AFTER);
            try {
                other.tickFixture.dispatchCheck.run(
                        other.tickFixture
                                .checkRepository
                                .find(new hoopoe.dispatch.DispatchId(batch.id(), 2))
                                .orElseThrow(),
                        other.tickFixture.deadline());
            } catch (Killed died) {
                other.appFixture.faults.heal();
            }
            other.appFixture.faults.heal();
            var shown = other.tickFixture
                    .reader
                    .counted(other.tickFixture.again(batch))
                    .batch();
            var counted = StatusCounts.counted(
                    batch, other.appFixture.dispatchRepository.of(batch), other.appFixture.clock.instant());
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
        assertThat(old).extracting(BatchTotal::cancelled).isEqualTo(0);
    }
}
