package hoopoe.event.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hoopoe.batch.AppFixture;
import hoopoe.batch.TickFixture;
import hoopoe.event.Event;
import hoopoe.event.EventType;
import hoopoe.provider.CallbackContent;
import hoopoe.testing.FaultyDynamo.Fault;
import hoopoe.testing.FaultyDynamo.Killed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which replies listeners are told of, and how often. */
class ReplyEventsTest {

    private static final Instant AT = Instant.parse("2026-03-01T04:00:40Z");

    private final TickFixture tickFixture = new TickFixture();
    private final AppFixture appFixture = tickFixture.appFixture;
    private final ReplyEvents replyEvents = appFixture.beans.get(ReplyEvents.class);

    @BeforeEach
    void somebodyListens() {
        appFixture.listener.listening();
        tell();
    }

    @Test
    void aReplyIsToldOnceWithItsBatch() {
        var batch = tickFixture.submitted(1, "ref");
        tickFixture.calledBack(TickFixture.reply("ref", 0, "yes", AT));
        tell();
        tell();

        assertThat(replies()).singleElement().satisfies(event -> {
            assertThat(event.caller()).isEqualTo(AppFixture.CALLER);
            assertThat(event.data())
                    .containsEntry("batch_id", batch.id())
                    .containsEntry("account", "main")
                    .containsEntry("at", AT.toString())
                    .containsKey("reply_id")
                    .doesNotContainKeys("from", "text");
            assertThat(event.content())
                    .containsEntry("from", TickFixture.number(0).e164())
                    .containsEntry("text", "yes");
        });
    }

    /** Nobody knows yet whose it is. */
    @Test
    void aReplyThatComesBeforeItsBatchIsKnownIsToldWhenItIs() {
        tickFixture.calledBack(TickFixture.reply("ref", 0, "early", AT));
        tell();
        assertThat(replies()).isEmpty();

        var batch = tickFixture.submitted(1, "ref");
        appFixture.clock.move(Duration.ofMinutes(2));
        tickFixture.tick();

        assertThat(replies()).singleElement().satisfies(event -> assertThat(event.data())
                .containsEntry("batch_id", batch.id())
                .containsEntry("caller", AppFixture.CALLER));
    }

    @Test
    void aSharedReplyConcernsAllCallers() {
        tickFixture.calledBack(shared("hello"));
        tell();

        assertThat(replies()).singleElement().satisfies(event -> {
            assertThat(event.caller()).isNull();
            assertThat(event.account()).isEqualTo("main");
        });
    }

    @Test
    void aSinkThatIsDownMissesNothing() {
        appFixture.listener.down(true);
        for (int i = 0; i < 250; i++) {
            tickFixture.calledBack(shared("n" + i));
        }
        tell();
        assertThat(replies()).isEmpty();

        appFixture.listener.down(false);
        appFixture.clock.move(Duration.ofMinutes(1));
        tell();

        assertThat(replies()).hasSize(250);
        assertThat(new HashSet<>(replies().stream().map(Event::id).toList())).hasSize(250);
    }

    /** Taken, but the place did not move: the same again, and nothing else. */
    @Test
    void aCrashAfterTheyAreTakenTellsTheSameAgain() {
        tickFixture.calledBack(shared("one"));
        appFixture.faults.at(1, Fault.KILL_BEFORE);
        assertThat(catchThrowable(this::tell)).isInstanceOf(Killed.class);
        appFixture.faults.heal();
        tell();

        assertThat(replies())
                .hasSize(2)
                .extracting(event -> event.body(true))
                .containsOnly(replies().get(0).body(true));
    }

    /** Replies that came while nobody listened, long ago. */
    @Test
    void whatIsOldIsNoNews() {
        appFixture.clock.move(Duration.ofHours(1));
        tickFixture.calledBack(shared("old"));
        appFixture.clock.move(Duration.ofDays(4));
        tickFixture.calledBack(shared("new"));
        tell();

        assertThat(replies()).singleElement().satisfies(event -> assertThat(event.content())
                .containsEntry("text", "new"));
    }

    private static CallbackContent.ReplyCallback shared(String text) {
        return new CallbackContent.ReplyCallback(
                Optional.empty(),
                Optional.empty(),
                TickFixture.number(0),
                AT,
                text,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                text,
                true);
    }

    private void tell() {
        replyEvents.tell(tickFixture.deadline());
    }

    private List<Event> replies() {
        return appFixture.listener.taken().stream()
                .filter(event -> event.type() == EventType.REPLY_RECEIVED)
                .toList();
    }
}
