package hoopoe.dispatch.decision;

import static hoopoe.message.MessageState.DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.BatchRequest;
import hoopoe.batch.view.BatchView;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.provider.CallbackContent;
import hoopoe.store.delivery.UnresolvedDispatches;
import hoopoe.testing.FakeProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** References of no known dispatch, beside dispatches whose answers were lost. */
class CandidateReferencesTest {

    private final TickFixture tickFixture = new TickFixture();
    private final UnresolvedDispatches unresolvedDispatches = new UnresolvedDispatches(tickFixture.table);
    private final CandidateReferences candidateReferences = new CandidateReferences(
            tickFixture.appFixture.dispatchRepository,
            tickFixture.appFixture.recipientRepository,
            unresolvedDispatches,
            tickFixture.appFixture.clock);

    private Map<Integer, List<BatchView.Candidate>> of(Batch batch) {
        return candidateReferences.of(tickFixture.again(batch));
    }

    private void orphan(String reference, int... numbers) {
        for (int n : numbers) {
            orphan(reference, n, tickFixture.appFixture.clock.instant(), null);
        }
    }

    /**
     * @param at when it was delivered
     * @param sentAt when it was sent
     */
    private void orphan(String reference, int n, @Nullable Instant at, @Nullable Instant sentAt) {
        tickFixture.calledBack(new CallbackContent.DeliveryCallback(
                reference,
                Optional.empty(),
                TickFixture.number(n),
                TickFixture.fact(DELIVERED, "100", at),
                sentAt,
                reference + n));
    }

    @Test
    void whatFitsOneDispatchIsACandidateAndMovesNothing() {
        var batch = tickFixture.lost(3);
        var lost = tickFixture.appFixture.clock.instant();
        tickFixture.appFixture.clock.move(Duration.ofHours(1));
        orphan("B-7", 0, 2);

        assertThat(of(batch))
                .isEqualTo(Map.of(0, List.of(new BatchView.Candidate("B-7", 2, lost.plus(Duration.ofHours(1))))));
        assertThat(tickFixture
                        .reader
                        .whole(tickFixture.again(batch), of(batch))
                        .dispatches()
                        .get(0)
                        .candidates())
                .hasSize(1);
        assertThat(tickFixture.dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(tickFixture.dispatch(batch).checks().events()).isZero();
        assertThat(tickFixture.orphanEvents("main", LocalDate.parse("2026-03-01")))
                .isEqualTo(2);
        assertThat(tickFixture.orphanEvents("main", LocalDate.parse("2026-03-02")))
                .isZero();
    }

    /** What is known by its reference needs none. */
    @Test
    void whatHasAReferenceHasNoCandidates() {
        var batch = tickFixture.submitted(1, "known");
        orphan("B-7", 0);

        assertThat(of(batch)).isEmpty();
    }

    @Test
    void aDispatchOfAnotherAccountIsNoRival() {
        var two =
                new TickFixture("hoopoe.accounts.other.provider", FakeProvider.TYPE, "hoopoe.default-account", "main");
        var batch = two.lost(1);
        two.appFixture.admitted(
                new BatchRequest("other", "x", null, null, null, null, null, List.of(AppFixture.entry(0)), false));
        two.calledBack(TickFixture.delivery("B-7", 0, DELIVERED, "100"));

        var candidates = new CandidateReferences(
                        two.appFixture.dispatchRepository,
                        two.appFixture.recipientRepository,
                        new UnresolvedDispatches(two.table),
                        two.appFixture.clock)
                .of(two.again(batch));

        assertThat(candidates.get(0)).extracting(BatchView.Candidate::reference).containsExactly("B-7");
    }

    @Test
    void whatFitsTwoIsNobodys() {
        var one = tickFixture.lost(3);
        var other = tickFixture.lost(2);
        orphan("B-7", 0, 1);
        orphan("B-8", 2);

        assertThat(of(other)).isEmpty();
        assertThat(of(one).get(0)).extracting(BatchView.Candidate::reference).containsExactly("B-8");
    }

    @Test
    void whatNamesAnotherNumberOrIsKnownOrCameBeforeIsNone() {
        orphan("before", 0);
        tickFixture.appFixture.clock.move(Duration.ofMinutes(2));
        var batch = tickFixture.lost(1);
        orphan("other", 0, 1);
        tickFixture.submitted(1, "known");
        orphan("known", 0);

        assertThat(of(batch)).isEmpty();
    }

    /** A callback may repeat or be late: what the provider itself dates before the send is about another one. */
    @Test
    void whatTheProviderDatesLongBeforeItsClaimIsNone() {
        var batch = tickFixture.lost(1);
        var before = tickFixture
                .appFixture
                .clock
                .instant()
                .minus(Duration.ofHours(12))
                .minusSeconds(1);
        orphan("delivered before", 0, before, null);
        orphan("sent before", 0, null, before);
        tickFixture.calledBack(TickFixture.reply("answered before", 0, "yes", before));
        orphan("delivered before and after", 0, before, null);
        orphan("delivered before and after", 0, before.plus(Duration.ofDays(1)), null);

        assertThat(of(batch)).isEmpty();
    }

    /** Its times name no zone, and clocks differ. */
    @Test
    void whatTheProviderDatesSomeHoursBeforeItsClaimOrNotAtAllIsACandidate() {
        var batch = tickFixture.lost(1);
        var before = tickFixture.appFixture.clock.instant().minus(Duration.ofHours(12));
        orphan("some hours", 0, before, before);
        orphan("no time", 0, null, null);

        assertThat(of(batch).get(0))
                .extracting(BatchView.Candidate::reference)
                .containsExactlyInAnyOrder("some hours", "no time");
    }

    @Test
    void whatCameDaysLaterIsNone() {
        var batch = tickFixture.lost(1);
        tickFixture.appFixture.clock.move(Duration.ofDays(3));
        orphan("late", 0);

        assertThat(of(batch)).isEmpty();
    }

    /** Clocks differ: a callback may seem to come before its send, and on the day before. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01T12:00:00Z", "2026-03-02T00:00:10Z"})
    void whatCameJustBeforeItsClaimIsACandidate(String claimed) {
        tickFixture.appFixture.clock.set(Instant.parse(claimed).minusSeconds(60).toString());
        orphan("just before", 0);
        tickFixture.appFixture.clock.set(claimed);
        var batch = tickFixture.lost(1);

        assertThat(of(batch).get(0)).extracting(BatchView.Candidate::reference).containsExactly("just before");
    }

    @Test
    void whatCameLongerBeforeItsClaimOrAfterTheWindowIsNone() {
        orphan("before", 0);
        tickFixture.appFixture.clock.move(Duration.ofSeconds(61));
        var batch = tickFixture.lost(2);
        tickFixture.appFixture.clock.move(Duration.ofDays(2));
        orphan("at the end", 1);
        tickFixture.appFixture.clock.move(Duration.ofSeconds(1));
        orphan("after", 0);

        assertThat(of(batch).get(0)).extracting(BatchView.Candidate::reference).containsExactly("at the end");
    }

    /** The rival was lost on an earlier day, and what comes today may be its. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01T23:59:00Z", "2026-02-28T00:01:00Z"})
    void aRivalOfYesterdayIsOne(String lost) {
        tickFixture.appFixture.clock.set(lost);
        tickFixture.lost(1);
        tickFixture.appFixture.clock.set("2026-03-02T00:01:00Z");
        var batch = tickFixture.lost(1);
        orphan("B-7", 0);

        assertThat(of(batch)).isEmpty();
    }

    @Test
    void whatManyHaveInCommonIsLookedUpOnce() {
        var asked = new ArrayList<LocalDate>();
        var counted = new UnresolvedDispatches(tickFixture.table) {
            @Override
            public Optional<List<Dispatch>> unconfirmed(LocalDate day, int most) {
                asked.add(day);
                return super.unconfirmed(day, most);
            }
        };
        var appFixture = tickFixture.appFixture;
        appFixture.provider.dispatchSize(1);
        var batch = tickFixture.again(appFixture.admitted(AppFixture.to(2)));
        var lost = appFixture.dispatchRepository.of(batch);
        lost.forEach(dispatch -> appFixture.dispatchRepository.end(
                dispatch, DispatchState.UNCONFIRMED, null, appFixture.clock.instant()));
        orphan("B-7", 0);

        assertThat(new CandidateReferences(
                                appFixture.dispatchRepository,
                                appFixture.recipientRepository,
                                counted,
                                appFixture.clock)
                        .of(batch))
                .containsOnlyKeys(0);
        assertThat(lost).hasSize(2);
        assertThat(asked).isNotEmpty().doesNotHaveDuplicates();
    }

    /** That one is settled: it is no rival any more. */
    @Test
    void aSettledOneNoLongerFits() {
        var one = tickFixture.lost(1);
        var other = tickFixture.lost(1);
        orphan("B-7", 0);
        assertThat(of(one)).isEmpty();

        tickFixture.dispatchConfirmation.confirm(
                tickFixture.again(other),
                0,
                new hoopoe.dispatch.decision.OperatorDecision(AppFixture.CALLER, "key", null, null),
                java.util.Optional.empty());

        assertThat(of(one).get(0)).hasSize(1);
        assertThat(of(other)).isEmpty();
    }
}
