package hoopoe.schedule;

import static hoopoe.message.MessageState.DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.BatchRequest;
import hoopoe.dispatch.DispatchState;
import hoopoe.observability.Metric;
import hoopoe.provider.Readiness;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.Mailbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One piece of work that blows, beside others. */
class PoisonTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TickFixture tickFixture =
            new TickFixture("hoopoe.accounts.other.provider", FakeProvider.TYPE, "hoopoe.default-account", "main");
    private final AppFixture appFixture = tickFixture.appFixture;

    private Batch held(String account) {
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = appFixture.admitted(
                new BatchRequest(account, "hello", null, null, null, null, null, List.of(AppFixture.entry(0)), false));
        appFixture.provider.ready(() -> new Readiness.Ready("key"));
        return batch;
    }

    private static <T> T blow() {
        throw new StackOverflowError();
    }

    private TickSummary tick() {
        appFixture.clock.move(MINUTE);
        return tickFixture.tick();
    }

    @Test
    void anInboxAnswerThatBlowsHoldsUpNoSend() {
        var box = new Mailbox(3).put("+989121234567", "3000123", Instant.parse("2026-03-01T03:50:00Z"), "text");
        appFixture.provider.mailbox(box.whileRead(PoisonTest::blow));
        var held = held("other");
        appFixture.clock.move(Duration.ofMinutes(5));

        tick();

        assertThat(tickFixture.dispatch(held).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(appFixture.told.sum(Metric.INTERNAL_ERRORS)).isPositive();
    }

    @Test
    void aReportThatBlowsIsPutOffAndStopsNoOther() {
        var broken = tickFixture.submitted(1, "broken");
        var sound = tickFixture.submitted(1, "sound");
        tickFixture.provider.reporting((reference, page) ->
                reference.equals("broken") ? blow() : TickFixture.page(1, 0, 1, false, DELIVERED, "100"));
        appFixture.clock.move(MINUTE);

        assertThat(tick().failed()).isEqualTo(1);

        assertThat(tickFixture.again(sound).progress().settled()).containsExactly(0);
        assertThat(tickFixture.dispatch(broken).due()).isAfter(appFixture.clock.instant());
    }

    /** As seed 18 of the simulation found it: it stayed due for ever. */
    @Test
    void aReportThatBlowsIsNotWaitedForLongerThanItsMessagesHaveTime() {
        var broken = tickFixture.submitted(1, "broken");
        tickFixture.provider.reporting((reference, page) -> blow());
        appFixture.clock.move(Duration.ofDays(5));

        assertThat(tick().failed()).isZero();

        assertThat(tickFixture.again(broken).progress().settled()).containsExactly(0);
        assertThat(tickFixture.dispatch(broken).due()).isNull();
    }

    @Test
    void whatBlowsOnBeingAskedTogetherIsAskedOneByOne() {
        appFixture.provider.reportsAtOnce(10);
        var broken = tickFixture.submitted(1, "broken");
        var sound = tickFixture.submitted(1, "sound");
        tickFixture.provider.reporting((reference, page) ->
                reference.equals("broken") ? blow() : TickFixture.page(1, 0, 1, false, DELIVERED, "100"));
        appFixture.clock.move(MINUTE);

        assertThat(tick().failed()).isEqualTo(2);

        assertThat(tickFixture.again(sound).progress().settled()).containsExactly(0);
        assertThat(tickFixture.dispatch(broken).due()).isAfter(appFixture.clock.instant());
    }

    /** Also where its callbacks say all: they are joined, and it is over. */
    @Test
    void anEraseThatBlowsIsPendingAndStopsNoCheck() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.provider.erasing((reference, deadline) -> blow());
        tickFixture.batchCancellation.erase(batch, tickFixture.deadline()).orElseThrow();
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));

        tick();
        tick();

        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
        assertThat(appFixture.told.sum(Metric.INTERNAL_ERRORS)).isPositive();
    }

    @Test
    void aSendThatBlowsIsUnconfirmedAndItsBatchAdmitted() {
        appFixture.provider.sending(order -> blow());

        var batch = appFixture.admitted(AppFixture.to(1));

        assertThat(tickFixture.dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(appFixture.told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
    }

    /** Held, not rejected; checked and sent when the settings are right. */
    @Test
    void anAccountWithWrongSettingsHoldsWhatItHasAndStopsNoOther() {
        appFixture.provider.ownReference(14).reportsAtOnce(10);
        var sent = tickFixture.submitted(1, "ref");
        var broken = held("main");
        var sound = held("other");
        appFixture.clock.move(Duration.ofMinutes(5));
        for (var wrong : List.of("hoopoe.accounts.main.dispatch-size", "hoopoe.accounts.main.provider")) {
            var misread = tickFixture.another(
                    wrong,
                    "many",
                    "hoopoe.accounts.other.provider",
                    FakeProvider.TYPE,
                    "hoopoe.default-account",
                    "main");
            misread.provider.reporting((reference, page) -> TickFixture.page(1, 0, 1, false, DELIVERED, "100"));
            appFixture.clock.move(Duration.ofMinutes(6));

            assertThat(misread.tick().failed()).isZero();

            assertThat(tickFixture.again(sent).progress().settled()).isEmpty();
            assertThat(misread.appFixture.told.sum(Metric.ACCOUNT_REFUSALS)).isPositive();
        }
        assertThat(tickFixture.dispatch(sound).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(tickFixture.dispatch(broken).state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(tickFixture.dispatch(broken).due())
                .isBefore(appFixture.clock.instant().plus(Duration.ofMinutes(6)));
        assertThat(tickFixture.dispatch(sent).due())
                .isBefore(appFixture.clock.instant().plus(Duration.ofMinutes(6)));

        appFixture.clock.move(Duration.ofMinutes(6));
        tickFixture.provider.reporting((reference, page) -> TickFixture.page(1, 0, 1, false, DELIVERED, "100"));
        tickFixture.tick();

        assertThat(tickFixture.dispatch(broken).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(tickFixture.again(sent).progress().settled()).containsExactly(0);
    }

    @Test
    void anAccountThatBlowsBeforeASendIsPutOffAndStopsNoOther() {
        var broken = held("main");
        var sound = held("other");
        appFixture.provider.readyOf(account -> account.name().equals("main") ? blow() : new Readiness.Ready("key"));
        appFixture.clock.move(Duration.ofMinutes(5));

        assertThat(tick().failed()).isEqualTo(1);

        assertThat(tickFixture.dispatch(sound).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(tickFixture.dispatch(broken).state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(tickFixture.dispatch(broken).due()).isAfter(appFixture.clock.instant());
    }
}
