package hoopoe.dispatch.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.create.BatchRequest;
import hoopoe.dispatch.ClaimResult;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.Lease;
import hoopoe.dispatch.SendResult;
import hoopoe.message.MessageState;
import hoopoe.observability.Metric;
import hoopoe.provider.Readiness;
import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Cause;
import hoopoe.store.dispatch.SendResultRepository.Recorded;
import hoopoe.testing.DynamoHook;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.FaultyDynamo.Killed;
import hoopoe.testing.StoreFixture;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

class DispatcherTest {

    private final AppFixture appFixture = new AppFixture();

    /** A batch whose only dispatch waits. */
    private Batch waiting() {
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = appFixture.admitted(AppFixture.to(1));
        appFixture.provider.ready(() -> new Readiness.Ready("key"));
        return batch;
    }

    private Dispatch dispatched(Batch batch) {
        appFixture.dispatcher.dispatch(new DispatchId(batch.id(), 0), appFixture.deadline());
        return appFixture.dispatch(batch, 0);
    }

    private void erase(Batch batch) {
        appFixture.healthy.updateItem(update -> update.tableName(appFixture.name)
                .key(Map.of("pk", AttributeValue.fromS("BATCH#" + batch.id()), "sk", AttributeValue.fromS("BATCH")))
                .updateExpression("SET erase = :now")
                .expressionAttributeValues(Map.of(":now", AttributeValue.fromS("2026-03-01T04:00:00.000Z"))));
    }

    @Test
    void ofTwoWorkersOneClaims() throws Exception {
        var batch = waiting();
        var both = new CyclicBarrier(2);
        var pool = Executors.newFixedThreadPool(2);
        appFixture.provider.ready(() -> {
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

        assertThat(appFixture.provider.sends()).hasSize(1);
        assertThat(appFixture.dispatch(batch, 0).claim().fence()).isEqualTo(1);
    }

    @Test
    void aClaimComparesTheFenceItRead() {
        var batch = waiting();
        var seen = appFixture.dispatch(batch, 0);
        var lease = ((ClaimResult.Claimed) claim(seen)).lease();
        var now = appFixture.clock.instant();
        write(lease, new SendResult(DispatchState.ACCEPTED, null, "x", "", now, now), Duration.ofSeconds(1));

        assertThat(claim(seen)).isInstanceOf(ClaimResult.Gone.class);
        assertThat(claim(appFixture.dispatch(batch, 0))).isInstanceOf(ClaimResult.Claimed.class);
    }

    private ClaimResult claim(Dispatch seen) {
        return appFixture.dispatchRepository.claim(
                seen, StoreFixture.NO_RESERVATION, appFixture.clock.instant(), appFixture.clock.instant());
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOST", "REPEATED"})
    void aClaimWhoseAnswerIsLostIsStillOurs(Fault fault) {
        var batch = waiting();
        appFixture.faults.at(1, fault);

        assertThat(dispatched(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(appFixture.provider.sends()).hasSize(1);
    }

    @Test
    void whatWasTakenBackIsNotSent() {
        var batch = waiting();
        erase(batch);

        assertThat(dispatched(batch).state()).isEqualTo(DispatchState.CANCELLED);
        assertThat(appFixture.provider.sends()).isEmpty();
    }

    @Test
    void whatIsTakenBackWhileASessionIsSoughtIsNotSent() {
        var batch = waiting();
        appFixture.provider.ready(() -> {
            erase(batch);
            return new Readiness.Ready("key");
        });

        assertThat(dispatched(batch).state()).isEqualTo(DispatchState.CANCELLED);
        assertThat(appFixture.provider.sends()).isEmpty();
    }

    @Test
    void nothingIsSentAfterItsValidity() {
        var batch = waiting();
        appFixture.clock.move(Duration.ofHours(24));

        assertThat(dispatched(batch).state()).isEqualTo(DispatchState.EXPIRED);
        assertThat(appFixture.provider.sends()).isEmpty();
    }

    @Test
    void whatIsNotSentNeedsNoSession() {
        var cancelled = waiting();
        erase(cancelled);
        var expired = waiting();
        appFixture.clock.move(Duration.ofHours(24));
        appFixture.provider.ready(() -> {
            throw new AssertionError("nobody is asked");
        });

        assertThat(dispatched(cancelled).state()).isEqualTo(DispatchState.CANCELLED);
        assertThat(dispatched(expired).state()).isEqualTo(DispatchState.EXPIRED);
    }

    @Test
    void whoseAccountIsGoneIsHeld() {
        var two = new AppFixture("hoopoe.accounts.other.provider", FakeProvider.TYPE);
        two.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = two.admitted(
                new BatchRequest("other", "x", null, null, null, null, null, List.of(AppFixture.entry(1)), false));
        var one = two.another("hoopoe.default-account", "main");

        one.dispatcher.dispatch(new DispatchId(batch.id(), 0), one.deadline());

        assertThat(one.dispatch(batch, 0).state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(one.dispatch(batch, 0).submission().code()).isEqualTo("account_not_found");
        assertThat(one.dispatch(batch, 0).due()).isEqualTo(one.clock.instant().plus(Duration.ofMinutes(5)));
    }

    @Test
    void anAccountThatIsNotReadyIsAskedAgainWhenItSays() {
        var batch = waiting();
        var later = appFixture.clock.instant().plus(Duration.ofMinutes(3));
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "busy", later));

        assertThat(dispatched(batch).due()).isEqualTo(later);
        assertThat(dispatched(batch).submission().code()).isEqualTo("login");
        assertThat(dispatched(batch).submission().text()).isEqualTo("busy");
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        assertThat(dispatched(batch).due()).isBetween(appFixture.clock.instant().plusMillis(1), later.minusSeconds(1));
    }

    @Test
    void justBeforeTheEndOfItsValidityItIsSent() {
        var batch = waiting();
        appFixture.clock.move(Duration.ofHours(24).minusSeconds(1));

        assertThat(dispatched(batch).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    @Test
    void aTimeThatIsPastIsSentAsNow() {
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = appFixture.admitted(new BatchRequest(
                null, "x", null, "2026-03-01T05:00:00Z", null, null, null, List.of(AppFixture.entry(1)), false));
        appFixture.provider.ready(() -> new Readiness.Ready("key"));
        appFixture.clock.move(Duration.ofHours(2));

        dispatched(batch);

        assertThat(appFixture.provider.sends()).singleElement().satisfies(order -> assertThat(order.sendAt())
                .isNull());
    }

    /** Where the batch has a time, a recipient's own stays, even if it is past: else the batch's would apply. */
    @ParameterizedTest
    @CsvSource({", ", "2026-03-01T06:00:00Z, 2026-03-01T05:00:00Z"})
    void anOwnTimeThatIsPastIsLeftOutWhereTheBatchHasNone(@Nullable String ofTheBatch, @Nullable Instant own) {
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var one = new BatchRequest.RequestedRecipient(
                AppFixture.entry(1).to(), null, Map.of(), null, null, "2026-03-01T05:00:00Z", null, null);
        appFixture.admitted(new BatchRequest(null, "x", null, ofTheBatch, null, null, null, List.of(one), false));
        appFixture.provider.ready(() -> new Readiness.Ready("key"));
        appFixture.clock.set("2026-03-01T05:30:00Z");

        appFixture.tick();

        assertThat(appFixture.provider.sends().get(0).recipients().get(0).sendAt())
                .isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource({"90, 30, 2026-03-01T04:01:30Z", "90, 31, ", "90, 89, ", "90, 120, "})
    void aTimeThatHasComeNearIsSentAsNow(int ahead, int waited, @Nullable Instant sendAt) {
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var at = appFixture.clock.instant().plusSeconds(ahead).toString();
        var batch = appFixture.admitted(
                new BatchRequest(null, "x", null, at, null, null, null, List.of(AppFixture.entry(1)), false));
        appFixture.provider.ready(() -> new Readiness.Ready("key"));
        appFixture.clock.move(Duration.ofSeconds(waited));

        dispatched(batch);

        assertThat(appFixture.provider.sends()).singleElement().satisfies(order -> assertThat(order.sendAt())
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
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = appFixture.admitted(
                new BatchRequest(null, "x", null, sendAt, validity, null, null, List.of(AppFixture.entry(1)), false));
        appFixture.provider.ready(() -> new Readiness.Ready("key"));
        appFixture.clock.move(Duration.ofSeconds(waited));

        dispatched(batch);

        assertThat(appFixture.provider.sends()).singleElement().satisfies(order -> assertThat(order.validity())
                .isEqualTo(Duration.ofSeconds(left)));
    }

    @Test
    void whatIsOlderThanARestoreIsNeverSentByItself() {
        var restored = new AppFixture("hoopoe.not-before", "2026-03-01T04:00:01Z");

        var batch = restored.admitted(AppFixture.to(1));
        assertThat(restored.dispatch(batch, 0).state()).isEqualTo(DispatchState.ACCEPTED);
        restored.dispatcher.dispatch(new DispatchId(batch.id(), 0), restored.deadline());

        assertThat(restored.dispatch(batch, 0).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(restored.dispatch(batch, 0).submission().code()).isEqualTo("not_before");
        assertThat(restored.provider.sends()).isEmpty();
        restored.clock.move(Duration.ofMinutes(1));
        assertThat(restored.admitted(AppFixture.to(1)))
                .satisfies(
                        later -> assertThat(restored.dispatch(later, 0).state()).isEqualTo(DispatchState.SUBMITTED));
    }

    @Test
    void aDeadSessionIsFollowedByANewClaimOnce() {
        var calls = new AtomicInteger();
        appFixture.provider.sending(order -> calls.incrementAndGet() == 1
                ? new SendOutcome.NotSent(Cause.SESSION_DEAD, "-301", "")
                : FakeProvider.accepted(order));

        var dispatch = appFixture.dispatch(appFixture.admitted(AppFixture.to(1)), 0);

        assertThat(dispatch.state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch.claim().attempt()).isEqualTo(2);
        assertThat(dispatch.claim().fence()).isEqualTo(2);
    }

    /** The lease of the call, and of the worker that finds the dispatch waiting: the function's time limit and a minute. */
    @Test
    void aLeaseOutlastsTheFunctionByItsMargin() {
        var ends = new ArrayList<Instant>();
        appFixture.provider.sending(order -> {
            ends.add(appFixture.dispatch(appFixture.stored().get(0), 0).claim().deadline());
            return new SendOutcome.NotSent(Cause.SESSION_DEAD, "-301", "");
        });

        var batch = appFixture.admitted(AppFixture.to(1));
        var end = appFixture.clock.instant().plusSeconds(3 + 60);
        assertThat(ends).containsExactly(end, end);
        appFixture.clock.move(Duration.ofMinutes(7));
        appFixture.dispatcher.dispatch(new DispatchId(batch.id(), 0), appFixture.deadline());

        // A session that stays dead is given up after two claims here too.
        var next = appFixture.clock.instant().plusSeconds(3 + 60);
        assertThat(ends).containsExactly(end, end, next, next);
    }

    @Test
    void aSessionThatStaysDeadIsNotTriedForEver() {
        appFixture.provider.sending(order -> new SendOutcome.NotSent(Cause.SESSION_DEAD, "-301", ""));

        var dispatch = appFixture.dispatch(appFixture.admitted(AppFixture.to(1)), 0);

        assertThat(appFixture.provider.sends()).hasSize(2);
        assertThat(dispatch.state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(dispatch.due()).isAfter(appFixture.clock.instant());
    }

    /** As the stream and the tick send it. */
    @Test
    void aSessionThatStaysDeadIsTriedTwiceInARoundToo() {
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = appFixture.admitted(AppFixture.to(1));
        appFixture
                .provider
                .ready(() -> new Readiness.Ready("key"))
                .sending(order -> new SendOutcome.NotSent(Cause.SESSION_DEAD, "-301", ""));

        appFixture.dispatchRound.send(List.of(new DispatchId(batch.id(), 0)), appFixture.deadline());

        assertThat(appFixture.provider.sends()).hasSize(2);
        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.ACCEPTED);
    }

    @Test
    void nothingWaitsLongerThanItMayBeSent() {
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = appFixture.admitted(AppFixture.to(1));
        appFixture
                .provider
                .ready(() -> new Readiness.Ready("key"))
                .sending(order -> new SendOutcome.NotSent(Cause.REFUSED, "-101", ""));
        appFixture.clock.set(batch.window().notAfter().minusSeconds(60).toString());

        appFixture.dispatchRound.send(List.of(new DispatchId(batch.id(), 0)), appFixture.deadline());

        assertThat(appFixture.dispatch(batch, 0).submission().code()).isEqualTo("-101");
        assertThat(appFixture.dispatch(batch, 0).due()).isEqualTo(batch.window().notAfter());

        appFixture.provider.ready(() -> new Readiness.Blocked("-999", ""));
        appFixture.dispatchRound.send(List.of(new DispatchId(batch.id(), 0)), appFixture.deadline());

        assertThat(appFixture.dispatch(batch, 0).submission().code()).isEqualTo("-999");
        assertThat(appFixture.dispatch(batch, 0).due()).isEqualTo(batch.window().notAfter());
    }

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"UNREACHABLE", "REFUSED", "NO_TIME"})
    void whatWasProvablyNotSentWaitsAndIsSentLater(Cause cause) {
        appFixture.provider.sending(order -> new SendOutcome.NotSent(cause, "why", "words"));

        var batch = appFixture.admitted(AppFixture.to(1));

        var held = appFixture.dispatch(batch, 0);
        assertThat(held.state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(held.claim().attempt()).isEqualTo(1);
        assertThat(held.submission().code()).isEqualTo("why");
        assertThat(held.due()).isBeforeOrEqualTo(appFixture.clock.instant().plus(Duration.ofMinutes(5)));
        appFixture.provider.sending(FakeProvider::accepted);
        appFixture.tickForAnHour();
        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(appFixture.provider.taken().values()).containsExactly(1);
    }

    @Test
    void whatMayHaveBeenSentIsNeverSentAgain() {
        appFixture.provider.sending(order -> FakeProvider.lost());

        var batch = appFixture.admitted(AppFixture.to(1));
        appFixture.provider.sending(FakeProvider::accepted);
        appFixture.tickForAnHour();

        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(appFixture.dispatch(batch, 0).submission().code()).isEqualTo("lost");
        assertThat(appFixture.provider.sends()).hasSize(1);
    }

    @Test
    void anUnclearAnswerWithAReferenceCanBeAskedAbout() {
        appFixture.provider.sending(order -> new SendOutcome.Unconfirmed("-12.50", "overdrawn", Optional.of("GUID-1")));

        var batch = appFixture.admitted(AppFixture.to(1));

        var dispatch = appFixture.dispatch(batch, 0);
        assertThat(dispatch.state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(dispatch.submission().reference()).isEqualTo("GUID-1");
        assertThat(appFixture.owner("guid-1")).contains(dispatch.id());
    }

    @Test
    void ourOwnReferenceStaysWhateverAnUnclearAnswerNames() {
        appFixture
                .provider
                .ownReference(14)
                .sending(order -> new SendOutcome.Unconfirmed("x", "", Optional.of("THEIRS")));

        var dispatch = appFixture.dispatch(appFixture.admitted(AppFixture.to(1)), 0);

        assertThat(dispatch.submission().reference())
                .isEqualTo(appFixture.provider.sends().get(0).reference());
        assertThat(appFixture.owner("theirs")).isEmpty();
    }

    /** Whose they are is not known. */
    @Test
    void resultsOfAnotherNumberOfMessagesAreNoOnes() {
        appFixture.provider.sending(order -> FakeProvider.answered(
                List.of(new SendOutcome.RecipientResult(MessageState.REJECTED, null, "-5", "no"))));

        var batch = appFixture.admitted(AppFixture.to(2));

        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(appFixture.dispatch(batch, 0).checks().counts()).isEmpty();
    }

    @Test
    void aRefusalForGoodIsTheEnd() {
        appFixture.provider.sending(order -> new SendOutcome.Rejected("-306", "bad number"));

        var batch = appFixture.admitted(AppFixture.to(1));
        appFixture.tickForAnHour();

        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.REJECTED);
        assertThat(appFixture.provider.sends()).hasSize(1);
    }

    @Test
    void aReferenceOfAnotherDispatchIsNotTakenAway() {
        appFixture.provider.sending(order -> FakeProvider.accepted("SAME"));
        var first = appFixture.admitted(AppFixture.to(1));
        var second = appFixture.admitted(AppFixture.to(1));

        assertThat(appFixture.dispatch(first, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(appFixture.dispatch(second, 0).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(appFixture.dispatch(second, 0).submission().reference()).isNull();
        assertThat(appFixture.owner("same")).contains(new DispatchId(first.id(), 0));
    }

    @Test
    void anAnswerIsWrittenThoughTheClockHasAlreadySpoken() {
        appFixture.provider.withAnswer(() -> {
            appFixture.clock.move(Duration.ofMinutes(10));
            appFixture.tick();
        });

        var batch = appFixture.admitted(AppFixture.to(1));

        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(appFixture.dispatch(batch, 0).submission().reference()).isNotNull();
    }

    @Test
    void aRefusalOfALateReleaseLeavesItUnconfirmed() {
        appFixture
                .provider
                .sending(order -> new SendOutcome.NotSent(Cause.UNREACHABLE, "connect", ""))
                .withAnswer(() -> {
                    appFixture.clock.move(Duration.ofMinutes(10));
                    appFixture.tick();
                });

        assertThat(appFixture.dispatch(appFixture.admitted(AppFixture.to(1)), 0).state())
                .isEqualTo(DispatchState.UNCONFIRMED);
    }

    @Test
    void aLeaseIsNotEndedBeforeItsTime() {
        var batch = waiting();
        var seen = appFixture.dispatch(batch, 0);
        appFixture.dispatchRepository.claim(
                seen,
                StoreFixture.NO_RESERVATION,
                appFixture.clock.instant(),
                appFixture.clock.instant().plusSeconds(60));

        assertThat(appFixture.expiredLeases.reap(seen.id())).isFalse();
        appFixture.clock.move(Duration.ofSeconds(60));
        assertThat(appFixture.expiredLeases.reap(seen.id())).isTrue();
        assertThat(appFixture.expiredLeases.reap(seen.id())).isFalse();
    }

    /** How far its call came is not known. */
    @Test
    void whatAnAdapterThrewOverIsUnconfirmedAndAFailureOfOurs() {
        appFixture.provider.sending(order -> {
            throw new IllegalStateException("a fault of ours");
        });

        var dispatch = appFixture.dispatch(appFixture.admitted(AppFixture.to(1)), 0);

        assertThat(dispatch.state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(dispatch.submission().code()).isEqualTo("internal");
        assertThat(appFixture.told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
    }

    @Test
    void ofTwoWhoEndALeaseOneCountsIt() {
        var atWrite = new AtomicReference<Runnable>(() -> {});
        var two = new AppFixture(DynamoHook.client(request -> {
            if (request instanceof UpdateItemRequest) {
                atWrite.getAndSet(() -> {}).run();
            }
        }));
        two.faults.at(2, Fault.KILL_BEFORE);
        assertThatThrownBy(() -> two.admit(AppFixture.to(3))).isInstanceOf(Killed.class);
        two.faults.heal();
        var id = new DispatchId(two.stored().get(0).id(), 0);
        two.clock.move(Duration.ofMinutes(7));
        atWrite.set(() -> assertThat(two.expiredLeases.reap(id)).isTrue());

        assertThat(two.expiredLeases.reap(id)).isFalse();
        assertThat(two.told.sum(Metric.MESSAGES_UNCONFIRMED)).isEqualTo(3);
    }

    @Test
    void aRepeatedAnswerIsDoneAndAnotherReferenceIsNot() {
        var batch = appFixture.admitted(AppFixture.to(1));
        var dispatch = appFixture.dispatch(batch, 0);
        var now = appFixture.clock.instant();

        var reference = dispatch.submission().reference();

        assertThat(write(dispatch.lease(), StoreFixture.taken(reference, now), Duration.ZERO))
                .isEqualTo(Recorded.DONE);
        var loud = StoreFixture.taken(reference.toUpperCase(java.util.Locale.ROOT), now);
        assertThat(write(dispatch.lease(), loud, Duration.ofSeconds(1))).isEqualTo(Recorded.DONE);
        assertThat(write(dispatch.lease(), StoreFixture.taken("other", now), Duration.ZERO))
                .isEqualTo(Recorded.MOVED_ON);
    }

    private Recorded write(Lease lease, SendResult sendResult, Duration patience) {
        return appFixture.sendResultRepository.write(lease, StoreFixture.NO_RESERVATION, sendResult, patience);
    }

    @Test
    void anAnswerThatTheTableDoesNotTakeAtFirstIsWrittenAllTheSame() {
        appFixture.faults.when(write -> write > 1 && write < 5, Fault.UNREACHED);

        assertThat(appFixture.dispatch(appFixture.admitted(AppFixture.to(1)), 0).state())
                .isEqualTo(DispatchState.SUBMITTED);
    }

    @Test
    void anAnswerThatIsNeverTakenLeavesAnUnconfirmedDispatchAndA202() {
        appFixture.faults.when(write -> write > 1, Fault.UNREACHED);
        var batch = appFixture.admitted(AppFixture.to(1));
        appFixture.faults.heal();

        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.DISPATCHING);
        appFixture.tickForAnHour();
        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(appFixture.provider.sends()).hasSize(1);
    }

    @Test
    void aBlockedAccountHoldsWhatIsAccepted() {
        var batch = waiting();
        appFixture.provider.ready(() -> new Readiness.Blocked("-101", "wrong password"));

        var held = dispatched(batch);

        assertThat(held.state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(held.submission().code()).isEqualTo("-101");
        assertThat(held.due()).isEqualTo(appFixture.clock.instant().plus(Duration.ofMinutes(5)));
        assertThat(held.claim().attempt()).isZero();
    }

    @Test
    void atMostFourCallsOfAnAccountAreInFlight() {
        appFixture.provider.dispatchSize(1);
        var batch = appFixture.admitted(AppFixture.to(12));
        var flying = new AtomicInteger();
        var most = new AtomicInteger();
        var four = new CountDownLatch(4);
        appFixture.provider.sending(order -> {
            most.accumulateAndGet(flying.incrementAndGet(), Math::max);
            four.countDown();
            awaitUpTo(four, 5);
            flying.decrementAndGet();
            return FakeProvider.accepted(order);
        });

        assertThat(appFixture.dispatchRound.send(all(batch), appFixture.deadline()))
                .isEmpty();

        assertThat(most.get()).isEqualTo(4);
        assertThat(appFixture.provider.taken()).hasSize(12);
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
        appFixture.provider.dispatchSize(1);
        var batch = appFixture.admitted(AppFixture.to(20));
        appFixture.provider.sending(order -> new SendOutcome.Unconfirmed("timeout", "", Optional.empty()));

        appFixture.dispatchRound.send(all(batch), appFixture.deadline());

        assertThat(appFixture.provider.sends()).hasSizeLessThanOrEqualTo(4);
        assertThat(appFixture.dispatchRepository.of(batch).stream()
                        .filter(dispatch -> dispatch.state() == DispatchState.ACCEPTED))
                .hasSizeGreaterThanOrEqualTo(16)
                .allSatisfy(dispatch -> assertThat(dispatch.due()).isNotNull());
    }

    @Test
    void aLostAnswerDoesNotHoldUpTheOthers() {
        appFixture.provider.dispatchSize(1);
        var batch = appFixture.admitted(AppFixture.to(5));
        appFixture.provider.sending(
                order -> order.token().endsWith("-2") ? FakeProvider.lost() : FakeProvider.accepted(order));

        appFixture.dispatchRound.send(all(batch), appFixture.deadline());

        assertThat(appFixture.dispatchRepository.of(batch))
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
