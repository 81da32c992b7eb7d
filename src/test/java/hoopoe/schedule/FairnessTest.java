package hoopoe.schedule;

import static hoopoe.message.MessageState.DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.BatchRequest;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.provider.ProviderException;
import hoopoe.provider.Readiness;
import hoopoe.provider.ReportPage;
import hoopoe.provider.ReportQuery;
import hoopoe.testing.FakeProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More is due of one account than a round of a tick reads, and the account is silent. */
class FairnessTest {

    /** Of each of eight shards seven. */
    private static final int READ = 48;

    private static final int WAITING = 112;

    /** Some shard has more of them than others. */
    private static final int SOON = 6;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TickFixture tickFixture = new TickFixture(
            READ, "hoopoe.accounts.other.provider", FakeProvider.TYPE, "hoopoe.default-account", "main");
    private final AppFixture appFixture = tickFixture.appFixture;

    @BeforeEach
    void oneMessageADispatch() {
        appFixture.provider.dispatchSize(1).sending(FakeProvider::accepted);
    }

    private Batch admitted(String account, int recipients) {
        var to = IntStream.range(0, recipients).mapToObj(AppFixture::entry).toList();
        return appFixture.admitted(new BatchRequest(account, "hello", null, null, null, null, null, to, false));
    }

    private void onlyTheOtherIsThere() {
        appFixture.provider.readyOf(account ->
                account.name().equals("other") ? new Readiness.Ready("key") : new Readiness.NotYet("away", "", null));
    }

    private void allAreThere() {
        appFixture.provider.ready(() -> new Readiness.Ready("key"));
    }

    /** @return whether it came to be so within so many ticks */
    private boolean within(int ticks, BooleanSupplier done) {
        for (int i = 0; i < ticks && !done.getAsBoolean(); i++) {
            appFixture.clock.move(MINUTE);
            tickFixture.tick();
        }
        return done.getAsBoolean();
    }

    private List<Dispatch> dispatches(Batch batch) {
        return appFixture.dispatchRepository.of(batch);
    }

    private boolean are(DispatchState state, Batch batch) {
        return dispatches(batch).stream().allMatch(dispatch -> dispatch.state() == state);
    }

    private boolean isSettled(Batch batch) {
        return tickFixture.again(batch).progress().settled().size() == batch.dispatches();
    }

    @Test
    void sendsOfAnotherAccountAreMadeAndLaterAllOfThemOnce() {
        onlyTheOtherIsThere();
        var silent = admitted("main", WAITING);
        appFixture.clock.move(Duration.ofSeconds(1));
        var other = admitted("other", 2);
        appFixture.clock.move(Duration.ofMinutes(2));

        assertThat(within(SOON, () -> are(DispatchState.SUBMITTED, other))).isTrue();
        assertThat(are(DispatchState.ACCEPTED, silent)).isTrue();

        allAreThere();
        assertThat(within(2 * SOON, () -> are(DispatchState.SUBMITTED, silent))).isTrue();
        assertThat(appFixture.provider.taken()).hasSize(WAITING + 2).allSatisfy((token, times) -> assertThat(times)
                .isEqualTo(1));
    }

    @Test
    void checksOfAnotherAccountAreMadeAndItsSendsToo() {
        var silent = admitted("main", WAITING);
        appFixture.clock.move(Duration.ofMinutes(2));
        assertThat(within(SOON, () -> are(DispatchState.SUBMITTED, silent))).isTrue();
        var checked = admitted("other", 1);
        var own = dispatches(checked).get(0).submission().reference();
        appFixture.clock.move(Duration.ofMinutes(2));
        var sent = admitted("main", 2);
        appFixture.clock.move(Duration.ofMinutes(2));
        tickFixture.provider.reporting((reference, page) -> {
            if (!reference.equals(own)) {
                throw new ProviderException.ProviderUnavailable("report", "timeout");
            }
            return TickFixture.page(1, 0, 1, false, DELIVERED, "100");
        });

        assertThat(within(SOON, () -> isSettled(checked) && are(DispatchState.SUBMITTED, sent)))
                .isTrue();
        assertThat(isSettled(silent)).isFalse();

        allAreDelivered();
        assertThat(within(4 * SOON, () -> isSettled(silent))).isTrue();
    }

    @Test
    void whatIsPutOffExpiresInTime() {
        onlyTheOtherIsThere();
        var silent = admitted("main", WAITING);
        appFixture.clock.set(silent.window().notAfter().minus(MINUTE).toString());

        assertThat(tickFixture.tick().putOff()).isPositive();

        assertThat(dispatches(silent)).extracting(Dispatch::due).allSatisfy(due -> assertThat(due)
                .isBeforeOrEqualTo(silent.window().notAfter()));
        assertThat(within(SOON, () -> are(DispatchState.EXPIRED, silent))).isTrue();
        assertThat(appFixture.provider.sends()).isEmpty();
    }

    @Test
    void nothingIsPutOffAsLongAsOneRoundReadsAll() {
        onlyTheOtherIsThere();
        var silent = admitted("main", 6);
        appFixture.clock.move(Duration.ofMinutes(5));

        assertThat(tickFixture.tick().putOff()).isZero();

        assertThat(dispatches(silent))
                .extracting(Dispatch::due)
                .filteredOn(due -> due.isBefore(appFixture.clock.instant()))
                .hasSizeGreaterThanOrEqualTo(6 - 4);
    }

    /** One silence after another, and no more, however many rounds there are; then its others are passed by. */
    @Test
    void whoIsSilentInOneRoundIsSoInTheNextOnesAndTheOtherComesToItsTurnInTheSameTick() {
        var silent = admitted("main", WAITING);
        appFixture.clock.move(Duration.ofMinutes(2));
        assertThat(within(SOON, () -> are(DispatchState.SUBMITTED, silent))).isTrue();
        var last = admitted("other", 1);
        var own = dispatches(last).get(0).submission().reference();
        appFixture.clock.move(Duration.ofMinutes(5));
        var asked = new AtomicInteger();
        tickFixture.provider.reporting((reference, page) -> {
            if (!reference.equals(own)) {
                asked.incrementAndGet();
                throw new ProviderException.ProviderUnavailable("report", "timeout");
            }
            return TickFixture.page(1, 0, 1, false, DELIVERED, "100");
        });

        var summary = tickFixture.tick();

        assertThat(summary.due()).isEqualTo(WAITING + 1);
        assertThat(isSettled(last)).isTrue();
        // Three, and those that were asked at the same time.
        assertThat(asked).hasValueLessThanOrEqualTo(3 + Tick.CALLS);
        // All but those of the last round, and those that were asked about.
        assertThat(summary.putOff()).isBetween(WAITING - READ - 8 - asked.get(), WAITING - 1);
        assertThat(dispatches(silent))
                .extracting(Dispatch::due)
                .filteredOn(due -> due.isBefore(appFixture.clock.instant()))
                .hasSizeLessThanOrEqualTo(READ + 8);
    }

    @Test
    void allThatIsDueIsReadRoundByRound() {
        var batch = admitted("main", WAITING);
        appFixture.clock.move(Duration.ofMinutes(2));
        assertThat(within(SOON, () -> are(DispatchState.SUBMITTED, batch))).isTrue();
        appFixture.clock.move(Duration.ofMinutes(5));
        allAreDelivered();

        var summary = tickFixture.tick();

        assertThat(summary.due()).isEqualTo(WAITING);
        assertThat(summary.checked()).isEqualTo(WAITING);
        assertThat(summary.putOff()).isZero();
        assertThat(isSettled(batch)).isTrue();
    }

    @Test
    void whatSomebodyMovedMeanwhileIsNotPutOff() {
        var batch = tickFixture.submitted(1, "ref");
        appFixture.clock.move(Duration.ofMinutes(2));
        var seen = tickFixture.dispatch(batch);
        tickFixture.checkRepository.count(seen.id());

        assertThat(tickFixture.due.putOff(seen, later())).isFalse();

        var counted = tickFixture.dispatch(batch);
        assertThat(tickFixture.due.putOff(counted, later())).isTrue();
        assertThat(tickFixture.dispatch(batch).due()).isEqualTo(later());
        assertThat(tickFixture.due.putOff(counted, appFixture.clock.instant())).isFalse();
    }

    private void allAreDelivered() {
        tickFixture.provider.reportingOf(FairnessTest::delivered);
    }

    private static ReportPage delivered(ReportQuery query) {
        int n = Integer.parseInt(query.messages().get(0).to().e164().substring(5));
        return TickFixture.page(1, n, n + 1, false, DELIVERED, "100");
    }

    private Instant later() {
        return appFixture.clock.instant().plus(MINUTE);
    }
}
