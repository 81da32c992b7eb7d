package hoopoe.batch.admission;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.access.Grant;
import hoopoe.access.KeyKind;
import hoopoe.access.Scope;
import hoopoe.batch.House;
import hoopoe.batch.Watch;
import hoopoe.batch.admission.AdmissionOutcome.Admitted;
import hoopoe.batch.admission.AdmissionOutcome.DryRun;
import hoopoe.batch.admission.AdmissionOutcome.Refused;
import hoopoe.batch.check.Checks;
import hoopoe.batch.check.Told;
import hoopoe.provider.CancelOutcome;
import hoopoe.provider.Readiness;
import hoopoe.store.Batch;
import hoopoe.store.DispatchId;
import hoopoe.store.DispatchState;
import hoopoe.store.Erasures;
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
        assertThat(code(new House(), TEST, null, false)).isEqualTo("account_live_only");
        assertThat(code(new House(), TEST, "main", false)).isEqualTo("account_live_only");
        assertThat(code(new House(), TEST, "main", true)).isEqualTo("account_live_only");
        assertThat(code(new House(), TEST, "nobody", false)).isEqualTo("account_not_found");
        assertThat(code(new House(MAIN, "TRUE-ish"), TEST, "main", false)).isEqualTo("account_live_only");
    }

    @Test
    void whereAllAreRealNoneIsToBeNamed() {
        var real = new House("hoopoe.accounts.other.provider", FakeProvider.TYPE);

        assertThat(code(real, TEST, null, false)).isEqualTo("account_live_only");
        assertThat(code(real, LIVE, null, false)).isEqualTo("account_required");
    }

    @Test
    void theOnlySimulatedAccountIsTakenWhereNoneIsNamed() {
        assertThat(account(new House(ONE_OF_TWO), TEST, null)).isEqualTo("toy");
        assertThat(account(new House(ONE_OF_TWO), TEST, "toy")).isEqualTo("toy");
        assertThat(code(new House(ONE_OF_TWO), TEST, "main", false)).isEqualTo("account_live_only");
        assertThat(account(new House(MAIN, "true"), TEST, null)).isEqualTo("main");
    }

    @Test
    void ofSeveralSimulatedTheDefaultIsTakenOrOneIsNamed() {
        var several = new House(
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
        assertThat(account(new House(ONE_OF_TWO), LIVE, null)).isEqualTo("main");
        assertThat(account(new House(ONE_OF_TWO), LIVE, "toy")).isEqualTo("toy");
    }

    @Test
    void aTestIsNotSentWhenItsAccountHasBecomeReal() {
        var house = new House(MAIN, "true");
        house.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = batch(admit(house, TEST, null, false));
        house.provider.ready(() -> new Readiness.Ready("key"));
        var real = house.another(MAIN, "false");

        real.dispatcher.dispatch(new DispatchId(batch.id(), 0), real.deadline());

        assertThat(real.dispatch(batch, 0).state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(real.dispatch(batch, 0).code()).isEqualTo("account_live_only");
        house.dispatcher.dispatch(new DispatchId(batch.id(), 0), house.deadline());
        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.SUBMITTED);
    }

    /** What was sent to a simulator no real provider is asked about, nor asked to cancel. */
    @Test
    void ofATestNobodyIsAskedWhenItsAccountHasBecomeReal() {
        var watch = new Watch(MAIN, "true");
        watch.house.provider.reportsAtOnce(60);
        var one = batch(admit(watch.house, TEST, null, false));
        var other = batch(admit(watch.house, TEST, null, false));
        var erased = new ArrayList<String>();
        watch.provider.erasing((reference, deadline) -> {
            erased.add(reference);
            return new CancelOutcome.NoResult("", "");
        });
        var real = watch.checks(watch.house.another(MAIN, "false"));
        watch.house.clock.move(Duration.ofMinutes(2));

        var seen = Stream.of(one, other)
                .map(batch -> watch.checkups.find(Watch.id(batch)).orElseThrow())
                .toList();
        assertThat(real.ask(seen, watch.deadline())).isEqualTo(Told.NOTHING);
        new Erasures(watch.table).mark(one.id(), watch.house.clock.instant());
        assertThat(real.run(seen.get(0), watch.deadline())).isEqualTo(Checks.Outcome.DONE);

        assertThat(watch.provider.asked()).isEmpty();
        assertThat(watch.provider.askedTogether()).isEmpty();
        assertThat(erased).isEmpty();
        assertThat(watch.dispatch(one).due()).isAfter(watch.house.clock.instant());
        assertThat(watch.checks.ask(seen, watch.deadline())).isNotEqualTo(Told.NOTHING);
        watch.checkWhenDue(one);
        assertThat(erased).hasSize(1);
    }

    /** They wait, and nothing behind them waits for them. */
    @Test
    void testsOfAnAccountThatHasBecomeRealHoldUpNoLiveMessage() {
        var house = new House(MAIN, "true");
        house.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var ids = new ArrayList<DispatchId>();
        for (int i = 0; i < 12; i++) {
            ids.add(new DispatchId(batch(admit(house, TEST, null, false)).id(), 0));
        }
        var live = batch(admit(house, LIVE, null, false));
        ids.add(new DispatchId(live.id(), 0));
        house.provider.ready(() -> new Readiness.Ready("key"));
        var real = house.another(MAIN, "false");

        real.round.send(ids, real.deadline());

        assertThat(real.dispatch(live, 0).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(house.provider.sends()).hasSize(1);
    }

    private static String code(House house, Grant by, @Nullable String account, boolean dryRun) {
        return ((Refused) admit(house, by, account, dryRun)).code();
    }

    private static String account(House house, Grant by, @Nullable String account) {
        assertThat(((DryRun) admit(house, by, account, true)).batch().caller()).isEqualTo(by.owner());
        return batch(admit(house, by, account, false)).account();
    }

    private static Batch batch(AdmissionOutcome outcome) {
        return ((Admitted) outcome).batch();
    }

    private static AdmissionOutcome admit(House house, Grant by, @Nullable String account, boolean dryRun) {
        var request = new BatchRequest(account, "hello", null, null, null, null, List.of(House.entry(1)), dryRun);
        return house.admission.admit(request, by, Optional.empty(), house.deadline());
    }
}
