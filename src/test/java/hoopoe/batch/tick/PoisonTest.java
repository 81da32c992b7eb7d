package hoopoe.batch.tick;

import static hoopoe.message.MessageState.DELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.House;
import hoopoe.batch.Watch;
import hoopoe.batch.admission.BatchRequest;
import hoopoe.observability.Metric;
import hoopoe.provider.Readiness;
import hoopoe.store.Batch;
import hoopoe.store.DispatchState;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.Mailbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One piece of work that blows, beside others. */
class PoisonTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Watch watch =
            new Watch("hoopoe.accounts.other.provider", FakeProvider.TYPE, "hoopoe.default-account", "main");
    private final House house = watch.house;

    private Batch held(String account) {
        house.provider.ready(() -> new Readiness.NotYet("login", "", null));
        var batch = house.admitted(
                new BatchRequest(account, "hello", null, null, null, null, List.of(House.entry(0)), false));
        house.provider.ready(() -> new Readiness.Ready("key"));
        return batch;
    }

    private static <T> T blow() {
        throw new StackOverflowError();
    }

    private TickSummary tick() {
        house.clock.move(MINUTE);
        return watch.tick();
    }

    @Test
    void anInboxAnswerThatBlowsHoldsUpNoSend() {
        var box = new Mailbox(3).put("+989121234567", "3000123", Instant.parse("2026-03-01T03:50:00Z"), "text");
        house.provider.mailbox(box.whileRead(PoisonTest::blow));
        var held = held("other");
        house.clock.move(Duration.ofMinutes(5));

        tick();

        assertThat(watch.dispatch(held).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(house.told.sum(Metric.INTERNAL_ERRORS)).isPositive();
    }

    @Test
    void aReportThatBlowsIsPutOffAndStopsNoOther() {
        var broken = watch.submitted(1, "broken");
        var sound = watch.submitted(1, "sound");
        watch.provider.reporting((reference, page) ->
                reference.equals("broken") ? blow() : Watch.page(1, 0, 1, false, DELIVERED, "100"));
        house.clock.move(MINUTE);

        assertThat(tick().failed()).isEqualTo(1);

        assertThat(watch.again(sound).settled()).containsExactly(0);
        assertThat(watch.dispatch(broken).due()).isAfter(house.clock.instant());
    }

    @Test
    void whatBlowsOnBeingAskedTogetherIsAskedOneByOne() {
        house.provider.reportsAtOnce(10);
        var broken = watch.submitted(1, "broken");
        var sound = watch.submitted(1, "sound");
        watch.provider.reporting((reference, page) ->
                reference.equals("broken") ? blow() : Watch.page(1, 0, 1, false, DELIVERED, "100"));
        house.clock.move(MINUTE);

        assertThat(tick().failed()).isEqualTo(2);

        assertThat(watch.again(sound).settled()).containsExactly(0);
        assertThat(watch.dispatch(broken).due()).isAfter(house.clock.instant());
    }

    /** Also where its callbacks say all: they are joined, and it is over. */
    @Test
    void anEraseThatBlowsIsPendingAndStopsNoCheck() {
        var batch = watch.submitted(1, "ref");
        watch.provider.erasing((reference, deadline) -> blow());
        watch.erasure.erase(batch, watch.deadline()).orElseThrow();
        watch.calledBack(Watch.delivery("ref", 0, DELIVERED, "100"));

        tick();
        tick();

        assertThat(watch.again(batch).settled()).containsExactly(0);
        assertThat(house.told.sum(Metric.INTERNAL_ERRORS)).isPositive();
    }

    @Test
    void aSendThatBlowsIsUnconfirmedAndItsBatchAdmitted() {
        house.provider.sending(order -> blow());

        var batch = house.admitted(House.to(1));

        assertThat(watch.dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(house.told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
    }

    /** Held, not rejected; checked and sent when the settings are right. */
    @Test
    void anAccountWithWrongSettingsHoldsWhatItHasAndStopsNoOther() {
        house.provider.ownReference(14).reportsAtOnce(10);
        var sent = watch.submitted(1, "ref");
        var broken = held("main");
        var sound = held("other");
        house.clock.move(Duration.ofMinutes(5));
        for (var wrong : List.of("hoopoe.accounts.main.dispatch-size", "hoopoe.accounts.main.provider")) {
            var misread = watch.another(
                    wrong,
                    "many",
                    "hoopoe.accounts.other.provider",
                    FakeProvider.TYPE,
                    "hoopoe.default-account",
                    "main");
            misread.provider.reporting((reference, page) -> Watch.page(1, 0, 1, false, DELIVERED, "100"));
            house.clock.move(Duration.ofMinutes(6));

            assertThat(misread.tick().failed()).isZero();

            assertThat(watch.again(sent).settled()).isEmpty();
            assertThat(misread.house.told.sum(Metric.ACCOUNT_REFUSALS)).isPositive();
        }
        assertThat(watch.dispatch(sound).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(watch.dispatch(broken).state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(watch.dispatch(broken).due()).isBefore(house.clock.instant().plus(Duration.ofMinutes(6)));
        assertThat(watch.dispatch(sent).due()).isBefore(house.clock.instant().plus(Duration.ofMinutes(6)));

        house.clock.move(Duration.ofMinutes(6));
        watch.provider.reporting((reference, page) -> Watch.page(1, 0, 1, false, DELIVERED, "100"));
        watch.tick();

        assertThat(watch.dispatch(broken).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(watch.again(sent).settled()).containsExactly(0);
    }

    @Test
    void anAccountThatBlowsBeforeASendIsPutOffAndStopsNoOther() {
        var broken = held("main");
        var sound = held("other");
        house.provider.readyOf(account -> account.name().equals("main") ? blow() : new Readiness.Ready("key"));
        house.clock.move(Duration.ofMinutes(5));

        assertThat(tick().failed()).isEqualTo(1);

        assertThat(watch.dispatch(sound).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(watch.dispatch(broken).state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(watch.dispatch(broken).due()).isAfter(house.clock.instant());
    }
}
