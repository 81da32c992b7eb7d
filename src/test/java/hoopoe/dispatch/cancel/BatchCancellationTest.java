package hoopoe.dispatch.cancel;

import static hoopoe.message.MessageState.CANCELLED;
import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.SCHEDULED;
import static hoopoe.message.MessageState.SUBMITTED;
import static hoopoe.testing.FakeProvider.erased;
import static hoopoe.testing.FakeProvider.nothing;
import static hoopoe.testing.FakeProvider.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hoopoe.batch.Batch;
import hoopoe.dispatch.DispatchState;
import hoopoe.dispatch.SendResult;
import hoopoe.message.MessageState;
import hoopoe.observability.Metric;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Deadline;
import hoopoe.provider.Points;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Providers;
import hoopoe.store.dispatch.CancellationRepository;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.MetricLog;
import hoopoe.testing.StoreFixture;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchCancellationTest {

    private final StoreFixture storeFixture = new StoreFixture();
    private final FakeProvider provider = new FakeProvider()
            .erasing((reference, deadline) -> erased(2, "2.00"))
            .sending(order -> {
                throw new AssertionError("not asked");
            });
    private final CancellationRepository cancellationRepository = new CancellationRepository(storeFixture.table);
    private final BatchCancellation batchCancellation = storeFixture
            .beans(new Providers(Stream.of(provider), MetricLog.ignored()))
            .get(BatchCancellation.class);

    private CancelResult erase(Batch batch) {
        return batchCancellation.erase(batch, in(28)).orElseThrow();
    }

    private Deadline in(int seconds) {
        return Deadline.in(Duration.ofSeconds(seconds), storeFixture.clock);
    }

    /** What the tick does. */
    private CancelResult tick(Batch batch, int n) {
        batchCancellation.pending(storeFixture.stored(batch), storeFixture.dispatch(batch, n), in(50));
        return batchCancellation.standing(storeFixture.stored(batch));
    }

    private static CancelResult result(int deleted, @Nullable String refunded, int pending) {
        return new CancelResult(deleted, refunded == null ? null : Points.of(new BigDecimal(refunded)), pending);
    }

    private Batch submitted() {
        var batch = storeFixture.batch(2);
        storeFixture.submit(batch, 0);
        return batch;
    }

    @Test
    void whatNobodyHasClaimedIsCancelled() {
        var batch = storeFixture.batch(2, 3);

        assertThat(erase(batch)).isEqualTo(result(5, "0", 0));
        assertThat(storeFixture.dispatch(batch, 1).state()).isEqualTo(DispatchState.CANCELLED);
        assertThat(storeFixture.stored(batch).progress().erase()).isEqualTo(storeFixture.clock.instant());
        assertThat(provider.eraseCalls()).isEmpty();
    }

    @Test
    void whatTheProviderHoldsIsTakenBackThere() {
        var batch = submitted();

        assertThat(erase(batch)).isEqualTo(result(2, "2.00", 0));
        assertThat(provider.eraseCalls()).containsExactly(StoreFixture.reference(batch, 0));
        assertThat(storeFixture.dispatch(batch, 0).due()).isEqualTo(storeFixture.clock.instant());
    }

    @Test
    void takingBackAgainAsksNobodyAndAnswersTheSame() {
        var batch = submitted();
        var first = erase(batch);
        var marked = storeFixture.stored(batch).progress().erase();
        storeFixture.clock.move(Duration.ofMinutes(5));
        provider.erasing((reference, deadline) -> nothing("-4"));

        assertThat(erase(batch)).isEqualTo(first);
        assertThat(provider.eraseCalls()).hasSize(1);
        assertThat(storeFixture.stored(batch).progress().erase()).isEqualTo(marked);
    }

    @Test
    void whatIsInFlightIsPendingUntilItsReferenceIsKnown() {
        var batch = storeFixture.batch(2);
        storeFixture.claim(batch, 0);

        assertThat(erase(batch)).isEqualTo(result(0, null, 2));
        assertThat(BatchCancellation.isPending(storeFixture.stored(batch), storeFixture.dispatch(batch, 0)))
                .isTrue();
        assertThat(storeFixture.dispatch(batch, 0).due())
                .isEqualTo(storeFixture.clock.instant().plusSeconds(60));
        assertThat(tick(batch, 0)).isEqualTo(result(0, null, 2));
        assertThat(provider.eraseCalls()).isEmpty();

        storeFixture.answer(batch, 0, true);
        assertThat(tick(batch, 0)).isEqualTo(result(2, "2.00", 0));
    }

    /** All that it took is all: what it had not sent from the first it cannot cancel. */
    @Test
    void takenBackIsAllThatWasTaken() {
        var batch = partlyTaken();
        provider.reporting((reference, page) -> {
            throw new AssertionError("nobody has to be asked");
        });

        assertThat(erase(batch)).isEqualTo(result(2, "2.00", 0));
    }

    @Test
    void aReportOfAllThatWasTakenIsAResult() {
        var batch = partlyTaken();
        provider.erasing((reference, deadline) -> FakeProvider.eraseLost()).reporting(CANCELLED, CANCELLED);

        assertThat(erase(batch)).isEqualTo(result(2, null, 0));
    }

    /** Two of three. */
    private Batch partlyTaken() {
        var batch = storeFixture.batch(3);
        storeFixture.claim(batch, 0);
        var lease = storeFixture.dispatch(batch, 0).lease();
        var now = storeFixture.clock.instant();
        var partly = new SendResult(DispatchState.SUBMITTED, "ref", "partial", null, null, 1, now, now, Map.of());
        storeFixture.sendResultRepository.write(lease, StoreFixture.NO_RESERVATION, partly, Duration.ofSeconds(1));
        return batch;
    }

    @Test
    void whoseAnswerWasLostIsPending() {
        var batch = storeFixture.batch(2);
        storeFixture.lose(batch, 0);

        assertThat(erase(batch)).isEqualTo(result(0, null, 2));
        assertThat(storeFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(storeFixture.dispatch(batch, 0).due())
                .isEqualTo(storeFixture.clock.instant().plusSeconds(60));
    }

    @Test
    void oneThatIsUnconfirmedButHasAReferenceIsTakenBack() {
        var batch = storeFixture.batch(2);
        storeFixture.claim(batch, 0);
        storeFixture.answer(batch, 0, false);

        assertThat(erase(batch)).isEqualTo(result(2, "2.00", 0));
    }

    @Test
    void whatWasRefusedNeedsNoTakingBack() {
        var batch = storeFixture.batch(2);
        storeFixture.reject(batch, 0);

        assertThat(erase(batch)).isEqualTo(result(0, "0", 0));
        assertThat(provider.eraseCalls()).isEmpty();
    }

    @Test
    void theAnswerIsTheSumOfAllDispatches() {
        var batch = storeFixture.batch(2, 3, 2, 4, 1);
        storeFixture.submit(batch, 0);
        storeFixture.claim(batch, 1);
        storeFixture.submit(batch, 2);
        storeFixture.reject(batch, 4);

        assertThat(erase(batch)).isEqualTo(result(2 + 2 + 4, "4.00", 3));
    }

    @Test
    void whatIsNotYetCreatedIsPendingAndThenCancelled() {
        var batch = storeFixture.unspread(StoreFixture.CALLER, null, StoreFixture.numbers(2, 3), List.of());

        assertThat(erase(batch)).isEqualTo(result(0, null, 5));

        storeFixture.dispatchRepository.spread(storeFixture.stored(batch), n -> n + 2, storeFixture.clock.instant());
        assertThat(erase(batch)).isEqualTo(result(5, "0", 0));
    }

    @Test
    void aLostAnswerIsLookedUpInTheReport() {
        var batch = submitted();
        provider.erasing((reference, deadline) -> FakeProvider.eraseLost()).reporting(CANCELLED, CANCELLED);

        assertThat(erase(batch)).isEqualTo(result(2, null, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-4", "-8", "-3"})
    void anAnswerWithoutAResultIsLookedUpInTheReport(String code) {
        var batch = submitted();
        provider.erasing((reference, deadline) -> nothing(code)).reporting(CANCELLED, CANCELLED);

        assertThat(erase(batch)).isEqualTo(result(2, null, 0));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.00", "1, 1.00", "5, 5.00"})
    void anAnswerThatDoesNotAddUpIsNoResultWhileTheReportShowsItScheduled(int deleted, String refunded) {
        var batch = submitted();
        provider.erasing((reference, deadline) -> erased(deleted, refunded)).reporting(SCHEDULED, CANCELLED);
        assertThat(erase(batch)).isEqualTo(result(0, null, 2));

        provider.reporting(CANCELLED, CANCELLED);
        assertThat(tick(batch, 0)).isEqualTo(result(2, null, 0));
    }

    @Test
    void whatTheReportConfirmsKeepsItsRefund() {
        var batch = submitted();
        provider.erasing((reference, deadline) -> erased(1, "1.00")).reporting(DELIVERED, CANCELLED);

        assertThat(erase(batch)).isEqualTo(result(1, "1.00", 0));
    }

    @Test
    void nothingDeletedIsFinalOnceAllIsSent() {
        var batch = submitted();
        provider.erasing((reference, deadline) -> erased(0, "0.00")).reporting(DELIVERED, SUBMITTED);

        assertThat(erase(batch)).isEqualTo(result(0, "0", 0));
    }

    @Test
    void aLostAnswerIsNotAResultWhileTheReportShowsItScheduled() {
        var batch = submitted();
        provider.erasing((reference, deadline) -> FakeProvider.eraseLost()).reporting(SCHEDULED, SCHEDULED);

        assertThat(erase(batch)).isEqualTo(result(0, null, 2));

        provider.erasing((reference, deadline) -> erased(2, "2.00"));
        assertThat(tick(batch, 0)).isEqualTo(result(2, "2.00", 0));
    }

    @Test
    void aReportThatDoesNotSayOfAllIsNoResult() {
        var batch = submitted();
        provider.erasing((reference, deadline) -> nothing("-4")).reporting(CANCELLED);
        assertThat(erase(batch)).isEqualTo(result(0, null, 2));

        provider.reporting(new MessageState[0]);
        assertThat(erase(batch)).isEqualTo(result(0, null, 2));
    }

    @Test
    void aRowThatComesTwiceCountsOnce() {
        var batch = submitted();
        provider.erasing((reference, deadline) -> nothing("-4"))
                .reporting((reference, n) -> n == 1 ? page(0, true, CANCELLED) : page(0, false, CANCELLED));
        assertThat(erase(batch)).isEqualTo(result(0, null, 2));

        provider.reporting((reference, n) -> n == 1 ? page(0, true, CANCELLED) : page(1, false, CANCELLED));
        assertThat(erase(batch)).isEqualTo(result(2, null, 0));
    }

    /** A message that one row shows as scheduled, and another as cancelled, is cancelled. */
    @Test
    void ofTwoRowsOfAMessageTheLaterStateCounts() {
        for (boolean scheduledFirst : new boolean[] {true, false}) {
            var batch = submitted();
            var one = page(0, true, scheduledFirst ? SCHEDULED : CANCELLED, CANCELLED);
            var other = page(0, false, scheduledFirst ? CANCELLED : SCHEDULED);
            provider.erasing((reference, deadline) -> nothing("-4")).reporting((reference, n) -> n == 1 ? one : other);

            assertThat(erase(batch)).isEqualTo(result(2, null, 0));
        }
    }

    @Test
    void anAdapterThatFailsIsCountedAndItIsPending() {
        var told = new MetricLog(storeFixture.clock);
        var counting = storeFixture
                .beans(new Providers(Stream.of(provider), MetricLog.ignored()), told.metrics())
                .get(BatchCancellation.class);
        provider.erasing((reference, deadline) -> {
            throw new IllegalStateException("a fault of ours");
        });

        assertThat(counting.erase(submitted(), in(28))).contains(result(0, null, 2));
        assertThat(told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
    }

    /** Its end is written once, and nothing looks at it again. */
    @Test
    void whatIsNotPendingIsNotWoken() {
        var batch = storeFixture.batch(2, 3);
        storeFixture.reject(batch, 0);
        storeFixture.claim(batch, 1);
        var due = storeFixture.dispatch(batch, 0).due();

        assertThat(erase(batch).pending()).isEqualTo(3);
        assertThat(storeFixture.dispatch(batch, 0).checks().events()).isZero();
        assertThat(storeFixture.dispatch(batch, 0).due()).isEqualTo(due);
    }

    @Test
    void aReportWithoutAnEndIsReadToABoundEachTime() {
        var batch = submitted();
        var pages = new ArrayList<Integer>();
        provider.erasing((reference, deadline) -> nothing("-4")).reporting((reference, n) -> {
            pages.add(n);
            return page(0, true, SCHEDULED, SCHEDULED);
        });

        assertThat(erase(batch)).isEqualTo(result(0, null, 2));
        assertThat(tick(batch, 0)).isEqualTo(result(0, null, 2));

        assertThat(pages).containsExactly(1, 2, 3, 4, 5, 1, 2, 3, 4, 5);
    }

    @Test
    void whatIsSentCannotBeTakenBack() {
        var batch = submitted();
        provider.erasing((reference, deadline) -> nothing("-4")).reporting(DELIVERED, SUBMITTED);

        assertThat(erase(batch)).isEqualTo(result(0, "0", 0));
        assertThat(erase(batch)).isEqualTo(result(0, "0", 0));
        assertThat(provider.eraseCalls()).hasSize(1);
    }

    @Test
    void partOfItCanBeTakenBack() {
        var batch = submitted();
        provider.erasing((reference, deadline) -> nothing("-4")).reporting(DELIVERED, CANCELLED);

        assertThat(erase(batch)).isEqualTo(result(1, null, 0));
    }

    @Test
    void aRefundThatIsKnownAfterAllIsKept() {
        var batch = submitted();
        provider.erasing((reference, deadline) -> FakeProvider.eraseLost()).reporting(CANCELLED, CANCELLED);
        erase(batch);

        cancellationRepository.keep(
                storeFixture.dispatch(batch, 0).id(), 2, new BigDecimal("2.00"), storeFixture.clock.instant());
        cancellationRepository.keep(
                storeFixture.dispatch(batch, 0).id(), 0, BigDecimal.ZERO, storeFixture.clock.instant());
        cancellationRepository.keep(storeFixture.dispatch(batch, 0).id(), 1, null, storeFixture.clock.instant());

        assertThat(batchCancellation.standing(storeFixture.stored(batch))).isEqualTo(result(2, "2.00", 0));
    }

    @Test
    void aRefundIsUnknownWhereItIsUnknownOfOne() {
        var batch = storeFixture.batch(2, 2);
        storeFixture.submit(batch, 0);
        storeFixture.submit(batch, 1);
        provider.erasing((reference, deadline) -> reference.endsWith("0") ? erased(2, "2.00") : nothing(""))
                .reporting(CANCELLED, CANCELLED);

        assertThat(erase(batch)).isEqualTo(result(4, null, 0));
    }

    @Test
    void whateverTheProviderDoesItIsOnlyPending() {
        for (var failure : List.of(
                new ProviderException.ProviderUnavailable("fake", "timeout"),
                new ProviderException.MalformedAnswer("fake", "malformed"),
                new ProviderException.ProviderBusy("fake", "-97"),
                new ProviderException.ProviderRefused("fake", "-101"))) {
            var batch = submitted();
            provider.erasing((reference, deadline) -> {
                        throw failure;
                    })
                    .reporting((reference, page) -> {
                        throw failure;
                    });

            assertThat(erase(batch)).isEqualTo(result(0, null, 2));
        }
    }

    @Test
    void whatDoesNotFitInTheCallIsPending() {
        var batch = submitted();

        assertThat(batchCancellation.erase(batch, in(2))).contains(result(0, null, 2));
        assertThat(provider.eraseCalls()).isEmpty();
        assertThat(storeFixture.dispatch(batch, 0).due())
                .isEqualTo(storeFixture.clock.instant().plusSeconds(60));
    }

    @Test
    void aProviderThatTakesNothingBackIsNotAskedAndTheBatchNotMarked() {
        provider.without(Feature.CANCEL);
        var batch = submitted();

        assertThatThrownBy(() -> erase(batch))
                .isInstanceOfSatisfying(ProviderException.NotSupported.class, lacking -> assertThat(lacking.code())
                        .isEqualTo("cancel"));
        assertThat(provider.eraseCalls()).isEmpty();
        assertThat(storeFixture.stored(batch).progress().erase()).isNull();
    }

    /** No operator decision reverts a cancellation. */
    @Test
    void noMoreIsPromisedWhereTheSettingsAreWrong() {
        var batch = submitted();
        provider.without(Feature.CANCEL).objectingToSettings(account -> Optional.of("url is no URI"));

        assertThatThrownBy(() -> erase(batch)).isInstanceOf(ProviderException.NotSupported.class);
        assertThat(storeFixture.stored(batch).progress().erase()).isNull();
    }

    /** It waits for right settings. */
    @Test
    void whatCannotBeAskedWithWrongSettingsIsPending() {
        var batch = submitted();
        provider.objectingToSettings(account -> Optional.of("url is no URI"));

        assertThat(erase(batch)).isEqualTo(result(0, null, 2));
        assertThat(provider.eraseCalls()).isEmpty();
    }

    @Test
    void whatMovedOnMeanwhileIsLookedAtAgain() {
        var batch = storeFixture.batch(2);
        var seen = storeFixture.dispatch(batch, 0);
        storeFixture.submit(batch, 0);
        cancellationRepository.mark(batch.id(), storeFixture.clock.instant());

        batchCancellation.pending(storeFixture.stored(batch), seen, in(28));

        assertThat(batchCancellation.standing(storeFixture.stored(batch))).isEqualTo(result(2, "2.00", 0));
    }

    @Test
    void aBatchThatIsGoneIsNotMarked() {
        var batch = storeFixture.batch(1);
        var gone = new StoreFixture().batch(1);

        assertThat(batchCancellation.erase(gone, in(28))).isEmpty();
        assertThat(storeFixture.stored(batch).progress().erase()).isNull();
    }
}
