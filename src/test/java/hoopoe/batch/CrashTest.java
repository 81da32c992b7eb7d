package hoopoe.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hoopoe.batch.AdmissionOutcome.Admitted;
import hoopoe.batch.AdmissionOutcome.Replayed;
import hoopoe.store.DispatchState;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.FaultyDynamo.Killed;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A process dies, or an answer of the table is lost, at every write of a send in turn. */
class CrashTest {

    private static final Set<Fault> KILLS = EnumSet.of(Fault.KILL_BEFORE, Fault.KILL_AFTER);

    /** A send of 1 has 2 writes, one of 1,200 in three dispatches has 3, and its dispatch 2 each. */
    static Stream<Arguments> faults() {
        return Stream.of(1, 1200).flatMap(recipients -> Stream.of(
                        Fault.KILL_BEFORE,
                        Fault.KILL_AFTER,
                        Fault.LOST,
                        Fault.REPEATED,
                        Fault.CONFLICT,
                        Fault.UNREACHED)
                .flatMap(fault -> Stream.iterate(1, k -> k + 1)
                        .limit(recipients == 1 ? 2 : 9)
                        .map(k -> Arguments.of(recipients, fault, k))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void nothingIsStuckAndNothingIsSentTwice(int recipients, Fault fault, int k) {
        var house = new House();
        house.faults.at(k, fault);

        run(fault, () -> house.admit(House.to(recipients), "key"));
        run(fault, () -> house.stored().forEach(batch -> house.dispatches.of(batch).stream()
                .filter(dispatch -> dispatch.state() == DispatchState.ACCEPTED)
                .forEach(dispatch -> house.dispatcher.dispatch(dispatch.id(), house.deadline()))));
        int writes = house.faults.writes();
        house.faults.heal();
        assertThat(writes).as("the fault is met with %s", house.stored()).isGreaterThanOrEqualTo(k);
        house.tickForAnHour();

        house.assertNothingStuckAndNothingTwice();
        assertThat(house.admit(House.to(recipients), "key")).isInstanceOfAny(Admitted.class, Replayed.class);
        assertThat(house.stored()).hasSize(1);
        house.tickForAnHour();
        house.assertNothingStuckAndNothingTwice();
        assertThat(house.provider.taken()).hasSizeBetween(recipients == 1 ? 0 : 2, recipients == 1 ? 1 : 3);
    }

    /** Nobody else fails here: what comes out is the fault itself. */
    private static void run(Fault fault, Runnable work) {
        var thrown = catchThrowable(work::run);
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(KILLS.contains(fault) ? Killed.class : SdkClientException.class);
            assertThat(thrown.getMessage()).isIn("killed", "no answer", "no connection");
        }
    }
}
