package hoopoe.settle;

import static hoopoe.message.MessageState.DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hoopoe.batch.House;
import hoopoe.batch.Watch;
import hoopoe.message.PhoneNumber;
import hoopoe.settle.SettlementOutcome.Refused;
import hoopoe.settle.SettlementOutcome.Replayed;
import hoopoe.settle.SettlementOutcome.Settled;
import hoopoe.store.Audit;
import hoopoe.store.Batch;
import hoopoe.store.Claim;
import hoopoe.store.Claimed;
import hoopoe.store.DispatchState;
import hoopoe.store.Echoes;
import hoopoe.store.Reference;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.FaultyDynamo.Killed;
import hoopoe.testing.Shelf;
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

/** Two at once, and the death of one: whatever happens, a resend is one more send at most. */
class SettlementRaceTest {

    private static final Word WORD = new Word(House.CALLER, "key", null, null);
    private static final Claim CLAIM =
            new Claim(House.CALLER, "POST", "/v1/batches/x/dispatches/0/resend", "key", "print");

    private final Watch watch = new Watch();
    private final House house = watch.house;

    private Batch lost() {
        var batch = watch.lost(1);
        house.clock.move(Duration.ofMinutes(6));
        house.provider.sending(FakeProvider::accepted);
        return batch;
    }

    private SettlementOutcome confirm(Batch batch) {
        return watch.settlement.confirm(watch.again(batch), 0, WORD, Optional.empty());
    }

    private SettlementOutcome resend(Batch batch, Optional<Claim> claim) {
        return watch.settlement.resend(watch.again(batch), 0, WORD, claim, house.deadline());
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

        var outcomes = atOnce(
                List.<Callable<SettlementOutcome>>of(() -> confirm(batch), () -> resend(batch, Optional.empty())));

        assertThat(outcomes.stream().filter(Settled.class::isInstance)).hasSize(1);
        assertThat(outcomes.stream().filter(Refused.class::isInstance)).hasSize(1);
        assertThat(watch.settlements.of(watch.dispatch(batch))).hasSize(1);
        assertThat(watch.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(house.provider.sends()).hasSize(outcomes.get(0) instanceof Settled ? 1 : 2);
    }

    @RepeatedTest(3)
    void ofTwoResendsWithOneKeyOneIsAReplay() throws Exception {
        var batch = lost();

        var outcomes = atOnce(List.<Callable<SettlementOutcome>>of(
                () -> resend(batch, Optional.of(CLAIM)), () -> resend(batch, Optional.of(CLAIM))));

        assertThat(outcomes.stream().filter(Settled.class::isInstance)).hasSize(1);
        assertThat(outcomes.stream().filter(Replayed.class::isInstance)).hasSize(1);
        assertThat(house.provider.sends()).hasSize(2);
    }

    /** The resend tries at once, and the clock finds it due. */
    @RepeatedTest(3)
    void aTickBesideAResendSendsNothingMore() throws Exception {
        var batch = lost();

        atOnce(List.<Callable<Object>>of(() -> resend(batch, Optional.empty()), watch::tick, watch::tick));
        watch.tick();

        assertThat(house.provider.sends()).hasSizeBetween(2, 2);
        assertThat(watch.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    /** Whichever comes first: the word of the provider stands, and its message is delivered. */
    @RepeatedTest(5)
    void aLateCallbackBesideAResendIsNotLost() throws Exception {
        var batch = lost();
        var callback =
                Watch.delivery("old", 0, DELIVERED, "100", Watch.id(batch).token(0));

        atOnce(List.<Callable<Object>>of(() -> resend(batch, Optional.empty()), () -> {
            watch.calledBack(callback);
            return "taken";
        }));
        house.clock.move(Duration.ofMinutes(2));
        watch.tick();
        watch.tick();

        assertThat(watch.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(watch.dispatch(batch).counts()).containsOnlyKeys("delivered");
        assertThat(house.provider.sends()).hasSizeLessThanOrEqualTo(2);
    }

    /** The callback has named the first try and has not come to count its event. */
    @Test
    void whoLookedBeforeTheFirstTryWasNamedSendsNothing() {
        var batch = lost();
        var seen = watch.dispatch(batch);
        var now = house.clock.instant();
        var audit = new Audit(now, Audit.Word.RESENT, seen.tries().unconfirmed(), "shop", "key", null, null);
        assertThat(watch.settlements.resend(seen, audit, Optional.empty()))
                .isInstanceOf(hoopoe.store.Settled.Done.class);
        var looked = watch.dispatch(batch);
        var to = new PhoneNumber(
                house.recipients.of(batch.id(), 0).iterator().next().to());

        var named = new Echoes(watch.table, house.references, house.dispatches, house.clock)
                .name(
                        new Reference("fake", seen.account(), "old"),
                        Watch.id(batch).token(0),
                        to);

        assertThat(named).isPresent();
        assertThat(house.dispatches.claim(looked, Shelf.NO_STAKE, now, now.plusSeconds(60)))
                .isInstanceOf(Claimed.Gone.class);
    }

    /** At every write in turn; whoever hears nothing calls again. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void aResendThatDiesIsOneResend(Fault fault) {
        for (int k = 1; k <= 3; k++) {
            var each = new Watch();
            var batch = each.lost(1);
            each.house.clock.move(Duration.ofMinutes(6));
            each.house.provider.sending(FakeProvider::accepted);
            each.house.faults.at(k, fault);

            var thrown = catchThrowable(() ->
                    each.settlement.resend(each.again(batch), 0, WORD, Optional.of(CLAIM), each.house.deadline()));
            assertThat(each.house.faults.writes()).as("met").isGreaterThanOrEqualTo(k);
            each.house.faults.heal();
            if (thrown != null) {
                assertThat(thrown).isInstanceOfAny(Killed.class, SdkException.class);
            }
            each.settlement.resend(each.again(batch), 0, WORD, Optional.of(CLAIM), each.house.deadline());
            for (int i = 0; i < 3; i++) {
                each.house.clock.move(Duration.ofMinutes(7));
                each.tick();
            }

            assertThat(each.settlements.of(each.dispatch(batch)))
                    .as("%s at %d", fault, k)
                    .hasSize(1);
            assertThat(each.dispatch(batch).state()).isIn(DispatchState.SUBMITTED, DispatchState.UNCONFIRMED);
            assertThat(each.house.provider.sends()).hasSizeLessThanOrEqualTo(2);
            if (each.dispatch(batch).state() == DispatchState.SUBMITTED) {
                assertThat(each.house.provider.sends()).hasSize(2);
            }
        }
    }
}
