package hoopoe.batch.sending;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.House;
import hoopoe.batch.admission.BatchRequest;
import hoopoe.provider.Readiness;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.store.Batch;
import hoopoe.store.Claimed;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchId;
import hoopoe.store.DispatchState;
import hoopoe.store.Endings.Recorded;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DispatcherTest {

    private final House house = new House();

    /** A batch whose only dispatch waits. */
    private Batch waiting() {
        house.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = house.admitted(House.to(1));
        house.provider.ready(() -> new Readiness.Ready("key"));
        return batch;
    }

    private Dispatch dispatched(Batch batch) {
        house.dispatcher.dispatch(new DispatchId(batch.id(), 0), house.deadline());
        return house.dispatch(batch, 0);
    }

    private void erase(Batch batch) {
        house.healthy.updateItem(update -> update.tableName(house.name)
                .key(Map.of("pk", AttributeValue.fromS("BATCH#" + batch.id()), "sk", AttributeValue.fromS("BATCH")))
                .updateExpression("SET erase = :now")
                .expressionAttributeValues(Map.of(":now", AttributeValue.fromS("2026-03-01T04:00:00.000Z"))));
    }

    @Test
    void ofTwoWorkersOneClaims() throws Exception {
        var batch = waiting();
        var both = new CyclicBarrier(2);
        var pool = Executors.newFixedThreadPool(2);
        house.provider.ready(() -> {
            try {
                both.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return new Readiness.Ready("key");
        });

        var sent = pool.invokeAll(java.util.Collections.nCopies(2, () -> dispatched(batch)));
        for (var one : sent) {
            one.get();
        }
        pool.shutdown();

        assertThat(house.provider.sends()).hasSize(1);
        assertThat(house.dispatch(batch, 0).fence()).isEqualTo(1);
    }

    @Test
    void aClaimComparesTheFenceItRead() {
        var batch = waiting();
        var seen = house.dispatch(batch, 0);
        var lease = claim(seen).won().orElseThrow();
        house.endings.release(lease, Shelf.NO_STAKE, house.clock.instant(), "x", "", Duration.ofSeconds(1));

        assertThat(claim(seen)).isInstanceOf(Claimed.Gone.class);
        assertThat(claim(house.dispatch(batch, 0)).won()).isPresent();
    }

    private Claimed claim(Dispatch seen) {
        return house.dispatches.claim(seen, Shelf.NO_STAKE, house.clock.instant(), house.clock.instant());
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOST", "REPEATED"})
    void aClaimWhoseAnswerIsLostIsStillOurs(Fault fault) {
        var batch = waiting();
        house.faults.at(1, fault);

        assertThat(dispatched(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(house.provider.sends()).hasSize(1);
    }

    @Test
    void whatWasTakenBackIsNotSent() {
        var batch = waiting();
        erase(batch);

        assertThat(dispatched(batch).state()).isEqualTo(DispatchState.CANCELLED);
        assertThat(house.provider.sends()).isEmpty();
    }

    @Test
    void whatIsTakenBackWhileASessionIsSoughtIsNotSent() {
        var batch = waiting();
        house.provider.ready(() -> {
            erase(batch);
            return new Readiness.Ready("key");
        });

        assertThat(dispatched(batch).state()).isEqualTo(DispatchState.CANCELLED);
        assertThat(house.provider.sends()).isEmpty();
    }

    @Test
    void nothingIsSentAfterItsValidity() {
        var batch = waiting();
        house.clock.move(Duration.ofHours(24));

        assertThat(dispatched(batch).state()).isEqualTo(DispatchState.EXPIRED);
        assertThat(house.provider.sends()).isEmpty();
    }

    @Test
    void justBeforeTheEndOfItsValidityItIsSent() {
        var batch = waiting();
        house.clock.move(Duration.ofHours(24).minusSeconds(1));

        assertThat(dispatched(batch).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    @Test
    void aTimeThatIsPastIsSentAsNow() {
        house.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = house.admitted(
                new BatchRequest(null, "x", null, "2026-03-01T05:00:00Z", null, null, List.of(House.entry(1)), false));
        house.provider.ready(() -> new Readiness.Ready("key"));
        house.clock.move(Duration.ofHours(2));

        dispatched(batch);

        assertThat(house.provider.sends()).singleElement().satisfies(order -> assertThat(order.sendAt())
                .isNull());
    }

    @ParameterizedTest
    @CsvSource({"90, 30, 2026-03-01T04:01:30Z", "90, 31, ", "90, 89, ", "90, 120, "})
    void aTimeThatHasComeNearIsSentAsNow(int ahead, int waited, @Nullable Instant sendAt) {
        house.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var at = house.clock.instant().plusSeconds(ahead).toString();
        var batch = house.admitted(new BatchRequest(null, "x", null, at, null, null, List.of(House.entry(1)), false));
        house.provider.ready(() -> new Readiness.Ready("key"));
        house.clock.move(Duration.ofSeconds(waited));

        dispatched(batch);

        assertThat(house.provider.sends()).singleElement().satisfies(order -> assertThat(order.sendAt())
                .isEqualTo(sendAt));
    }

    @ParameterizedTest
    @CsvSource({
        "3600, , 600, 3000",
        "3600, , 0, 3600",
        "3600, 2026-03-01T05:00:00Z, 600, 3600",
        "3600, 2026-03-01T05:00:00Z, 4200, 3000"
    })
    void whatIsLeftOfTheValidityGoesOut(long validity, @Nullable String sendAt, long waited, long left) {
        house.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = house.admitted(
                new BatchRequest(null, "x", null, sendAt, validity, null, List.of(House.entry(1)), false));
        house.provider.ready(() -> new Readiness.Ready("key"));
        house.clock.move(Duration.ofSeconds(waited));

        dispatched(batch);

        assertThat(house.provider.sends()).singleElement().satisfies(order -> assertThat(order.validity())
                .isEqualTo(Duration.ofSeconds(left)));
    }

    @Test
    void whatIsOlderThanARestoreIsNeverSentByItself() {
        var restored = new House("hoopoe.not-before", "2026-03-01T04:00:01Z");

        var batch = restored.admitted(House.to(1));
        assertThat(restored.dispatch(batch, 0).state()).isEqualTo(DispatchState.ACCEPTED);
        restored.dispatcher.dispatch(new DispatchId(batch.id(), 0), restored.deadline());

        assertThat(restored.dispatch(batch, 0).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(restored.dispatch(batch, 0).code()).isEqualTo("not_before");
        assertThat(restored.provider.sends()).isEmpty();
        restored.clock.move(Duration.ofMinutes(1));
        assertThat(restored.admitted(House.to(1)))
                .satisfies(
                        later -> assertThat(restored.dispatch(later, 0).state()).isEqualTo(DispatchState.SUBMITTED));
    }

    @Test
    void aDeadSessionIsFollowedByANewClaimOnce() {
        var calls = new AtomicInteger();
        house.provider.sending(order -> calls.incrementAndGet() == 1
                ? new SendOutcome.NotSent(Cause.SESSION_DEAD, "-301", "")
                : FakeProvider.accepted(order));

        var dispatch = house.dispatch(house.admitted(House.to(1)), 0);

        assertThat(dispatch.state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch.attempt()).isEqualTo(2);
        assertThat(dispatch.fence()).isEqualTo(2);
    }

    /** By the call, and by who finds it waiting: as long as the function may run, and a minute. */
    @Test
    void aLeaseOutlastsTheFunctionByItsMargin() {
        var ends = new ArrayList<Instant>();
        house.provider.sending(order -> {
            ends.add(house.dispatch(house.stored().get(0), 0).deadline());
            return new SendOutcome.NotSent(Cause.SESSION_DEAD, "-301", "");
        });

        var batch = house.admitted(House.to(1));
        var end = house.clock.instant().plusSeconds(3 + 60);
        assertThat(ends).containsExactly(end, end);
        house.clock.move(Duration.ofMinutes(7));
        house.dispatcher.dispatch(new DispatchId(batch.id(), 0), house.deadline());

        // A session that stays dead is given up after two claims here too.
        var next = house.clock.instant().plusSeconds(3 + 60);
        assertThat(ends).containsExactly(end, end, next, next);
    }

    @Test
    void aSessionThatStaysDeadIsNotTriedForEver() {
        house.provider.sending(order -> new SendOutcome.NotSent(Cause.SESSION_DEAD, "-301", ""));

        var dispatch = house.dispatch(house.admitted(House.to(1)), 0);

        assertThat(house.provider.sends()).hasSize(2);
        assertThat(dispatch.state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(dispatch.due()).isAfter(house.clock.instant());
    }

    /** As the stream and the tick send it. */
    @Test
    void aSessionThatStaysDeadIsTriedTwiceInARoundToo() {
        house.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = house.admitted(House.to(1));
        house.provider
                .ready(() -> new Readiness.Ready("key"))
                .sending(order -> new SendOutcome.NotSent(Cause.SESSION_DEAD, "-301", ""));

        house.round.send(List.of(new DispatchId(batch.id(), 0)), house.deadline());

        assertThat(house.provider.sends()).hasSize(2);
        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.ACCEPTED);
    }

    @Test
    void nothingWaitsLongerThanItMayBeSent() {
        house.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = house.admitted(House.to(1));
        house.provider
                .ready(() -> new Readiness.Ready("key"))
                .sending(order -> new SendOutcome.NotSent(Cause.REFUSED, "-101", ""));
        house.clock.set(batch.notAfter().minusSeconds(60).toString());

        house.round.send(List.of(new DispatchId(batch.id(), 0)), house.deadline());

        assertThat(house.dispatch(batch, 0).code()).isEqualTo("-101");
        assertThat(house.dispatch(batch, 0).due()).isEqualTo(batch.notAfter());

        house.provider.ready(() -> new Readiness.Blocked("-999", ""));
        house.round.send(List.of(new DispatchId(batch.id(), 0)), house.deadline());

        assertThat(house.dispatch(batch, 0).code()).isEqualTo("-999");
        assertThat(house.dispatch(batch, 0).due()).isEqualTo(batch.notAfter());
    }

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"UNREACHABLE", "REFUSED", "NO_TIME"})
    void whatWasProvablyNotSentWaitsAndIsSentLater(Cause cause) {
        house.provider.sending(order -> new SendOutcome.NotSent(cause, "why", "words"));

        var batch = house.admitted(House.to(1));

        var held = house.dispatch(batch, 0);
        assertThat(held.state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(held.attempt()).isEqualTo(1);
        assertThat(held.code()).isEqualTo("why");
        assertThat(held.due()).isBeforeOrEqualTo(house.clock.instant().plus(Duration.ofMinutes(5)));
        house.provider.sending(FakeProvider::accepted);
        house.tickForAnHour();
        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(house.provider.taken().values()).containsExactly(1);
    }

    @Test
    void whatMayHaveBeenSentIsNeverSentAgain() {
        house.provider.sending(order -> FakeProvider.lost());

        var batch = house.admitted(House.to(1));
        house.provider.sending(FakeProvider::accepted);
        house.tickForAnHour();

        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(house.dispatch(batch, 0).code()).isEqualTo("lost");
        assertThat(house.provider.sends()).hasSize(1);
    }

    @Test
    void anUnclearAnswerWithAReferenceCanBeAskedAbout() {
        house.provider.sending(order -> new SendOutcome.Unconfirmed("-12.50", "overdrawn", Optional.of("GUID-1")));

        var batch = house.admitted(House.to(1));

        var dispatch = house.dispatch(batch, 0);
        assertThat(dispatch.state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(dispatch.reference()).isEqualTo("GUID-1");
        assertThat(house.references.find("fake", "main", "guid-1")).contains(dispatch.id());
    }

    @Test
    void aRefusalForGoodIsTheEnd() {
        house.provider.sending(order -> new SendOutcome.Rejected("-306", "bad number"));

        var batch = house.admitted(House.to(1));
        house.tickForAnHour();

        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.REJECTED);
        assertThat(house.provider.sends()).hasSize(1);
    }

    @Test
    void aReferenceOfAnotherDispatchIsNotTakenAway() {
        house.provider.sending(order -> FakeProvider.accepted("SAME"));
        var first = house.admitted(House.to(1));
        var second = house.admitted(House.to(1));

        assertThat(house.dispatch(first, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(house.dispatch(second, 0).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(house.dispatch(second, 0).reference()).isNull();
        assertThat(house.references.find("fake", "main", "same")).contains(new DispatchId(first.id(), 0));
    }

    @Test
    void anAnswerIsWrittenThoughTheClockHasAlreadySpoken() {
        house.provider.withAnswer(() -> {
            house.clock.move(Duration.ofMinutes(10));
            house.tick();
        });

        var batch = house.admitted(House.to(1));

        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(house.dispatch(batch, 0).reference()).isNotNull();
    }

    @Test
    void aRefusalOfALateReleaseLeavesItUnconfirmed() {
        house.provider
                .sending(order -> new SendOutcome.NotSent(Cause.UNREACHABLE, "connect", ""))
                .withAnswer(() -> {
                    house.clock.move(Duration.ofMinutes(10));
                    house.tick();
                });

        assertThat(house.dispatch(house.admitted(House.to(1)), 0).state()).isEqualTo(DispatchState.UNCONFIRMED);
    }

    @Test
    void aLeaseIsNotEndedBeforeItsTime() {
        var batch = waiting();
        var seen = house.dispatch(batch, 0);
        house.dispatches.claim(
                seen,
                Shelf.NO_STAKE,
                house.clock.instant(),
                house.clock.instant().plusSeconds(60));

        assertThat(house.reaper.reap(seen.id())).isFalse();
        house.clock.move(Duration.ofSeconds(60));
        assertThat(house.reaper.reap(seen.id())).isTrue();
        assertThat(house.reaper.reap(seen.id())).isFalse();
    }

    @Test
    void aRepeatedAnswerIsDoneAndAnotherReferenceIsNot() {
        var batch = house.admitted(House.to(1));
        var dispatch = house.dispatch(batch, 0);
        var now = house.clock.instant();

        assertThat(house.endings.answer(dispatch.lease(), answer(dispatch.reference()), now, Duration.ZERO))
                .isEqualTo(Recorded.DONE);
        assertThat(house.endings.answer(
                        dispatch.lease(),
                        answer(dispatch.reference().toUpperCase(java.util.Locale.ROOT)),
                        now,
                        Duration.ofSeconds(1)))
                .isEqualTo(Recorded.DONE);
        assertThat(house.endings.answer(dispatch.lease(), answer("other"), now, Duration.ZERO))
                .isEqualTo(Recorded.MOVED_ON);
    }

    private hoopoe.store.Answer answer(String reference) {
        return new hoopoe.store.Answer("fake", "main", reference, true, null, null, null, 0, house.clock.instant());
    }

    @Test
    void anAnswerThatTheTableDoesNotTakeAtFirstIsWrittenAllTheSame() {
        house.faults.when(write -> write > 1 && write < 5, Fault.UNREACHED);

        assertThat(house.dispatch(house.admitted(House.to(1)), 0).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    @Test
    void anAnswerThatIsNeverTakenLeavesAnUnconfirmedDispatchAndA202() {
        house.faults.when(write -> write > 1, Fault.UNREACHED);
        var batch = house.admitted(House.to(1));
        house.faults.heal();

        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.DISPATCHING);
        house.tickForAnHour();
        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(house.provider.sends()).hasSize(1);
    }

    @Test
    void aLatchedAccountHoldsWhatIsAccepted() {
        var batch = waiting();
        house.provider.ready(() -> new Readiness.Blocked("-101", "wrong password"));

        var held = dispatched(batch);

        assertThat(held.state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(held.code()).isEqualTo("-101");
        assertThat(held.due()).isEqualTo(house.clock.instant().plus(Duration.ofMinutes(5)));
        assertThat(held.attempt()).isZero();
    }

    @Test
    void atMostFourCallsOfAnAccountAreInFlight() {
        house.provider.dispatchSize(1);
        var batch = house.admitted(House.to(12));
        var flying = new AtomicInteger();
        var most = new AtomicInteger();
        var four = new CountDownLatch(4);
        house.provider.sending(order -> {
            most.accumulateAndGet(flying.incrementAndGet(), Math::max);
            four.countDown();
            awaitUpTo(four, 5);
            flying.decrementAndGet();
            return FakeProvider.accepted(order);
        });

        assertThat(house.round.send(all(batch), house.deadline())).isEmpty();

        assertThat(most.get()).isEqualTo(4);
        assertThat(house.provider.taken()).hasSize(12);
    }

    private static void awaitUpTo(CountDownLatch latch, int seconds) {
        try {
            latch.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void afterATimeOutTheRestOfTheAccountIsLeft() {
        house.provider.dispatchSize(1);
        var batch = house.admitted(House.to(20));
        house.provider.sending(order -> new SendOutcome.Unconfirmed("timeout", "", Optional.empty()));

        house.round.send(all(batch), house.deadline());

        assertThat(house.provider.sends()).hasSizeLessThanOrEqualTo(4);
        assertThat(house.dispatches.of(batch).stream().filter(dispatch -> dispatch.state() == DispatchState.ACCEPTED))
                .hasSizeGreaterThanOrEqualTo(16)
                .allSatisfy(dispatch -> assertThat(dispatch.due()).isNotNull());
    }

    @Test
    void aLostAnswerDoesNotHoldUpTheOthers() {
        house.provider.dispatchSize(1);
        var batch = house.admitted(House.to(5));
        house.provider.sending(
                order -> order.token().endsWith("-2") ? FakeProvider.lost() : FakeProvider.accepted(order));

        house.round.send(all(batch), house.deadline());

        assertThat(house.dispatches.of(batch))
                .extracting(Dispatch::state)
                .containsExactly(
                        DispatchState.SUBMITTED,
                        DispatchState.SUBMITTED,
                        DispatchState.UNCONFIRMED,
                        DispatchState.SUBMITTED,
                        DispatchState.SUBMITTED);
    }

    private static List<DispatchId> all(Batch batch) {
        return new ArrayList<>(IntStream.range(0, batch.dispatches())
                .mapToObj(n -> new DispatchId(batch.id(), n))
                .toList());
    }
}
