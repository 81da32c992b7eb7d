package hoopoe.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.api.http.DirectInvocation;
import hoopoe.batch.TickFixture;
import hoopoe.schedule.PollFunction.TickEvent;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.LogLines;
import hoopoe.testing.Mailbox;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PollFunctionTest {

    private final TickFixture tickFixture = new TickFixture("hoopoe.timing.function", "PT55S");
    private final Mailbox box = new Mailbox(3);
    private final PollFunction poll = new PollFunction(
            tickFixture.tick,
            tickFixture.inboxRepository,
            tickFixture.appFixture.accounts,
            tickFixture.appFixture.timeouts,
            new DirectInvocation(tickFixture.appFixture.told.metrics()),
            tickFixture.appFixture.told.metrics(),
            tickFixture.appFixture.clock);

    PollFunctionTest() {
        tickFixture.appFixture.provider.mailbox(box);
    }

    private JsonNode poll(String event) throws Exception {
        tickFixture.appFixture.clock.move(Duration.ofMinutes(1));
        return poll.poll(new ObjectMapper().readValue(event, TickEvent.class));
    }

    private void lyingAside(String text) throws Exception {
        box.put("+989121234567", "3000123", tickFixture.appFixture.clock.instant(), text)
                .whileRead(() -> {
                    throw new IllegalStateException();
                });
        poll("{\"id\": \"1\", \"detail\": {}}");
        box.whileRead(() -> {});
    }

    /** As operations.md says it, and as EventBridge's rule sends it. */
    @Test
    void anOperatorHasAnswersReadAgain() throws Exception {
        lyingAside("hello");
        assertThat(poll("{}").path("failed").asInt(-1)).isZero();
        assertThat(tickFixture.inboxRepository.standing("main").aside()).isEqualTo(1);

        var answer = poll("{\"read_again\": \"main\"}");

        assertThat(answer.path("read_again").asInt()).isEqualTo(1);
        assertThat(answer.path("tick").path("failed").asInt(-1)).isZero();
        assertThat(tickFixture.inboxRepository.standing("main").aside()).isZero();
        assertThat(tickFixture.replies())
                .extracting(reply -> reply.sms().text())
                .containsExactly("hello");
    }

    @Test
    void anOperatorIsToldThatThereIsNoSuchAccount() throws Exception {
        lyingAside("hello");

        var error = poll("{\"read_again\": \"misspelt\"}").path("error");

        assertThat(error.path("code").asText()).isEqualTo("account_not_found");
        assertThat(tickFixture.inboxRepository.standing("main").aside()).isEqualTo(1);
        assertThat(tickFixture
                        .appFixture
                        .healthy
                        .scan(scan -> scan.tableName(tickFixture.appFixture.name))
                        .items())
                .noneMatch(item -> item.get("pk").s().contains("misspelt"));
    }

    /** Lambda ends the function at its time limit, also during a call for an operator. A call that is cut off loses messages. */
    @Test
    void whatIsReadAgainLeavesTheTickNoTimeThatIsNotThere() throws Exception {
        lyingAside("hello");
        int calls = box.calls();
        var slow = new AtomicBoolean(true);
        tickFixture.appFixture.faults.when(
                write -> {
                    if (slow.getAndSet(false)) {
                        tickFixture.appFixture.clock.move(Duration.ofSeconds(50));
                    }
                    return false;
                },
                FaultyDynamo.Fault.UNREACHED);

        assertThat(poll("{\"read_again\": \"main\"}").path("read_again").asInt())
                .isEqualTo(1);

        assertThat(box.calls()).isEqualTo(calls);
        poll("{}");
        assertThat(box.calls()).isGreaterThan(calls);
    }

    /** The first worker has the inboxes. */
    @Test
    void aScheduleNamesItsWorker() throws Exception {
        int calls = box.calls();

        assertThat(poll("{\"worker\": 1, \"of\": 2}").path("failed").asInt(-1)).isZero();
        assertThat(box.calls()).isEqualTo(calls);

        assertThat(poll("{\"worker\": 0, \"of\": 2}").path("failed").asInt(-1)).isZero();
        assertThat(box.calls()).isEqualTo(calls + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"worker\": 2, \"of\": 2}", "{\"worker\": 1}", "{\"worker\": \"one\", \"of\": [2]}"})
    void aWorkerThatThereIsNotDoesAllOfIt(String event) throws Exception {
        int calls = box.calls();

        try (var lines = LogLines.of(PollFunction.class.getName())) {
            assertThat(poll(event).path("failed").asInt(-1)).isZero();

            assertThat(box.calls()).isEqualTo(calls + 1);
            assertThat(lines.all()).anyMatch(line -> line.contains("this tick looks at everything"));
        }
    }
}
