package hoopoe.dispatch.decision;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.batch.TickFixture;
import hoopoe.dispatch.ClaimResult;
import hoopoe.dispatch.DispatchState;
import hoopoe.store.dispatch.SendResultRepository.Recorded;
import hoopoe.testing.FakeProvider;
import hoopoe.testing.StoreFixture;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is heard of a try after its resend. */
class LateWordTest extends DecisionFixture {

    @Test
    void anEchoOfTheTryBeforeKeepsItFromBeingSentAgain() {
        var batch = waiting();

        tickFixture.calledBack(TickFixture.delivery("old", 0, DELIVERED, "100", first(batch)));
        appFixture.clock.move(Duration.ofMinutes(6));
        tickFixture.tick();
        tickFixture.checkWhenDue(batch);

        assertThat(appFixture.provider.sends()).hasSize(1);
        assertThat(dispatch(batch).submission().reference()).isEqualTo("old");
        assertThat(dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
    }

    @Test
    void soDoesAPushUnderTheIdThatWeGave() {
        appFixture.provider.ownReference(14);
        var batch = waiting();
        var old = dispatch(batch).tries().references().iterator().next();

        tickFixture.calledBack(TickFixture.delivery(old, 0, DELIVERED, "2"));
        appFixture.clock.move(Duration.ofMinutes(6));
        tickFixture.tick();
        tickFixture.checkWhenDue(batch);

        assertThat(appFixture.provider.sends()).hasSize(1);
        assertThat(dispatch(batch).submission().reference()).isEqualTo(old);
        assertThat(dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
    }

    /** Between the reading of what was told and the claim. */
    @Test
    void whatIsCountedWhileItIsClaimedEndsTheClaim() {
        var batch = waiting();
        var seen = dispatch(batch);
        tickFixture.checkRepository.count(seen.id());

        assertThat(appFixture.dispatchRepository.claim(
                        seen, StoreFixture.NO_RESERVATION, appFixture.clock.instant(), appFixture.clock.instant()))
                .isNotInstanceOf(ClaimResult.Claimed.class);
    }

    @Test
    void anAnswerOfTheTryBeforeIsTakenAsLongAsNobodyHasBegunTheNext() {
        var batch = lost(1);
        var lease = dispatch(batch).lease();
        appFixture.provider.ready(() -> new hoopoe.provider.Readiness.NotYet("login", "", null));
        resend(batch);
        appFixture.provider.ready(() -> new hoopoe.provider.Readiness.Ready("key"));

        var sendResult = StoreFixture.taken("old", appFixture.clock.instant());
        assertThat(appFixture.sendResultRepository.write(
                        lease, StoreFixture.NO_RESERVATION, sendResult, Duration.ofSeconds(1)))
                .isEqualTo(Recorded.DONE);
        appFixture.clock.move(Duration.ofMinutes(6));
        tickFixture.tick();

        assertThat(appFixture.provider.sends()).hasSize(1);
        assertThat(dispatch(batch).submission().reference()).isEqualTo("old");
    }

    /** Both were sent: one register, one reference that is asked about, and a delivery is a delivery. */
    @Test
    void aDeliveryOfTheTryBeforeCountsBesideTheNewOne() {
        var batch = lost(2);
        resend(batch);
        var current = dispatch(batch).submission().reference();

        tickFixture.calledBack(TickFixture.delivery("old", 0, DELIVERED, "100", first(batch)));
        tickFixture.calledBack(TickFixture.delivery("old", 1, UNDELIVERED, "101", first(batch)));
        tickFixture.checkWhenDue(batch);

        assertThat(dispatch(batch).submission().reference()).isEqualTo(current);
        assertThat(dispatch(batch).tries().references()).containsExactly("old");
        assertThat(dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1, "submitted", 1));
        assertThat(tickFixture.callbackEventRepository.of(
                        new hoopoe.delivery.ProviderReference(FakeProvider.TYPE, "main", "old")))
                .hasSize(2)
                .noneMatch(hoopoe.store.delivery.CallbackEventRepository.Kept::orphan);
    }

    /** The new try's answer is lost too: what the first one's callbacks say is not its word. */
    @Test
    void anEchoOfTheTryBeforeDoesNotNameTheNextOne() {
        var batch = lost(1);
        appFixture.provider.sending(order -> FakeProvider.lost());
        resend(batch);

        tickFixture.calledBack(TickFixture.delivery("old", 0, UNDELIVERED, "101", first(batch)));
        tickFixture.checkWhenDue(batch);
        assertThat(dispatch(batch).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(dispatch(batch).submission().reference()).isNull();

        tickFixture.calledBack(
                TickFixture.delivery("new", 0, DELIVERED, "100", dispatch(batch).token()));
        tickFixture.checkWhenDue(batch);
        assertThat(dispatch(batch).submission().reference()).isEqualTo("new");
        assertThat(dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
    }
}
