package hoopoe.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hoopoe.batch.admission.AdmissionOutcome;
import hoopoe.batch.admission.AdmissionOutcome.Admitted;
import hoopoe.batch.admission.AdmissionOutcome.Replayed;
import hoopoe.store.Batch;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchId;
import hoopoe.store.DispatchState;
import hoopoe.testing.Canary;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.FaultyDynamo.Killed;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkClientException;

/** One house, every process of which is a new one. */
final class Story implements AutoCloseable {

    private static final Set<String> FAILURES =
            Set.of("no answer to " + Canary.TEXT, "no connection for " + Canary.TEXT);
    private static final int TICKS = 6;

    private final Course course;
    private final House house = new House();

    Story(Course course, Map<Integer, Fault> faults) {
        this.course = course;
        course.prepare(house);
        house.faults.at(faults);
    }

    void tell() {
        call();
        if (course.hasStream()) {
            waiting(EnumSet.of(DispatchState.ACCEPTED))
                    .forEach(id -> process(another -> another.round.send(List.of(id), another.deadline())));
        }
        ticks();
    }

    /** The caller heard nothing, or does not trust what they heard. */
    void callAgain() {
        for (int i = 0; i < 3 && !call(); i++) {
            // until they are answered
        }
        ticks();
    }

    /** Others ask for the same under keys of their own; {@link #assertNothingStuckAndNothingTwice} counts them together. */
    void othersCall() {
        for (int i = 0; i < 2; i++) {
            var key = "other" + i;
            process(another -> assertThat(another.admit(course.request(), key))
                    .isInstanceOfAny(Admitted.class, AdmissionOutcome.Refused.class));
            ticks();
        }
    }

    int writes() {
        return house.faults.writes();
    }

    private boolean call() {
        return process(another ->
                assertThat(another.admit(course.request(), "key")).isInstanceOfAny(Admitted.class, Replayed.class));
    }

    private List<DispatchId> waiting(Set<DispatchState> in) {
        return house.stored().stream()
                .flatMap(batch -> house.dispatches.of(batch).stream())
                .filter(dispatch -> in.contains(dispatch.state()))
                .map(Dispatch::id)
                .toList();
    }

    /** Further apart than any lease and any pause is long; one more after nothing waits any more. */
    private void ticks() {
        boolean quiet = false;
        for (int i = 0; i < TICKS && !quiet; i++) {
            quiet = waiting(EnumSet.of(DispatchState.ACCEPTED, DispatchState.DISPATCHING))
                            .isEmpty()
                    && house.stored().stream().allMatch(Batch::spread);
            house.clock.move(Duration.ofMinutes(7));
            process(House::tick);
        }
    }

    /** @return whether it came to its end */
    private boolean process(Consumer<House> work) {
        var thrown = catchThrowable(() -> work.accept(house.another()));
        if (thrown != null && !isOfTheFault(thrown)) {
            throw new AssertionError("it threw", thrown);
        }
        return thrown == null;
    }

    /** Nobody else fails here. A lane's death comes wrapped. */
    private static boolean isOfTheFault(Throwable thrown) {
        return thrown instanceof Killed
                || thrown.getCause() instanceof Killed
                || thrown instanceof SdkClientException && FAILURES.contains(thrown.getMessage());
    }

    /** DynamoDB Local has its work with every table that is there. */
    @Override
    public void close() {
        house.healthy.deleteTable(delete -> delete.tableName(house.name));
    }

    void assertNothingStuckAndNothingTwice() {
        house.assertNothingStuckAndNothingTwice();
        assertThat(house.provider.reached().values()).allMatch(times -> times == 1);
    }

    /** Nothing is said to be sent that was not, and only a death leaves anything in doubt. */
    void assertEnd(boolean died) {
        assertThat(house.stored()).hasSize(1);
        assertThat(house.dispatches.of(house.stored().get(0))).isNotEmpty().allSatisfy(dispatch -> {
            assertThat(dispatch.state()).isIn(course.end(), died ? DispatchState.UNCONFIRMED : course.end());
            if (dispatch.state() == DispatchState.SUBMITTED) {
                assertThat(house.provider.taken()).containsEntry(dispatch.token(), 1);
            }
        });
    }
}
