package hoopoe.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hoopoe.batch.create.CreateBatchResult;
import hoopoe.batch.create.CreateBatchResult.BatchCreated;
import hoopoe.batch.create.CreateBatchResult.CreateReplayed;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.DispatchState;
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
final class CrashStory implements AutoCloseable {

    private static final Set<String> FAILURES =
            Set.of("no answer to " + Canary.TEXT, "no connection for " + Canary.TEXT);
    private static final int TICKS = 6;

    private final SendSteps sendSteps;
    private final AppFixture appFixture = new AppFixture();

    CrashStory(SendSteps sendSteps, Map<Integer, Fault> faults) {
        this.sendSteps = sendSteps;
        sendSteps.prepare(appFixture);
        appFixture.faults.at(faults);
    }

    void tell() {
        call();
        if (sendSteps.hasStream()) {
            waiting(EnumSet.of(DispatchState.ACCEPTED))
                    .forEach(id -> process(another -> another.dispatchRound.send(List.of(id), another.deadline())));
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
            process(another -> assertThat(another.admit(sendSteps.request(), key))
                    .isInstanceOfAny(BatchCreated.class, CreateBatchResult.CreateRefused.class));
            ticks();
        }
    }

    int writes() {
        return appFixture.faults.writes();
    }

    private boolean call() {
        return process(another -> assertThat(another.admit(sendSteps.request(), "key"))
                .isInstanceOfAny(BatchCreated.class, CreateReplayed.class));
    }

    private List<DispatchId> waiting(Set<DispatchState> in) {
        return appFixture.stored().stream()
                .flatMap(batch -> appFixture.dispatchRepository.of(batch).stream())
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
                    && appFixture.stored().stream()
                            .allMatch(batch -> batch.progress().spread());
            appFixture.clock.move(Duration.ofMinutes(7));
            process(AppFixture::tick);
        }
    }

    /** @return whether it came to its end */
    private boolean process(Consumer<AppFixture> work) {
        var thrown = catchThrowable(() -> work.accept(appFixture.another()));
        if (thrown != null && !isOfTheFault(thrown)) {
            throw new AssertionError("it threw", thrown);
        }
        return thrown == null;
    }

    /** Only the planned crash fails here. A crash in a lane's thread comes wrapped. */
    private static boolean isOfTheFault(Throwable thrown) {
        return thrown instanceof Killed
                || thrown.getCause() instanceof Killed
                || thrown instanceof SdkClientException && FAILURES.contains(thrown.getMessage());
    }

    /** DynamoDB Local has its work with every table that is there. */
    @Override
    public void close() {
        appFixture.healthy.deleteTable(delete -> delete.tableName(appFixture.name));
    }

    void assertNothingStuckAndNothingTwice() {
        appFixture.assertNothingStuckAndNothingTwice();
        assertThat(appFixture.provider.reached().values()).allMatch(times -> times == 1);
    }

    /** Nothing is said to be sent that was not, and only a death leaves anything in doubt. */
    void assertEnd(boolean died) {
        assertThat(appFixture.stored()).hasSize(1);
        assertThat(appFixture.dispatchRepository.of(appFixture.stored().get(0)))
                .isNotEmpty()
                .allSatisfy(dispatch -> {
                    assertThat(dispatch.state())
                            .isIn(sendSteps.end(), died ? DispatchState.UNCONFIRMED : sendSteps.end());
                    if (dispatch.state() == DispatchState.SUBMITTED) {
                        assertThat(appFixture.provider.taken()).containsEntry(dispatch.token(), 1);
                    }
                });
    }
}
