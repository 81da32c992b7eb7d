package hoopoe.batch.create;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.CreateBatchResult.BatchCreated;
import hoopoe.batch.create.CreateBatchResult.CreateRefused;
import hoopoe.batch.create.CreateBatchResult.DryRun;
import hoopoe.delivery.check.BulkReportPoller;
import hoopoe.delivery.check.BulkReportPoller.BulkReportResult;
import hoopoe.delivery.check.DispatchCheck;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.DispatchState;
import hoopoe.provider.CancelOutcome;
import hoopoe.provider.Readiness;
import hoopoe.store.dispatch.CancellationRepository;
import hoopoe.testing.FakeProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How far a test key gets; {@code main} is real unless a test says otherwise. */
class KindTest {

    private static final Grant TEST = new Grant("shop", "key", KeyKind.TEST, Set.of(Scope.values()));
    private static final Grant LIVE = new Grant("shop", "key", KeyKind.LIVE, Set.of(Scope.values()));
    private static final String MAIN = "hoopoe.accounts.main.simulated";

    private static final String[] ONE_OF_TWO = {
        "hoopoe.default-account", "main",
        "hoopoe.accounts.toy.provider", FakeProvider.TYPE,
        "hoopoe.accounts.toy.simulated", "true"
    };

    @Test
    void noRealAccountIsReached() {
        assertThat(code(new AppFixture(), TEST, null, false)).isEqualTo("account_live_only");
        assertThat(code(new AppFixture(), TEST, "main", false)).isEqualTo("account_live_only");
        assertThat(code(new AppFixture(), TEST, "main", true)).isEqualTo("account_live_only");
        assertThat(code(new AppFixture(), TEST, "nobody", false)).isEqualTo("account_not_found");
        assertThat(code(new AppFixture(MAIN, "TRUE-ish"), TEST, "main", false)).isEqualTo("account_live_only");
    }

    @Test
    void whereAllAreRealNoneIsToBeNamed() {
        var real = new AppFixture("hoopoe.accounts.other.provider", FakeProvider.TYPE);

        assertThat(code(real, TEST, null, false)).isEqualTo("account_live_only");
        assertThat(code(real, LIVE, null, false)).isEqualTo("account_required");
    }

    @Test
    void theOnlySimulatedAccountIsTakenWhereNoneIsNamed() {
        assertThat(account(new AppFixture(ONE_OF_TWO), TEST, null)).isEqualTo("toy");
        assertThat(account(new AppFixture(ONE_OF_TWO), TEST, "toy")).isEqualTo("toy");
        assertThat(code(new AppFixture(ONE_OF_TWO), TEST, "main", false)).isEqualTo("account_live_only");
        assertThat(account(new AppFixture(MAIN, "true"), TEST, null)).isEqualTo("main");
    }

    @Test
    void ofSeveralSimulatedTheDefaultIsTakenOrOneIsNamed() {
        var several = new AppFixture(
                MAIN,
                "true",
                "hoopoe.accounts.toy.provider",
                FakeProvider.TYPE,
                "hoopoe.accounts.toy.simulated",
                "true");

        assertThat(code(several, TEST, null, false)).isEqualTo("account_required");
        assertThat(account(several, TEST, "toy")).isEqualTo("toy");
    }

    @Test
    void aLiveKeyReachesAll() {
        assertThat(account(new AppFixture(ONE_OF_TWO), LIVE, null)).isEqualTo("main");
        assertThat(account(new AppFixture(ONE_OF_TWO), LIVE, "toy")).isEqualTo("toy");
    }

    @Test
    void aTestIsNotSentWhenItsAccountHasBecomeReal() {
        var appFixture = new AppFixture(MAIN, "true");
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = batch(admit(appFixture, TEST, null, false));
        appFixture.provider.ready(() -> new Readiness.Ready("key"));
        var real = appFixture.another(MAIN, "false");

        real.dispatcher.dispatch(new DispatchId(batch.id(), 0), real.deadline());

        assertThat(real.dispatch(batch, 0).state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(real.dispatch(batch, 0).submission().code()).isEqualTo("account_live_only");
        appFixture.dispatcher.dispatch(new DispatchId(batch.id(), 0), appFixture.deadline());
        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    /** What was sent to a simulator no real provider is asked about, nor asked to cancel. */
    @Test
    void ofATestNobodyIsAskedWhenItsAccountHasBecomeReal() {
        var tickFixture = new TickFixture(MAIN, "true");
        tickFixture.appFixture.provider.reportsAtOnce(60);
        var one = batch(admit(tickFixture.appFixture, TEST, null, false));
        var other = batch(admit(tickFixture.appFixture, TEST, null, false));
        var erased = new ArrayList<String>();
        tickFixture.provider.erasing((reference, deadline) -> {
            erased.add(reference);
            return new CancelOutcome.NoResult("", "");
        });
        var elsewhere = tickFixture.appFixture.another(MAIN, "false");
        var real = elsewhere.beans.get(DispatchCheck.class);
        tickFixture.appFixture.clock.move(Duration.ofMinutes(2));

        var seen = Stream.of(one, other)
                .map(batch ->
                        tickFixture.checkRepository.find(TickFixture.id(batch)).orElseThrow())
                .toList();
        assertThat(elsewhere.beans.get(BulkReportPoller.class).ask(seen, tickFixture.deadline()))
                .isEqualTo(BulkReportResult.NOTHING);
        new CancellationRepository(tickFixture.table).mark(one.id(), tickFixture.appFixture.clock.instant());
        assertThat(real.run(seen.get(0), tickFixture.deadline())).isEqualTo(DispatchCheck.Outcome.DONE);

        assertThat(tickFixture.provider.asked()).isEmpty();
        assertThat(tickFixture.provider.askedTogether()).isEmpty();
        assertThat(erased).isEmpty();
        assertThat(tickFixture.dispatch(one).due()).isAfter(tickFixture.appFixture.clock.instant());
        assertThat(tickFixture.appFixture.beans.get(BulkReportPoller.class).ask(seen, tickFixture.deadline()))
                .isNotEqualTo(BulkReportResult.NOTHING);
        tickFixture.checkWhenDue(one);
        assertThat(erased).hasSize(1);
    }

    /** They wait, and nothing behind them waits for them. */
    @Test
    void testsOfAnAccountThatHasBecomeRealHoldUpNoLiveMessage() {
        var appFixture = new AppFixture(MAIN, "true");
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var ids = new ArrayList<DispatchId>();
        for (int i = 0; i < 12; i++) {
            ids.add(new DispatchId(batch(admit(appFixture, TEST, null, false)).id(), 0));
        }
        var live = batch(admit(appFixture, LIVE, null, false));
        ids.add(new DispatchId(live.id(), 0));
        appFixture.provider.ready(() -> new Readiness.Ready("key"));
        var real = appFixture.another(MAIN, "false");

        real.dispatchRound.send(ids, real.deadline());

        assertThat(real.dispatch(live, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(appFixture.provider.sends()).hasSize(1);
    }

    private static String code(AppFixture appFixture, Grant by, @Nullable String account, boolean dryRun) {
        return ((CreateRefused) admit(appFixture, by, account, dryRun)).code();
    }

    private static String account(AppFixture appFixture, Grant by, @Nullable String account) {
        assertThat(((DryRun) admit(appFixture, by, account, true)).batch().caller())
                .isEqualTo(by.owner());
        return batch(admit(appFixture, by, account, false)).account();
    }

    private static Batch batch(CreateBatchResult outcome) {
        return ((BatchCreated) outcome).batch();
    }

    private static CreateBatchResult admit(AppFixture appFixture, Grant by, @Nullable String account, boolean dryRun) {
        var request =
                new BatchRequest(account, "hello", null, null, null, null, null, List.of(AppFixture.entry(1)), dryRun);
        return appFixture.batchCreator.admit(request, by, Optional.empty(), appFixture.deadline());
    }
}
