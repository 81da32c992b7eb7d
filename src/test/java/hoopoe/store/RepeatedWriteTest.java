package hoopoe.store;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.House;
import hoopoe.batch.Watch;
import hoopoe.message.StatusFact;
import hoopoe.message.MessageState;
import hoopoe.observability.Metric;
import hoopoe.testing.FaultyDynamo.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The answer to a write is lost, and whoever did it does it again: its own success refuses it, and is success all the same. */
class RepeatedWriteTest {

    private final Watch watch = new Watch();
    private final House house = watch.house;

    /** As the SDK repeats it, and as it gives up. */
    private enum Lost {
        REPEATED(Fault.REPEATED),
        GIVEN_UP(Fault.LOST);

        private final Fault fault;

        Lost(Fault fault) {
            this.fault = fault;
        }
    }

    @ParameterizedTest
    @EnumSource(Lost.class)
    void aCheckIsBegunAndEnded(Lost lost) {
        var batch = watch.submitted(1, "ref");
        house.clock.move(Duration.ofMinutes(2));
        var seen = watch.checkups.find(Watch.id(batch)).orElseThrow();
        var now = house.clock.instant();

        house.faults.at(1, lost.fault);
        var begun = watch.checkups.begin(seen, now.plusSeconds(60), now);
        assertThat(begun).isPresent();

        house.faults.at(1, lost.fault);
        var checked = new Checked(
                DispatchState.SUBMITTED, 0, Map.of("submitted", 1), now, 0, null, now, 0, null, now.plusSeconds(600));
        assertThat(watch.checkups.end(begun.orElseThrow(), checked)).isTrue();
        assertThat(watch.dispatch(batch).counts()).isEqualTo(Map.of("submitted", 1));
    }

    /** A check that makes an unconfirmed one submitted is refused by its own success, for the state is another now. */
    @Test
    void whatACheckMadeCertainIsCountedOnce() {
        house.provider.sending(order -> new hoopoe.provider.SendOutcome.Unconfirmed(
                "-12.50", "", java.util.Optional.of("REF-" + order.token())));
        var batch = house.admitted(House.to(1));
        watch.provider.reporting((reference, page) -> Watch.page(1, 0, 1, false, MessageState.DELIVERED, "100"));
        house.clock.move(Duration.ofMinutes(2));

        house.faults.when(write -> true, Fault.REPEATED);
        watch.check(batch);
        house.faults.heal();

        assertThat(watch.dispatch(batch).state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(house.told.sum(Metric.MESSAGES_SUBMITTED)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Lost.class)
    void anEventIsNew(Lost lost) {
        var reference = new Reference("fake", "main", "ref");
        var statusFact = new StatusFact(MessageState.DELIVERED, null, "100", "", null, StatusFact.Source.CALLBACK);

        house.faults.at(1, lost.fault);
        assertThat(watch.events.keep(reference, "one", Event.delivery(Watch.number(0), statusFact, null), null))
                .isTrue();
        assertThat(watch.events.keep(reference, "one", Event.delivery(Watch.number(0), statusFact, null), null))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(Lost.class)
    void somethingDueIsPutOff(Lost lost) {
        var batch = watch.submitted(1, "ref");

        house.faults.at(1, lost.fault);
        assertThat(watch.due.putOff(watch.dispatch(batch), house.clock.instant().plusSeconds(90)))
                .isTrue();
    }

    @Test
    void anEchoNamesAndIsCounted() {
        var batch = watch.lost(1);
        var token = watch.dispatch(batch).token();

        house.faults.when(write -> true, Fault.REPEATED);
        watch.calledBack(Watch.delivery("ref", 0, MessageState.DELIVERED, "100", token));
        house.faults.heal();

        assertThat(watch.dispatch(batch).reference()).isEqualTo("ref");
        assertThat(house.told.sum(Metric.MESSAGES_SUBMITTED)).isEqualTo(1);
    }

    /** The mark of a check does not hide that of who sends. */
    @Test
    void aCheckLeavesTheMarkOfWhoSent() {
        var batch = watch.submitted(1, "ref");
        var item = watch.table.get(Keys.dispatch(batch.id(), 0)).orElseThrow();
        house.clock.move(Duration.ofMinutes(2));

        watch.check(batch);

        var after = watch.table.get(Keys.dispatch(batch.id(), 0)).orElseThrow();
        assertThat(after.text(Write.ATTEMPT)).isEqualTo(item.text(Write.ATTEMPT));
        assertThat(after.has(Write.CHECK_ATTEMPT)).isTrue();
    }
}
