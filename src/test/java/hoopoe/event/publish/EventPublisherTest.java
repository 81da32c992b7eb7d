package hoopoe.event.publish;

import static hoopoe.message.MessageState.DELIVERED;
import static hoopoe.message.MessageState.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.tuple;

import hoopoe.batch.AppFixture;
import hoopoe.batch.Batch;
import hoopoe.batch.TickFixture;
import hoopoe.batch.create.BatchRequest.RequestedRecipient;
import hoopoe.event.Event;
import hoopoe.provider.SendOutcome;
import hoopoe.testing.FakeProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is told what, and when. */
class EventPublisherTest {

    private final TickFixture tickFixture = new TickFixture();
    private final AppFixture appFixture = tickFixture.appFixture;

    @Test
    void callbacksAreJoinedAndToldAtOnce() {
        appFixture.listener.listening();
        var batch = tickFixture.submitted(2, "ref");
        join(batch);
        assertThat(types()).containsExactly("message.submitted", "message.submitted");

        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        join(batch);
        assertThat(types()).hasSize(3).endsWith("message.delivered");
        tickFixture.calledBack(TickFixture.delivery("ref", 1, DELIVERED, "100"));
        join(batch);
        join(batch);

        assertThat(types()).hasSize(5).endsWith("message.delivered", "batch.finished");
        assertThat(tickFixture.dispatch(batch).due()).isNull();
        assertThat(tickFixture.provider.asked()).isEmpty();
        assertThat(EventFold.of(appFixture.listener.taken()).states())
                .isEqualTo(Map.of(
                        batch.id(), "completed", batch.messageId(0), "delivered", batch.messageId(1), "delivered"));
    }

    @Test
    void anEventSaysWhatGetShows() {
        appFixture.listener.listening();
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.calledBack(TickFixture.delivery("ref", 0, UNDELIVERED, "101"));
        join(batch);

        var told = appFixture.listener.taken().get(0);
        assertThat(told.data())
                .containsEntry("batch_id", batch.id())
                .containsEntry("message_id", batch.messageId(0))
                .containsEntry("state", "undelivered")
                .containsEntry("final", true)
                .containsEntry("version", 1)
                .containsEntry("provider_code", "101")
                .containsEntry("at", "2026-03-01T04:00:30Z")
                .containsEntry("account", "main")
                .containsEntry("caller", AppFixture.CALLER)
                .doesNotContainKeys("to", "text");
        assertThat(told.content()).containsEntry("to", TickFixture.number(0).e164());
        assertThat(appFixture.listener.taken().get(1).data())
                .containsEntry("state", "completed_with_failures")
                .containsEntry("counts", Map.of("undelivered", 1));
    }

    @Test
    void anEventHasTheTextAndTheReferenceOfItsMessage() {
        appFixture.listener.listening();
        appFixture.provider.sending(order -> FakeProvider.accepted("ref"));
        var own = new RequestedRecipient(
                TickFixture.number(0).e164(), "for one", Map.of(), null, null, null, "mine", null);
        var batch = appFixture.admitted(AppFixture.request("for all", List.of(own, AppFixture.entry(1))));
        join(batch);

        assertThat(appFixture.listener.taken())
                .extracting(told -> told.data().get("reference"), told -> told.content()
                        .get("text"))
                .containsExactly(tuple("mine", "for one"), tuple(null, "for all"));
    }

    @Test
    void whatWasNotSentIsToldToo() {
        appFixture.listener.listening();
        appFixture.provider.sending(order -> new SendOutcome.Rejected("-306", "no"));
        var batch = appFixture.admitted(AppFixture.to(2));
        join(batch);

        assertThat(types()).containsExactly("message.rejected", "message.rejected", "batch.finished");
        assertThat(tickFixture.dispatch(batch).due()).isNull();
    }

    /** The stream's record was lost: the tick tells, and only then takes the dispatch out of the index. */
    @Test
    void theTickTellsWhatTheStreamDidNot() {
        appFixture.listener.listening();
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        appFixture.listener.down(true);
        tickFixture.checkWhenDue(batch);
        assertThat(tickFixture.dispatch(batch).due()).isAfter(appFixture.clock.instant());
        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);

        appFixture.listener.down(false);
        tickFixture.checkWhenDue(batch);

        assertThat(types()).containsExactly("message.delivered", "batch.finished");
        assertThat(tickFixture.dispatch(batch).due()).isNull();
    }

    /** What waits for a sink that is down comes back later and later. */
    @Test
    void aSinkThatIsDownIsTriedLaterAndLater() {
        appFixture.listener.listening().down(true);
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        var before = Duration.ZERO;
        for (int i = 0; i < 8; i++) {
            tickFixture.checkWhenDue(batch);
            var pause = Duration.between(
                    appFixture.clock.instant(), tickFixture.dispatch(batch).due());
            assertThat(pause).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(Duration.ofMinutes(10));
            before = pause;
        }
        assertThat(before).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aListenerThatComesLaterIsToldTheStatesOfNow() {
        var batch = tickFixture.submitted(2, "ref");
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        join(batch);
        appFixture.listener.listening();
        join(batch);

        assertThat(types()).containsExactly("message.delivered", "message.submitted");
    }

    @Test
    void nothingIsStoredWhereNobodyListens() {
        var batch = tickFixture.submitted(1, "ref");
        join(batch);
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        join(batch);

        assertThat(tickFixture.dispatch(batch).due()).isNull();
        assertThat(tickFixture.dispatch(batch).checks().counts()).isEqualTo(Map.of("delivered", 1));
        assertThat(tickFixture.table.query("BATCH#" + batch.id() + "#0", "PUBLISHED"))
                .isEmpty();
    }

    /** A message that time made unknown; a worker whose clock is behind sees it as submitted still. */
    @Test
    void aClockThatIsBehindTakesNothingBack() {
        appFixture.listener.listening();
        var batch = tickFixture.submitted(2, "ref");
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        appFixture.clock.set("2026-03-05T04:00:00Z");
        var states = tickFixture.checkRepository.find(TickFixture.id(batch)).orElseThrow();
        join(batch);
        appFixture.clock.set("2026-03-05T03:59:00Z");
        join(batch);

        assertThat(states.dispatch().due()).isNotNull();
        assertThat(EventFold.of(appFixture.listener.taken()).states()).containsEntry(batch.messageId(1), "unknown");
    }

    /** Each look that wrote would be another record of the stream, and so the next look. */
    @Test
    void theStreamLeavesToTheTickWhatASinkThatIsDownOwes() {
        appFixture.listener.listening().down(true);
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        join(batch);
        var before = tickFixture.dispatch(batch);
        join(batch);

        assertThat(tickFixture.again(batch).progress().settled()).containsExactly(0);
        assertThat(tickFixture.dispatch(batch)).isEqualTo(before);
    }

    @Test
    void aSinkThatFailsInTheMiddleIsGivenTheRest() {
        appFixture
                .listener
                .listening()
                .before(events ->
                        appFixture.listener.down(appFixture.listener.taken().size() == 200));
        var batch = tickFixture.submitted(250, "ref");
        join(batch);
        assertThat(types()).hasSize(200);

        appFixture.listener.before(events -> {});
        appFixture.listener.down(false);
        tickFixture.checkWhenDue(batch);

        assertThat(appFixture.listener.taken()).hasSize(250).doesNotHaveDuplicates();
    }

    /** What was owed is given first, and what is new is not put off for it. */
    @Test
    void whatIsOwedAndWhatIsNewAreToldInOneLook() {
        appFixture.listener.listening().down(true);
        var batch = tickFixture.submitted(1, "ref");
        join(batch);
        appFixture.listener.down(false);
        appFixture.clock.move(Duration.ofMinutes(2));
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        join(batch);

        assertThat(types()).containsExactly("message.submitted", "message.delivered", "batch.finished");
        assertThat(tickFixture.dispatch(batch).due()).isNull();
    }

    /** Another worker told between what was read and what would be written: nothing is told twice, and none thinks that all is told. */
    @Test
    void whoIsOvertakenLooksAgain() {
        appFixture.listener.listening();
        var batch = tickFixture.submitted(1, "ref");
        var publisher = appFixture.beans.get(EventPublisher.class);
        var told = publisher.told(batch, 0).orElseThrow();
        tickFixture.calledBack(TickFixture.delivery("ref", 0, DELIVERED, "100"));
        var live = tickFixture.statusEvidence.live(batch, tickFixture.dispatch(batch), appFixture.clock.instant());
        join(batch);

        assertThat(publisher.tell(told, live.status(), live.recipients(), Map.of(), Duration.ofSeconds(10)))
                .isPresent();
        assertThat(types()).containsExactly("message.delivered", "batch.finished");
    }

    /** To count reads all dispatches: each check of each would do it again as long as a sink is down. */
    @Test
    void aBatchIsNotCountedWhileEventsAreOwed() {
        appFixture.listener.listening().down(true);
        var batch = tickFixture.submitted(2, "ref");
        join(batch);

        var untold = appFixture
                .beans
                .get(EventPublisher.class)
                .finish(batch, () -> fail("counted in vain"), Duration.ofSeconds(10));

        assertThat(untold).isPresent();
    }

    private void join(Batch batch) {
        tickFixture.dispatchCheck.join(TickFixture.id(batch), settled -> {}, tickFixture.deadline());
    }

    private List<String> types() {
        return appFixture.listener.taken().stream()
                .map(Event::type)
                .map(type -> type.label())
                .toList();
    }
}
