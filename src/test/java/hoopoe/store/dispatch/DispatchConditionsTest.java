package hoopoe.store.dispatch;

import static hoopoe.dispatch.DispatchState.ACCEPTED;
import static hoopoe.dispatch.DispatchState.CANCELLED;
import static hoopoe.dispatch.DispatchState.DISPATCHING;
import static hoopoe.dispatch.DispatchState.REJECTED;
import static hoopoe.dispatch.DispatchState.SUBMITTED;
import static hoopoe.dispatch.DispatchState.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.Batch;
import hoopoe.delivery.CallbackEvent;
import hoopoe.delivery.CheckState;
import hoopoe.delivery.ProviderReference;
import hoopoe.dispatch.DecisionRecord;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.Lease;
import hoopoe.dispatch.Reservation;
import hoopoe.dispatch.SendResult;
import hoopoe.message.MessageState;
import hoopoe.message.StatusFact;
import hoopoe.store.Attributes;
import hoopoe.store.DueIndex;
import hoopoe.store.DueItemRepository;
import hoopoe.store.Keys;
import hoopoe.store.delivery.CheckRepository;
import hoopoe.store.delivery.CheckRepository.CheckResult;
import hoopoe.store.table.Item;
import hoopoe.store.table.Write;
import hoopoe.testing.StoreFixture;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The conditions of every write of a dispatch. Between the read and the write another worker changes the dispatch, in each way in turn:
 * either the write does not mind, or it changes nothing.
 */
class DispatchConditionsTest {

    private static final StoreFixture SHELF = new StoreFixture();
    private static final CheckRepository CHECKUPS = new CheckRepository(SHELF.table, SHELF.clock);
    private static final CancellationRepository ERASURES = new CancellationRepository(SHELF.table);
    private static final DueItemRepository DUE = new DueItemRepository(SHELF.table, 100);

    private static final Instant NOW = SHELF.clock.instant();
    private static final Instant LATER = NOW.plusSeconds(3600);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What the other worker does meanwhile, besides a change of the state. */
    private enum Change {
        FENCE(write -> write.add(DispatchItem.FENCE, 1)),
        CHECK_FENCE(write -> write.add(DispatchItem.CHECK_FENCE, 1)),
        CHECK_FENCES(write -> write.add(DispatchItem.CHECK_FENCE, 2)),
        CHECK_BEGUN(write -> write.set("check_until", NOW.plusMillis(1))),
        CHECK_OVER(write -> write.set("check_until", NOW)),
        EVENT(write -> write.add(DispatchItem.EVENTS, 1)),
        REFERENCE(write -> write.set(DispatchItem.REFERENCE, "another")),
        NO_REFERENCE(write -> write.remove(DispatchItem.REFERENCE)),
        LEASE_LASTS(write -> write.set(DispatchItem.DEADLINE, NOW.plusMillis(1))),
        OTHER_DUE(write -> DueIndex.set(write, LATER.plusSeconds(1))),
        ERASED(write -> write.set(DispatchItem.DELETED, 1)),
        ERASED_AND_REFUNDED(write -> write.set(DispatchItem.DELETED, 1).set(DispatchItem.REFUNDED, BigDecimal.ONE));

        private final Consumer<Write> change;

        Change(Consumer<Write> change) {
            this.change = change;
        }
    }

    /**
     * @param scene makes a dispatch that it is for
     * @param write with what was read before the change
     * @param from the states that it moves, or leaves as they are
     * @param minds what makes it change nothing
     */
    private record Step(
            String name,
            Supplier<Batch> scene,
            Consumer<Dispatch> write,
            EnumSet<DispatchState> from,
            EnumSet<Change> minds) {

        Step from(DispatchState first, DispatchState... more) {
            return new Step(name, scene, write, EnumSet.of(first, more), minds);
        }

        Step minding(Change first, Change... more) {
            return new Step(name, scene, write, from, EnumSet.of(first, more));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Step step(String name, Supplier<Batch> scene, Consumer<Dispatch> write) {
        return new Step(name, scene, write, EnumSet.allOf(DispatchState.class), EnumSet.noneOf(Change.class));
    }

    private static List<Step> steps() {
        return Stream.of(sends(), endings(), words(), checks())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Step> sends() {
        return List.of(
                step("claim", DispatchConditionsTest::waiting, seen -> claim(seen, StoreFixture.NO_RESERVATION))
                        .from(ACCEPTED)
                        .minding(Change.FENCE),
                step("claim with a stake", DispatchConditionsTest::waiting, seen -> claim(seen, stake(seen)))
                        .from(ACCEPTED)
                        .minding(Change.FENCE),
                step("claim again", DispatchConditionsTest::resent, seen -> claim(seen, StoreFixture.NO_RESERVATION))
                        .from(ACCEPTED)
                        .minding(Change.FENCE, Change.EVENT),
                step("claim again with a stake", DispatchConditionsTest::resent, seen -> claim(seen, stake(seen)))
                        .from(ACCEPTED)
                        .minding(Change.FENCE, Change.EVENT),
                step("recall", DispatchConditionsTest::told, seen -> claim(seen, StoreFixture.NO_RESERVATION))
                        .from(ACCEPTED)
                        .minding(Change.FENCE),
                step(
                                "hold",
                                DispatchConditionsTest::waiting,
                                seen -> SHELF.dispatchRepository.hold(seen, LATER, "busy", ""))
                        .from(ACCEPTED)
                        .minding(Change.FENCE),
                step(
                                "cancel",
                                DispatchConditionsTest::waiting,
                                seen -> SHELF.dispatchRepository.end(seen, CANCELLED, null, NOW))
                        .from(ACCEPTED)
                        .minding(Change.FENCE),
                step(
                                "give up",
                                DispatchConditionsTest::waiting,
                                seen -> SHELF.dispatchRepository.end(seen, UNCONFIRMED, "not_before", NOW))
                        .from(ACCEPTED)
                        .minding(Change.FENCE),
                step("reap", DispatchConditionsTest::over, seen -> SHELF.dispatchRepository.reap(seen, NOW))
                        .from(DISPATCHING)
                        .minding(Change.FENCE, Change.LEASE_LASTS));
    }

    private static List<Step> endings() {
        return List.of(
                step("release", DispatchConditionsTest::claimed, seen -> release(seen, StoreFixture.NO_RESERVATION))
                        .from(DISPATCHING)
                        .minding(Change.FENCE),
                step("release with a stake", DispatchConditionsTest::claimed, seen -> release(seen, stake(seen)))
                        .from(DISPATCHING)
                        .minding(Change.FENCE),
                step("reject", DispatchConditionsTest::claimed, seen -> reject(seen.lease()))
                        .from(DISPATCHING, UNCONFIRMED)
                        .minding(Change.FENCE, Change.REFERENCE),
                step("reject by our reference", DispatchConditionsTest::staked, seen -> reject(seen.lease()))
                        .from(DISPATCHING, UNCONFIRMED)
                        .minding(Change.FENCE),
                step(
                                "unconfirm",
                                DispatchConditionsTest::claimed,
                                seen -> write(
                                        seen.lease(),
                                        StoreFixture.NO_RESERVATION,
                                        new SendResult(UNCONFIRMED, null, "lost", "", NOW, LATER)))
                        .from(DISPATCHING)
                        .minding(Change.FENCE),
                step("answer", DispatchConditionsTest::claimed, seen -> answer(seen, reference(seen), true))
                        .from(DISPATCHING, UNCONFIRMED, ACCEPTED, SUBMITTED)
                        .minding(Change.FENCE, Change.REFERENCE),
                step("answer without a reference", DispatchConditionsTest::claimed, seen -> answer(seen, null, true))
                        .from(DISPATCHING, UNCONFIRMED, ACCEPTED, SUBMITTED)
                        .minding(Change.FENCE, Change.REFERENCE),
                step("unsure answer", DispatchConditionsTest::claimed, seen -> answer(seen, reference(seen), false))
                        .from(DISPATCHING, UNCONFIRMED, ACCEPTED)
                        .minding(Change.FENCE, Change.REFERENCE));
    }

    private static List<Step> words() {
        return List.of(
                step("confirm", DispatchConditionsTest::lost, seen -> confirm(seen, null))
                        .from(UNCONFIRMED)
                        .minding(Change.FENCE, Change.REFERENCE),
                step("confirm by a reference", DispatchConditionsTest::lost, seen -> confirm(seen, reference(seen)))
                        .from(UNCONFIRMED)
                        .minding(Change.FENCE, Change.REFERENCE),
                step("confirm what has a reference", DispatchConditionsTest::unsure, seen -> confirm(seen, null))
                        .from(UNCONFIRMED)
                        .minding(Change.FENCE, Change.REFERENCE, Change.NO_REFERENCE),
                step("resend", DispatchConditionsTest::lost, DispatchConditionsTest::resend)
                        .from(UNCONFIRMED)
                        .minding(Change.FENCE, Change.REFERENCE, Change.EVENT, Change.CHECK_BEGUN),
                step("resend what has a reference", DispatchConditionsTest::unsure, DispatchConditionsTest::resend)
                        .from(UNCONFIRMED)
                        .minding(
                                Change.FENCE, Change.REFERENCE, Change.NO_REFERENCE, Change.EVENT, Change.CHECK_BEGUN));
    }

    private static List<Step> checks() {
        return List.of(
                step("begin a check", DispatchConditionsTest::sent, seen -> CHECKUPS.begin(checkup(seen), LATER, NOW))
                        .from(SUBMITTED)
                        .minding(Change.CHECK_FENCE, Change.CHECK_FENCES, Change.CHECK_BEGUN),
                step("join a page", DispatchConditionsTest::sent, seen -> CHECKUPS.page(checkup(seen), 7))
                        .minding(Change.CHECK_FENCE, Change.CHECK_FENCES),
                step("end a check", DispatchConditionsTest::sent, seen -> CHECKUPS.end(checkup(seen), checked(seen)))
                        .from(SUBMITTED)
                        .minding(Change.CHECK_FENCE, Change.CHECK_FENCES),
                step("postpone", DispatchConditionsTest::sent, seen -> CHECKUPS.postpone(seen, LATER, "timeout"))
                        .from(SUBMITTED)
                        .minding(Change.CHECK_FENCES),
                step("count", DispatchConditionsTest::sent, seen -> CHECKUPS.count(seen.id())),
                step("wake", DispatchConditionsTest::sent, seen -> ERASURES.wake(seen.id(), NOW)),
                step("keep a result", DispatchConditionsTest::sent, seen -> ERASURES.keep(seen.id(), 1, null, NOW))
                        .minding(Change.ERASED, Change.ERASED_AND_REFUNDED),
                step(
                                "keep a refund",
                                DispatchConditionsTest::sent,
                                seen -> ERASURES.keep(seen.id(), 1, BigDecimal.TEN, NOW))
                        .minding(Change.ERASED_AND_REFUNDED),
                step("put off", DispatchConditionsTest::sent, seen -> DUE.putOff(seen, LATER.plusSeconds(9)))
                        .from(SUBMITTED)
                        .minding(Change.OTHER_DUE, Change.EVENT));
    }

    static Stream<Arguments> moves() {
        return steps().stream().flatMap(step -> step.from().stream().map(state -> Arguments.of(step, state)));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void whatItMindsIsLeftAlone(Step step) {
        var seen = seen(step);
        var standing = item(seen).orElseThrow();
        for (var change : step.minds()) {
            SHELF.table.apply(Write.put(standing));
            change(seen, change);

            assertThat(isWritten(step, seen)).as("%s", change).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("steps")
    void allElseMayChange(Step step) {
        var seen = seen(step);
        EnumSet.complementOf(step.minds()).forEach(change -> change(seen, change));

        assertThat(isWritten(step, seen)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void noOtherStateIsMoved(Step step) {
        var seen = seen(step);
        for (var state : EnumSet.complementOf(step.from())) {
            move(seen, state);

            assertThat(isWritten(step, seen)).as("%s", state).isFalse();
        }
    }

    /** And only what is unconfirmed is listed as such afterwards. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("moves")
    void itsOwnStatesAre(Step step, DispatchState state) {
        var seen = seen(step);
        move(seen, state);

        assertThat(isWritten(step, seen)).isTrue();

        var item = item(seen).orElseThrow();
        assertThat(item.has(Attributes.LIST))
                .isEqualTo(DispatchState.of(item.text(DispatchItem.STATE)) == UNCONFIRMED)
                .isEqualTo(item.has(Attributes.LIST_AT));
    }

    /** TTL took it: nothing comes of it again. */
    @ParameterizedTest
    @MethodSource("steps")
    void whatIsGoneStaysGone(Step step) {
        var seen = seen(step);
        SHELF.table.apply(
                Write.delete(Keys.dispatch(seen.id().batch(), seen.id().n())));

        assertThat(isWritten(step, seen)).isFalse();
    }

    private static void change(Dispatch seen, Change change) {
        var write = DispatchWrites.at(seen.id());
        change.change.accept(write);
        SHELF.table.apply(write);
    }

    private static void move(Dispatch seen, DispatchState state) {
        var write = DispatchWrites.at(seen.id()).set(DispatchItem.STATE, state.label());
        SHELF.table.apply(state == UNCONFIRMED ? DispatchWrites.doubt(write, NOW) : DispatchWrites.certain(write));
    }

    private static Dispatch seen(Step step) {
        return SHELF.dispatch(step.scene().get(), 0);
    }

    private static boolean isWritten(Step step, Dispatch seen) {
        var before = item(seen).map(Item::attributes);
        step.write().accept(seen);
        return !item(seen).map(Item::attributes).equals(before);
    }

    private static Optional<Item> item(Dispatch dispatch) {
        return SHELF.table.get(
                Keys.dispatch(dispatch.id().batch(), dispatch.id().n()));
    }

    private static Batch waiting() {
        return SHELF.batch(1);
    }

    private static Batch claimed() {
        var batch = waiting();
        SHELF.claim(batch, 0);
        return batch;
    }

    /** By a reference of ours. */
    private static Batch staked() {
        var batch = waiting();
        claim(SHELF.dispatch(batch, 0), stake(SHELF.dispatch(batch, 0)));
        return batch;
    }

    /** Its lease ends now. */
    private static Batch over() {
        var batch = waiting();
        SHELF.dispatchRepository.claim(
                SHELF.dispatch(batch, 0), StoreFixture.NO_RESERVATION, NOW.minusSeconds(90), NOW);
        return batch;
    }

    private static Batch lost() {
        var batch = waiting();
        SHELF.lose(batch, 0);
        return batch;
    }

    /** Unconfirmed, with a reference. */
    private static Batch unsure() {
        var batch = claimed();
        SHELF.answer(batch, 0, false);
        return batch;
    }

    private static Batch sent() {
        var batch = waiting();
        SHELF.submit(batch, 0);
        return batch;
    }

    private static Batch resent() {
        var batch = lost();
        resend(SHELF.dispatch(batch, 0));
        return batch;
    }

    /** To be sent again, and a callback told of the first try. */
    private static Batch told() {
        var batch = unsure();
        resend(SHELF.dispatch(batch, 0));
        var statusFact = new StatusFact(MessageState.DELIVERED, NOW, "100", "", null, StatusFact.Source.CALLBACK);
        var providerReference = new ProviderReference("fake", StoreFixture.ACCOUNT, StoreFixture.reference(batch, 0));
        SHELF.callbackEventRepository.keep(
                providerReference,
                "told",
                CallbackEvent.delivery(null, statusFact, null),
                batch.lifetime().expires());
        return batch;
    }

    private static String reference(Dispatch dispatch) {
        return "ref-" + dispatch.id().batch().substring(4).toLowerCase(Locale.ROOT);
    }

    private static Reservation stake(Dispatch dispatch) {
        return new Reservation(
                "fake",
                StoreFixture.ACCOUNT,
                "own" + dispatch.id().batch().substring(15),
                List.of(dispatch.id().batch()));
    }

    private static void claim(Dispatch seen, Reservation reservation) {
        SHELF.dispatchRepository.claim(seen, reservation, NOW, LATER);
    }

    private static void release(Dispatch seen, Reservation reservation) {
        write(seen.lease(), reservation, new SendResult(ACCEPTED, null, "busy", "", NOW, LATER));
    }

    private static void reject(Lease lease) {
        write(lease, StoreFixture.NO_RESERVATION, new SendResult(REJECTED, null, "-5", "no", NOW, LATER));
    }

    private static void answer(Dispatch seen, @Nullable String reference, boolean sure) {
        var sendResult = new SendResult(sure ? SUBMITTED : UNCONFIRMED, reference, null, null, NOW, LATER);
        write(seen.lease(), StoreFixture.NO_RESERVATION, sendResult);
    }

    private static void write(Lease lease, Reservation reservation, SendResult sendResult) {
        SHELF.sendResultRepository.write(lease, reservation, sendResult, PATIENCE);
    }

    private static void confirm(Dispatch seen, @Nullable String reference) {
        var named = reference == null ? null : new ProviderReference("fake", StoreFixture.ACCOUNT, reference);
        SHELF.decisionRepository.confirm(
                seen, named, null, audit(DecisionRecord.DecisionKind.CONFIRMED), Optional.empty());
    }

    private static void resend(Dispatch seen) {
        SHELF.decisionRepository.resend(seen, audit(DecisionRecord.DecisionKind.RESENT), Optional.empty());
    }

    private static DecisionRecord audit(DecisionRecord.DecisionKind decisionKind) {
        return new DecisionRecord(NOW, decisionKind, NOW, StoreFixture.CALLER, "key", null, null);
    }

    private static CheckState checkup(Dispatch seen) {
        return new CheckState(seen, null, 0, null, null, null, null);
    }

    private static CheckResult checked(Dispatch seen) {
        return new CheckResult(
                seen.state(), seen.checks().events(), Map.of("delivered", 1), NOW, 0, null, NOW, 0, null, LATER, null);
    }
}
