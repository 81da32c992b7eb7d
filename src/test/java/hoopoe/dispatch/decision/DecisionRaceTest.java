package hoopoe.dispatch.decision;

import static hoopoe.message.MessageState.DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.delivery.ProviderReference;
import hoopoe.dispatch.ClaimResult;
import hoopoe.dispatch.DecisionRecord;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.decision.DecisionOutcome.DecisionMade;
import hoopoe.dispatch.decision.DecisionOutcome.DecisionRefused;
import hoopoe.dispatch.decision.DecisionOutcome.DecisionReplayed;
import hoopoe.store.batch.IdempotencyKey;
import hoopoe.store.delivery.CallbackCorrelator;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.FaultyDynamo.Killed;
import hoopoe.testing.StoreFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkException;

/** Two decisions at once, and a crash of one: a resend always makes at most one more send. */
class DecisionRaceTest {

    private static final OperatorDecision WORD = new OperatorDecision(AppFixture.CALLER, "key", null, null);
    private static final IdempotencyKey CLAIM =
            new IdempotencyKey(AppFixture.CALLER, "POST", "/v1/batches/x/dispatches/0/resend", "key", "print");

    private final TickFixture tickFixture = new TickFixture();
    private final AppFixture appFixture = tickFixture.appFixture;

    private Batch lost() {
        var batch = tickFixture.lost(1);
        appFixture.clock.move(Duration.ofMinutes(6));
        appFixture.provider.sending(FakeProvider::accepted);
        return batch;
    }

    private DecisionOutcome confirm(Batch batch) {
        return tickFixture.dispatchConfirmation.confirm(tickFixture.again(batch), 0, WORD, Optional.empty());
    }

    private DecisionOutcome resend(Batch batch, Optional<IdempotencyKey> claim) {
        return tickFixture.dispatchResend.resend(tickFixture.again(batch), 0, WORD, claim, appFixture.deadline());
    }

    private static <T> List<T> atOnce(List<Callable<T>> works) throws Exception {
        var pool = Executors.newFixedThreadPool(works.size());
        try {
            var barrier = new CyclicBarrier(works.size());
            var futures = new ArrayList<java.util.concurrent.Future<T>>();
            for (var work : works) {
                futures.add(pool.submit(() -> {
                    barrier.await();
                    return work.call();
                }));
            }
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    @RepeatedTest(3)
    void ofAConfirmationAndAResendOneWins() throws Exception {
        var batch = lost();

        var outcomes =
                atOnce(List.<Callable<DecisionOutcome>>of(() -> confirm(batch), () -> resend(batch, Optional.empty())));

        assertThat(outcomes.stream().filter(DecisionMade.class::isInstance)).hasSize(1);
        assertThat(outcomes.stream().filter(DecisionRefused.class::isInstance)).hasSize(1);
        assertThat(tickFixture.decisionRepository.of(tickFixture.dispatch(batch)))
                .hasSize(1);
        assertThat(tickFixture.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(appFixture.provider.sends()).hasSize(outcomes.get(0) instanceof DecisionMade ? 1 : 2);
    }

    @RepeatedTest(3)
    void ofTwoResendsWithOneKeyOneIsAReplay() throws Exception {
        var batch = lost();

        var outcomes = atOnce(List.<Callable<DecisionOutcome>>of(
                () -> resend(batch, Optional.of(CLAIM)), () -> resend(batch, Optional.of(CLAIM))));

        assertThat(outcomes.stream().filter(DecisionMade.class::isInstance)).hasSize(1);
        assertThat(outcomes.stream().filter(DecisionReplayed.class::isInstance)).hasSize(1);
        assertThat(appFixture.provider.sends()).hasSize(2);
    }

    /** The first call with the key decides after the second has looked for the key, and before the second reads the dispatch. */
    @Test
    void aCallThatDidNotSeeTheFirstsKeyIsAReplay() {
        var batch = lost();
        var decisionLoop =
                new DecisionLoop(appFixture.idempotencyStore, appFixture.dispatchRepository, appFixture.clock);
        assertThat(decisionLoop.earlier(batch, Optional.of(CLAIM))).isEmpty();
        assertThat(resend(batch, Optional.of(CLAIM))).isInstanceOf(DecisionMade.class);

        assertThat(decisionLoop.settle(batch, 0, Optional.of(CLAIM), seen -> {
                    throw new AssertionError("decided twice");
                }))
                .isInstanceOf(DecisionReplayed.class);
    }

    /** The resend tries at once, and the clock finds it due. */
    @RepeatedTest(3)
    void aTickBesideAResendSendsNothingMore() throws Exception {
        var batch = lost();

        atOnce(List.<Callable<Object>>of(() -> resend(batch, Optional.empty()), tickFixture::tick, tickFixture::tick));
        tickFixture.tick();

        assertThat(appFixture.provider.sends()).hasSizeBetween(2, 2);
        assertThat(tickFixture.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    /** Whichever comes first: the word of the provider stands, and its message is delivered. */
    @RepeatedTest(5)
    void aLateCallbackBesideAResendIsNotLost() throws Exception {
        var batch = lost();
        var callback = TickFixture.delivery(
                "old", 0, DELIVERED, "100", TickFixture.id(batch).token(0));

        atOnce(List.<Callable<Object>>of(() -> resend(batch, Optional.empty()), () -> {
            tickFixture.calledBack(callback);
            return "taken";
        }));
        appFixture.clock.move(Duration.ofMinutes(2));
        tickFixture.tick();
        tickFixture.tick();

        assertThat(tickFixture.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(tickFixture.dispatch(batch).checks().counts()).containsOnlyKeys("delivered");
        assertThat(appFixture.provider.sends()).hasSizeLessThanOrEqualTo(2);
    }

    /** The callback has named the first try and has not come to count its event. */
    @Test
    void whoLookedBeforeTheFirstTryWasNamedSendsNothing() {
        var batch = lost();
        var seen = tickFixture.dispatch(batch);
        var now = appFixture.clock.instant();
        var decisionRecord = new DecisionRecord(
                now, DecisionRecord.DecisionKind.RESENT, seen.tries().unconfirmed(), "shop", "key", null, null);
        assertThat(tickFixture.decisionRepository.resend(seen, decisionRecord, Optional.empty()))
                .isInstanceOf(hoopoe.store.dispatch.DecisionRepository.DecisionResult.DecisionStored.class);
        var looked = tickFixture.dispatch(batch);
        var to = appFixture
                .recipientRepository
                .of(batch.id(), 0)
                .iterator()
                .next()
                .to();

        var named = new CallbackCorrelator(
                        tickFixture.table,
                        appFixture.referenceRepository,
                        appFixture.dispatchRepository,
                        appFixture.recipientRepository,
                        appFixture.clock)
                .name(
                        new ProviderReference("fake", seen.account(), "old"),
                        TickFixture.id(batch).token(0),
                        to);

        assertThat(named).isPresent();
        assertThat(appFixture.dispatchRepository.claim(looked, StoreFixture.NO_RESERVATION, now, now.plusSeconds(60)))
                .isInstanceOf(ClaimResult.Gone.class);
    }

    /** At every write in turn. A caller without an answer calls again. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void aResendThatDiesIsOneResend(Fault fault) {
        for (int k = 1; k <= 3; k++) {
            var each = new TickFixture();
            var batch = each.lost(1);
            each.appFixture.clock.move(Duration.ofMinutes(6));
            each.appFixture.provider.sending(FakeProvider::accepted);
            each.appFixture.faults.at(k, fault);

            var thrown = catchThrowable(() -> each.dispatchResend.resend(
                    each.again(batch), 0, WORD, Optional.of(CLAIM), each.appFixture.deadline()));
            assertThat(each.appFixture.faults.writes()).as("met").isGreaterThanOrEqualTo(k);
            each.appFixture.faults.heal();
            if (thrown != null) {
                assertThat(thrown).isInstanceOfAny(Killed.class, SdkException.class);
            }
            each.dispatchResend.resend(each.again(batch), 0, WORD, Optional.of(CLAIM), each.appFixture.deadline());
            for (int i = 0; i < 3; i++) {
                each.appFixture.clock.move(Duration.ofMinutes(7));
                each.tick();
            }

            assertThat(each.decisionRepository.of(each.dispatch(batch)))
                    .as("%s at %d", fault, k)
                    .hasSize(1);
            assertThat(each.dispatch(batch).state()).isIn(DispatchState.SUBMITTED, DispatchState.UNCONFIRMED);
            assertThat(each.appFixture.provider.sends()).hasSizeLessThanOrEqualTo(2);
            if (each.dispatch(batch).state() == DispatchState.SUBMITTED) {
                assertThat(each.appFixture.provider.sends()).hasSize(2);
            }
        }
    }
}
