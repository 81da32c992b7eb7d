package hoopoe.settle;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.Watch;
import hoopoe.store.Answer;
import hoopoe.store.DispatchState;
import hoopoe.store.Endings.Recorded;
import hoopoe.testing.FakeProvider;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is heard of a try after its resend. */
class LateWordTest extends SettlementStage {

    @Test
    void anEchoOfTheTryBeforeKeepsItFromBeingSentAgain() {
        var batch = waiting();

        watch.calledBack(Watch.delivery("old", 0, DELIVERED, "100", first(batch)));
        house.clock.move(Duration.ofMinutes(6));
        watch.tick();
        watch.checkWhenDue(batch);

        assertThat(house.provider.sends()).hasSize(1);
        assertThat(dispatch(batch).reference()).isEqualTo("old");
        assertThat(dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
    }

    @Test
    void soDoesAPushUnderTheIdThatWeGave() {
        house.provider.ownReference(14);
        var batch = waiting();
        var old = dispatch(batch).tries().references().iterator().next();

        watch.calledBack(Watch.delivery(old, 0, DELIVERED, "2"));
        house.clock.move(Duration.ofMinutes(6));
        watch.tick();
        watch.checkWhenDue(batch);

        assertThat(house.provider.sends()).hasSize(1);
        assertThat(dispatch(batch).reference()).isEqualTo(old);
        assertThat(dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
    }

    /** Between the reading of what was told and the claim. */
    @Test
    void whatIsCountedWhileItIsClaimedEndsTheClaim() {
        var batch = waiting();
        var seen = dispatch(batch);
        watch.checkups.count(seen.id(), house.clock.instant());

        assertThat(house.dispatches
                        .claim(seen, hoopoe.testing.Shelf.NO_STAKE, house.clock.instant(), house.clock.instant())
                        .won())
                .isEmpty();
    }

    @Test
    void anAnswerOfTheTryBeforeIsTakenAsLongAsNobodyHasBegunTheNext() {
        var batch = lost(1);
        var lease = dispatch(batch).lease();
        house.provider.ready(() -> new hoopoe.provider.Readiness.NotYet("login", "", null));
        resend(batch);
        house.provider.ready(() -> new hoopoe.provider.Readiness.Ready("key"));

        var answer = new Answer("fake", "main", "old", true, null, null, null, 0, house.clock.instant());
        assertThat(house.endings.answer(lease, answer, house.clock.instant(), Duration.ofSeconds(1)))
                .isEqualTo(Recorded.DONE);
        house.clock.move(Duration.ofMinutes(6));
        watch.tick();

        assertThat(house.provider.sends()).hasSize(1);
        assertThat(dispatch(batch).reference()).isEqualTo("old");
    }

    /** Both were sent: one register, one reference that is asked about, and a delivery is a delivery. */
    @Test
    void aDeliveryOfTheTryBeforeCountsBesideTheNewOne() {
        var batch = lost(2);
        resend(batch);
        var current = dispatch(batch).reference();

        watch.calledBack(Watch.delivery("old", 0, DELIVERED, "100", first(batch)));
        watch.calledBack(Watch.delivery("old", 1, UNDELIVERED, "101", first(batch)));
        watch.checkWhenDue(batch);

        assertThat(dispatch(batch).reference()).isEqualTo(current);
        assertThat(dispatch(batch).tries().references()).containsExactly("old");
        assertThat(dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1, "submitted", 1));
        assertThat(watch.events.of(new hoopoe.store.Reference(FakeProvider.TYPE, "main", "old")))
                .hasSize(2)
                .noneMatch(hoopoe.store.Events.Kept::orphan);
    }

    /** The new try's answer is lost too: what the first one's callbacks say is not its word. */
    @Test
    void anEchoOfTheTryBeforeDoesNotNameTheNextOne() {
        var batch = lost(1);
        house.provider.sending(order -> FakeProvider.lost());
        resend(batch);

        watch.calledBack(Watch.delivery("old", 0, UNDELIVERED, "101", first(batch)));
        watch.checkWhenDue(batch);
        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(dispatch(batch).reference()).isNull();

        watch.calledBack(
                Watch.delivery("new", 0, DELIVERED, "100", dispatch(batch).token()));
        watch.checkWhenDue(batch);
        assertThat(dispatch(batch).reference()).isEqualTo("new");
        assertThat(dispatch(batch).counts()).isEqualTo(Map.of("delivered", 1));
    }
}
