package hoopoe.poll;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hoopoe.batch.Watch;
import hoopoe.api.http.DirectInvocation;
import hoopoe.store.Reply;
import hoopoe.testing.FaultyDynamo;
import hoopoe.testing.Mailbox;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PollFunctionTest {

    private final Watch watch = new Watch("hoopoe.timing.function", "PT55S");
    private final Mailbox box = new Mailbox(3);
    private final PollFunction poll = new PollFunction(
            watch.tick,
            watch.inboxes,
            watch.house.accounts,
            watch.house.timeouts,
            new DirectInvocation(watch.house.told.metrics()),
            watch.house.told.metrics(),
            watch.house.clock);

    PollFunctionTest() {
        watch.house.provider.mailbox(box);
    }

    private JsonNode poll(String event) throws Exception {
        watch.house.clock.move(Duration.ofMinutes(1));
        return poll.poll(new ObjectMapper().readValue(event, TickEvent.class));
    }

    private void lyingAside(String text) throws Exception {
        box.put("+989121234567", "3000123", watch.house.clock.instant(), text).whileRead(() -> {
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
        assertThat(watch.inboxes.standing("main").aside()).isEqualTo(1);

        var answer = poll("{\"read_again\": \"main\"}");

        assertThat(answer.path("read_again").asInt()).isEqualTo(1);
        assertThat(answer.path("tick").path("failed").asInt(-1)).isZero();
        assertThat(watch.inboxes.standing("main").aside()).isZero();
        assertThat(watch.replies()).extracting(Reply::text).containsExactly("hello");
    }

    @Test
    void anOperatorIsToldThatThereIsNoSuchAccount() throws Exception {
        lyingAside("hello");

        var error = poll("{\"read_again\": \"misspelt\"}").path("error");

        assertThat(error.path("code").asText()).isEqualTo("account_not_found");
        assertThat(watch.inboxes.standing("main").aside()).isEqualTo(1);
        assertThat(watch.house
                        .healthy
                        .scan(scan -> scan.tableName(watch.house.name))
                        .items())
                .noneMatch(item -> item.get("pk").s().contains("misspelt"));
    }

    /** Lambda ends the function when it says, whatever an operator asked for: a call that it cuts off takes messages with it. */
    @Test
    void whatIsReadAgainLeavesTheTickNoTimeThatIsNotThere() throws Exception {
        lyingAside("hello");
        int calls = box.calls();
        var slow = new AtomicBoolean(true);
        watch.house.faults.when(
                write -> {
                    if (slow.getAndSet(false)) {
                        watch.house.clock.move(Duration.ofSeconds(50));
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
}
